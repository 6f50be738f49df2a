/**
 * Many windows over the same cells, drawn at random, against a reading that knows nothing of scopes and sentences: it
 * walks the windows one by one and asks of each what the notice's words say. SOCAI_SEED repeats a failure.
 */
import { randomInt } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { whyClosed, type CellPlace, type Gate } from '#api/windows/window-state.js';
import type { EntryWindow } from '#api/windows/windows.entities.js';

const SEED = Number(process.env['SOCAI_SEED'] ?? randomInt(2 ** 31));
const CASES = 400;
const HOUR = 3_600_000;
const START = Date.parse('2026-10-26T00:00:00.000Z');
const at = (hour: number) => new Date(START + hour * HOUR).toISOString();

/** Uniform in [0, 1): mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const CLASSES = [
  { classId: '6A', grade: 6 },
  { classId: '6B', grade: 6 },
  { classId: '7A', grade: 7 },
] as const;
const AREAS = ['TOAN', 'NGU_VAN'] as const;
const COLUMNS = ['TX1', 'GK', 'CK'] as const;
const PUPILS = ['p1', 'p2'] as const;
const CELLS: readonly Required<CellPlace>[] = CLASSES.flatMap((own) =>
  AREAS.flatMap((area) =>
    COLUMNS.flatMap((column) => PUPILS.map((pupilId) => ({ ...own, area, column, pupilId }))),
  ),
);

class Drawing {
  constructor(private readonly random: () => number) {}

  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  chance(of: number): boolean {
    return this.random() < of;
  }

  /** Null for "all", as a list that is left out. */
  some<T>(values: readonly T[]): T[] | null {
    if (this.chance(0.5)) return null;
    const drawn = values.filter(() => this.chance(0.5));
    return drawn.length === 0 ? [values[this.below(values.length)] as T] : drawn;
  }

  window(id: number): EntryWindow {
    const opens = this.below(40);
    const closes = opens + 1 + this.below(40);
    const lists = {
      grades: this.some([6, 7]),
      classIds: this.some(CLASSES.map(({ classId }) => classId)),
      areas: this.some(AREAS),
      columns: this.some(COLUMNS),
      pupilIds: this.chance(0.2) ? this.some(PUPILS) : null,
    };
    const opening = this.chance(0.5) ? 'clock' : 'hand';
    return {
      ...{ schoolId: 's', id: String(id), noticeId: 'n', yearId: 'y', period: 'HK1', opening },
      scope: Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== null)),
      ...{ opensAt: at(opens), closesAt: at(closes) },
      ...{
        openedAt: opening === 'hand' && this.chance(0.7) ? at(opens + this.below(5)) : null,
        openedBy: null,
      },
      ...{ closedAt: this.chance(0.2) ? at(opens + this.below(20)) : null, closedBy: null },
      ...{ kind: 'general', cancelledAt: this.chance(0.15) ? at(this.below(80)) : null, changeNoticeId: 'm' },
      ...{ clockOpenedAt: null, clockClosedAt: null },
    };
  }
}

function gateOf(windows: readonly EntryWindow[], hour: number): Gate {
  const announced = windows.map((window) => ({ window, noticeNumber: window.id, changeNumber: null }));
  return { windows: announced, lock: null, yearClosedAt: null, now: at(hour) };
}

const isOpen = (windows: readonly EntryWindow[], cell: CellPlace, hour: number) =>
  whyClosed(gateOf(windows, hour), cell) === null;

/** Whether this one window lets one write in the cell, read off its words. */
function opensByItself(window: EntryWindow, cell: Required<CellPlace>, hour: number): boolean {
  const named: readonly (readonly [readonly unknown[] | undefined, unknown])[] = [
    [window.scope.grades, cell.grade],
    [window.scope.classIds, cell.classId],
    [window.scope.areas, cell.area],
    [window.scope.columns, cell.column],
    [window.scope.pupilIds, cell.pupilId],
  ];
  for (const [list, value] of named) {
    if (list !== undefined && !list.some((each) => each === value)) return false;
  }
  if (window.closedAt !== null || window.cancelledAt !== null) return false;
  if (window.opening === 'hand' && window.openedAt === null) return false;
  const now = START + hour * HOUR;
  return Date.parse(window.opensAt) <= now && now < Date.parse(window.closesAt);
}

describe('overlapping windows', () => {
  test('a cell is open exactly while one of its windows is, however the clock jumps', () => {
    const drawing = new Drawing(generator(SEED));
    const wrong: unknown[] = [];
    let open = 0;
    let closed = 0;
    for (let n = 0; n < CASES; n++) {
      const windows = Array.from({ length: 1 + drawing.below(6) }, (_, id) => drawing.window(id));
      // Hours in no order: the clock goes back as often as forth.
      for (let jump = 0; jump < 6; jump++) {
        const hour = drawing.below(90) - 5;
        for (const cell of CELLS) {
          const expected = windows.some((window) => opensByItself(window, cell, hour));
          if (isOpen(windows, cell, hour) !== expected) wrong.push({ n, hour, cell, expected });
          if (expected) open++;
          else closed++;
        }
      }
    }
    expect({ seed: SEED, wrong: wrong.slice(0, 3) }).toEqual({ seed: SEED, wrong: [] });
    expect(Math.min(open, closed)).toBeGreaterThan(CASES);
  });

  test.each<[string, Partial<EntryWindow>]>([
    ['closing', { closedAt: at(0) }],
    ['calling off', { cancelledAt: at(0) }],
  ])('%s one closes its own cells only: whatever another window holds open stays open', (_, lift) => {
    const drawing = new Drawing(generator(SEED + 1));
    const wrong: unknown[] = [];
    let ended = 0;
    for (let n = 0; n < CASES; n++) {
      const windows = Array.from({ length: 2 + drawing.below(5) }, (_, id) => drawing.window(id));
      const lifted = drawing.below(windows.length);
      const after = windows.map((window, i) => (i === lifted ? { ...window, ...lift } : window));
      const hour = drawing.below(80);
      for (const cell of CELLS) {
        const others = windows.some((window, i) => i !== lifted && opensByItself(window, cell, hour));
        if (isOpen(after, cell, hour) !== others) wrong.push({ n, hour, cell, others });
        if (isOpen(windows, cell, hour) && !others) ended++;
      }
    }
    expect({ seed: SEED, wrong: wrong.slice(0, 3) }).toEqual({ seed: SEED, wrong: [] });
    expect(ended).toBeGreaterThan(0);
  });
});
