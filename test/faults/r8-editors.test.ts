/**
 * R8: 64 editors on one class sheet. Each adds words of its own to shared remarks the way the browser does: it sends the
 * text it made of the one it saw, with that one's version, and on a conflict begins again from the other's text. A lost
 * update is an acknowledged word that the book does not hold at the end.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { DraftsAnswer, SheetAnswer } from '#contracts/gradebook.js';
import { ENGINE } from '../integration/engine.js';
import {
  HOMEROOM,
  openEverything,
  TestServer,
  type Desk,
  type ProblemBody,
  type TestClass,
} from '../integration/school.js';
import { FULL, figure } from './figures.js';

const EDITORS = 64;
/** Signing in takes longest: in the short form each of 16 teachers has four windows open. */
const ACCOUNTS = FULL ? EDITORS : EDITORS / 4;
const PUPILS = 45;
/** A remark holds 500 characters, 125 words of three: 45 of them hold what 64 editors add in 60 rounds. */
const ADDITIONS = FULL ? 60 : 3;

/** What an editor last knew of a remark. */
interface Known {
  readonly text: string;
  readonly version: number;
}

let server: TestServer;
let editors: Desk[];
let ours: TestClass;
let sheet: string;
/** Words that the server has acknowledged, as "pupil word". */
const acknowledged: string[] = [];
let conflicts = 0;

beforeAll(async () => {
  server = await TestServer.start();
  const school = await server.school('thcs-r8', 'LOWER_SECONDARY');
  const vice = await school.person('pho', 'vice-principal');
  ours = await school.class(
    '6A1',
    6,
    Array.from({ length: PUPILS }, (_, i) => `Học Sinh ${String(i + 1)}`),
    ['TOAN'],
  );
  await openEverything(vice, school, server.clock, 'HK1');
  sheet = `/api/classes/${ours.id}/sheets/REN_LUYEN/HK1`;
  editors = [];
  const accounts: Desk[] = [];
  for (let i = 0; i < ACCOUNTS; i++) {
    const teacher = await school.person(`gv-${String(i)}`, 'teacher');
    await school.assign(teacher, ours, HOMEROOM);
    await teacher.get(sheet);
    accounts.push(teacher);
  }
  editors = Array.from({ length: EDITORS }, (_, i) => accounts[i % ACCOUNTS] as Desk);
}, 240_000);
afterAll(() => server.stop(), 30_000);

/** Adds a word to a pupil's remark, again and again until it is acknowledged. */
async function add(editor: Desk, pupilId: string, word: string, known: Map<string, Known>): Promise<void> {
  for (;;) {
    const { text, version } = known.get(pupilId) ?? { text: '', version: 0 };
    const value = `${text} ${word}`.trim();
    const cells = [{ pupilId, column: 'NX', value, version }];
    const answer = await editor.put<DraftsAnswer & ProblemBody>(`${sheet}/drafts`, { cells });
    if (answer.status === 200) {
      known.set(pupilId, { text: value, version: answer.body.cells[0]?.version ?? 0 });
      acknowledged.push(`${pupilId} ${word}`);
      return;
    }
    const theirs = answer.body.conflicts?.[0];
    if (answer.body.code !== 'STALE_VERSION' || theirs === undefined)
      throw new Error(JSON.stringify(answer.body));
    conflicts++;
    known.set(pupilId, { text: String(theirs['theirs']), version: Number(theirs['version']) });
  }
}

describe(`R8 on ${ENGINE}`, () => {
  jest.setTimeout(900_000);

  test(`${String(EDITORS)} editors on one class sheet: every acknowledged change is in the book`, async () => {
    await Promise.all(
      editors.map(async (editor, i) => {
        const known = new Map<string, Known>();
        for (let n = 0; n < ADDITIONS; n++) {
          // Four editors at a time are after the same remark.
          const pupilId = ours.pupilIds[(n * 16 + (i % 16)) % PUPILS] ?? '';
          await add(editor, pupilId, (i * ADDITIONS + n).toString(36).padStart(3, '0'), known);
        }
      }),
    );
    const { body } = await (editors[0] as Desk).get<SheetAnswer>(sheet);
    const held = body.pupils.flatMap(({ id, cells }) =>
      cells.filter(({ column }) => column === 'NX').map(({ value, version }) => ({ id, value, version })),
    );
    const words = new Set(
      held.flatMap(({ id, value }) => (value ?? '').split(' ').map((word) => `${id} ${word}`)),
    );
    const lost = acknowledged.filter((word) => !words.has(word)).length;
    figure({
      id: 'R8',
      what: `${String(EDITORS)} editors on one class sheet on ${ENGINE}: updates lost`,
      value: `${String(lost)} of ${String(acknowledged.length)}, ${String(conflicts)} conflicts answered with both values`,
      bar: '0',
      holds: lost === 0,
    });
    expect({ lost, acknowledged: acknowledged.length }).toEqual({
      lost: 0,
      acknowledged: EDITORS * ADDITIONS,
    });
    // Nothing stands in the book that nobody was told of, and the versions count what was acknowledged.
    expect(words.size).toBe(acknowledged.length);
    expect(held.reduce((sum, { version }) => sum + version, 0)).toBe(acknowledged.length);
    // They did get in each other's way.
    expect(conflicts).toBeGreaterThan(EDITORS / 2);
  });

  test('whole rows at once, all or none: two pasted columns never mix', async () => {
    const { body } = await (editors[0] as Desk).get<SheetAnswer>(sheet);
    const versions = new Map(
      body.pupils.map(({ id, cells }) => [id, cells.find(({ column }) => column === 'MUC')?.version ?? 0]),
    );
    const paste = (editor: Desk, value: string) =>
      editor.put<ProblemBody>(`${sheet}/drafts`, {
        cells: ours.pupilIds.map((pupilId) => ({
          ...{ pupilId, column: 'MUC', value, version: versions.get(pupilId) ?? 0 },
        })),
      });
    const answers = await Promise.all(editors.map((editor, i) => paste(editor, i % 2 === 0 ? 'Tốt' : 'Khá')));
    const won = answers.flatMap(({ status }, i) => (status === 200 ? [i % 2] : []));
    expect(new Set(won).size).toBe(1);
    const after = await (editors[0] as Desk).get<SheetAnswer>(sheet);
    const values = after.body.pupils.map(({ cells }) => cells.find(({ column }) => column === 'MUC')?.value);
    expect(new Set(values)).toEqual(new Set([won[0] === 0 ? 'TOT' : 'KHA']));
  });
});
