import { describe, expect, test } from '@jest/globals';
import { whyClosed, windowState, type CellPlace, type Gate } from '#api/windows/window-state.js';
import type { EntryWindow, PeriodLock, WindowScope } from '#api/windows/windows.entities.js';

const OPENS = '2026-10-26T00:00:00.000Z';
const INSIDE = '2026-11-01T00:00:00.000Z';
const CLOSES = '2026-11-20T10:00:00.000Z';
const CELL: CellPlace = { grade: 6, classId: 'class', area: 'TOAN', column: 'GK' };

function window(over: Partial<EntryWindow> = {}): EntryWindow {
  return {
    ...{ schoolId: 's', id: 'w', noticeId: 'n', yearId: 'y', period: 'HK1', scope: {} },
    ...{ opensAt: OPENS, closesAt: CLOSES, opening: 'clock' },
    ...{ openedAt: null, openedBy: null, closedAt: null, closedBy: null },
    ...{ kind: 'general', cancelledAt: null, changeNoticeId: null, clockOpenedAt: null, clockClosedAt: null },
    ...over,
  };
}

function gate(over: Partial<Gate>, ...windows: EntryWindow[]): Gate {
  const announced = windows.map((each) => ({ window: each, noticeNumber: '12/TB', changeNumber: null }));
  return { windows: announced, lock: null, yearClosedAt: null, now: INSIDE, ...over };
}

const code = (of: Gate, cell = CELL) => whyClosed(of, cell)?.code ?? null;

describe('a window', () => {
  test('opens by the clock at its first moment and is closed at its last', () => {
    expect([OPENS, INSIDE, CLOSES].map((now) => windowState(window(), now))).toEqual([
      'open',
      'open',
      'closed',
    ]);
    expect(windowState(window(), '2026-10-25T23:59:59.999Z')).toBe('announced');
  });

  test('opened by hand is open neither before nor after the announced times', () => {
    const opened = window({ opening: 'hand', openedAt: '2026-10-20T00:00:00.000Z' });
    expect(['2026-10-21T00:00:00.000Z', INSIDE, CLOSES].map((now) => windowState(opened, now))).toEqual([
      'announced',
      'open',
      'closed',
    ]);
    expect(windowState(window({ opening: 'hand' }), INSIDE)).toBe('announced');
  });
});

describe('a window that a further notice or a make-up test is about', () => {
  test('called off is closed at every moment, whatever the clock shows', () => {
    const off = window({ cancelledAt: INSIDE, changeNoticeId: 'm' });
    for (const now of ['2026-10-01T00:00:00.000Z', INSIDE, CLOSES])
      expect(windowState(off, now)).toBe('closed');
    const announced = { window: off, noticeNumber: '12/TB', changeNumber: '14/TB' };
    const why = whyClosed({ windows: [announced], lock: null, yearClosedAt: null, now: INSIDE }, CELL);
    expect([why?.code, why?.sentence]).toEqual(['CANCELLED', expect.stringContaining('Thông báo số 14/TB')]);
  });

  test('for some pupils opens their cells and neither the column nor the others', () => {
    const late = window({ kind: 'make-up', scope: { columns: ['GK'], pupilIds: ['p1'] } });
    expect([code(gate({}, late), { ...CELL, pupilId: 'p1' })]).toEqual([null]);
    expect(code(gate({}, late), { ...CELL, pupilId: 'p2' })).toBe('NO_WINDOW');
    expect(code(gate({}, late))).toBe('NO_WINDOW');
  });

  test('what the journal was told of the clock opens and closes nothing', () => {
    const told = { clockOpenedAt: OPENS, clockClosedAt: CLOSES };
    expect(windowState(window(told), '2026-10-25T23:59:59.999Z')).toBe('announced');
    expect(windowState(window(told), INSIDE)).toBe('open');
  });
});

describe('a cell', () => {
  test.each<[string, WindowScope, boolean]>([
    ['everything', {}, true],
    ['its grade', { grades: [6, 7] }, true],
    ['another grade', { grades: [7] }, false],
    ['another class', { classIds: ['other'] }, false],
    ['another subject', { areas: ['NGU_VAN'] }, false],
    ['another column', { columns: ['TX1'] }, false],
    ['its grade, but another column', { grades: [6], columns: ['TX1'] }, false],
  ])('under a window over %s', (_, scope, open) => {
    expect(code(gate({}, window({ scope })))).toBe(open ? null : 'NO_WINDOW');
  });

  test('is open as long as one of several windows is', () => {
    const closed = window({ closedAt: '2026-10-30T00:00:00.000Z' });
    expect(code(gate({}, closed, window()))).toBeNull();
    expect(code(gate({}, closed))).toBe('WINDOW_CLOSED');
  });

  test('is told its next window before its last one', () => {
    const past = window({ opensAt: '2026-09-10T00:00:00.000Z', closesAt: '2026-09-20T00:00:00.000Z' });
    const next = window({ opensAt: '2026-12-01T00:00:00.000Z', closesAt: '2026-12-20T00:00:00.000Z' });
    expect(code(gate({}, past, next))).toBe('NOT_YET');
    expect(code(gate({}, past, window({ opening: 'hand' })))).toBe('NOT_OPENED');
  });

  test('under a lock or in a closed year stays closed whatever window is open', () => {
    const row = { lockedAt: INSIDE } as PeriodLock;
    expect(code(gate({ lock: { row, by: 'Phó Hiệu trưởng' } }, window()))).toBe('LOCKED');
    expect(code(gate({ yearClosedAt: CLOSES }, window()))).toBe('YEAR_CLOSED');
  });
});
