/**
 * R9: approval races. The same request approved twice (by two people, and twice by one), approved while it is
 * withdrawn, while it is rejected, while its mark moves: exactly one of them happens, the others are told so, and what
 * the rows and the journal hold is what was answered. Over HTTP, each answer with a second factor of its own.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { auditSchool } from '#api/audit/audit-school.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { Journal } from '#api/audit/journal.js';
import { Correction } from '#api/corrections/corrections.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { School } from '#api/school/school.entities.js';
import { Classes } from '#api/school/classes.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import { ENGINE } from '../integration/engine.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Answer,
  type Desk,
  type ProblemBody,
  type TestClass,
  type TestSchool,
} from '../integration/school.js';
import { FULL, figure } from './figures.js';

const RACES = FULL ? 10_000 : 200;
const PUPILS = 40;
/** Races that run at the same moment, on cells of one class. */
const AT_ONCE = 8;
/** One round in so many is raced request by request; in the others one act holds the requests of the whole class. */
const BULK_ROUNDS = 5;
const REASON = 'Cộng sót điểm câu 2b bài kiểm tra';

let server: TestServer;
let school: TestSchool;
let vice: Desk;
let principal: Desk;
let teacher: Desk;
let ours: TestClass;
const outcomes = new Map<string, number>();
const wrong: string[] = [];

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-r9', 'LOWER_SECONDARY', { homeroomConfirms: false });
  vice = await school.person('pho', 'vice-principal');
  principal = await school.person('truong', 'principal');
  teacher = await school.person('toan', 'teacher');
  const names = Array.from({ length: PUPILS }, (_, i) => `Học Sinh ${String(i + 1)}`);
  ours = await school.class('6A1', 6, names, ['TOAN']);
  await school.assign(teacher, ours, 'TOAN', HOMEROOM);
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, ours, 'TOAN/HK1', 'TX1', Array(PUPILS).fill('6'));
}, 120_000);
afterAll(() => server.stop(), 60_000);

/** What each contender got: its name and the answer's status and code. */
type Contender = readonly [name: string, run: () => Promise<Answer<ProblemBody>>];

/** Asks for a correction of every pupil's mark. */
async function askAll(): Promise<Asked> {
  const cells = await server.database.read.findBy(MarkCell, { schoolId: school.id, columnCode: 'TX1' });
  const asked = cells.map(({ pupilId, version, value }) => {
    return { pupilId, column: 'TX1', newValue: value === '6' ? '9' : '6', version };
  });
  const body = { classId: ours.id, area: 'TOAN', period: 'HK1', reason: REASON, cells: asked };
  const answer = await teacher.post<CorrectionsAnswer>('/api/corrections', body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.corrections;
}

type Asked = CorrectionsAnswer['corrections'];

const idsOf = (asked: Asked) => ({ correctionIds: asked.map(({ id }) => id) });

async function approval(desk: Desk, asked: Asked): Promise<Contender> {
  const act = await desk.act('correction.approve', idsOf(asked));
  return ['approved', () => desk.post('/api/corrections/approve', { ...idsOf(asked), act })];
}

async function rejection(desk: Desk, asked: Asked): Promise<Contender> {
  const params = { ...idsOf(asked), reason: 'Chưa đính kèm bài làm' };
  const act = await desk.act('correction.reject', params);
  return ['rejected', () => desk.post('/api/corrections/reject', { ...params, act })];
}

function withdrawal(asked: Asked): Contender {
  return ['withdrawn', () => teacher.post('/api/corrections/withdraw', idsOf(asked))];
}

/** The marks move by another way of the application: in a unit of work that holds the class, each with its event. */
function move(asked: Asked): Contender {
  const moved = async (): Promise<Answer<ProblemBody>> =>
    server.database.write(async (tx) => {
      await server.app.get(Classes, { strict: false }).hold(tx, school.id, [ours.id]);
      for (const { markId, markVersion } of asked) {
        const place = { schoolId: school.id, id: markId ?? '' };
        const values = { value: '7', version: markVersion + 1 };
        const set = await tx.update(MarkCell, { ...place, version: markVersion }, values);
        if (set.affected !== 1) return { status: 409, body: { code: 'STALE_VERSION', detail: '' } };
        const eventSeq = await server.app.get(Journal, { strict: false }).append(tx, school.id, {
          ...{ type: 'mark.moved', subject: 'marks', subjectId: place.id, actor: 'operator' },
          ...{ at: server.clock.timestamp(), data: values },
        });
        await tx.update(MarkCell, place, { eventSeq });
      }
      return { status: 200, body: { code: '', detail: '' } };
    });
  return ['moved', moved];
}

const KINDS: readonly ((asked: Asked) => Promise<Contender[]>)[] = [
  async (asked) => [await approval(vice, asked), await approval(principal, asked)],
  async (asked) => [await approval(vice, asked), await approval(vice, asked)],
  async (asked) => [await approval(vice, asked), withdrawal(asked)],
  async (asked) => [await approval(vice, asked), await rejection(principal, asked)],
  async (asked) => [await approval(principal, asked), move(asked)],
];

/** Lets two go for the same requests (one, or many in one act), and looks at each request for what came of it. */
async function race(asked: Asked, number: number): Promise<void> {
  const contenders = await (KINDS[number % KINDS.length] ?? (() => Promise.resolve([])))(asked);
  const order = number % 2 === 0 ? contenders : [...contenders].reverse();
  const answers = await Promise.all(order.map(async ([name, run]) => ({ name, ...(await run()) })));
  const winners = answers.filter(({ status }) => status === 200);
  const told = answers.every(({ status }) => status === 200 || status === 409);
  const said = answers.map(({ name, status, body }) => `${name} ${String(status)} ${body.code}`).join(', ');
  const won = winners.length === 1 && told ? winners[0]?.name : undefined;
  const left: Asked = [];
  for (const one of asked) {
    const row = await server.database.read.findOneByOrFail(Correction, { schoolId: school.id, id: one.id });
    const place = { schoolId: school.id, id: one.markId ?? '' };
    const mark = await server.database.read.findOneByOrFail(MarkCell, place);
    const holds = won !== undefined && isOutcome(won, one, row, mark);
    if (!holds) wrong.push(`${one.id}: ${said}; ${row.state}, ${mark.value ?? ''} ${String(mark.version)}`);
    if (won !== undefined) outcomes.set(won, (outcomes.get(won) ?? 0) + 1);
    // What moved is in nobody's way for the next race.
    if (row.state === 'requested') left.push(one);
  }
  if (left.length > 0) await withdrawal(left)[1]();
}

/** Whether row and mark hold what was answered, and nothing of the other. */
function isOutcome(won: string, one: Asked[number], row: Correction, mark: MarkCell): boolean {
  const [state, value, steps] = {
    approved: ['applied', one.newValue, 1] as const,
    moved: ['requested', '7', 1] as const,
  }[won] ?? [won, one.oldValue, 0];
  return row.state === state && mark.value === value && mark.version === one.markVersion + steps;
}

describe(`R9 on ${ENGINE}`, () => {
  jest.setTimeout(3 * 3600_000);

  test(`${String(RACES)} approval races: exactly one outcome each`, async () => {
    let run = 0;
    let kind = 0;
    for (let round = 0; run < RACES; round++) {
      const asked = await askAll();
      if (round % BULK_ROUNDS === 0) {
        for (let i = 0; i < asked.length; i += AT_ONCE) {
          const together = asked.slice(i, i + AT_ONCE);
          await Promise.all(together.map((one, j) => race([one], run + i + j)));
        }
      } else {
        await race(asked, kind++);
      }
      run += asked.length;
    }
    figure({
      id: 'R9',
      what: `approval races on ${ENGINE}: twice, while withdrawn, while rejected, while the mark moves`,
      value: `${String(RACES - new Set(wrong).size)}/${String(RACES)}`,
      bar: FULL ? '10,000, exactly one outcome each' : 'N/N (short form)',
      holds: wrong.length === 0,
      detail: `one in ${String(BULK_ROUNDS)} request by request, the others ${String(PUPILS)} in one act; ${[...outcomes].map(([name, count]) => `${name} ${String(count)}`).join(', ')}`,
    });
    expect(wrong.slice(0, 5)).toEqual([]);
    expect([...outcomes.keys()].sort()).toEqual(['approved', 'moved', 'rejected', 'withdrawn']);
  });

  test('the journal tells each applied correction once, and audit finds nothing wrong', async () => {
    const read = server.database.read;
    const applied = await read.countBy(Correction, { schoolId: school.id, state: 'applied' });
    const told = (type: string) => read.countBy(JournalEvent, { schoolId: school.id, type });
    expect(await told('mark.corrected')).toBe(applied);
    expect(await told('correction.applied')).toBe(applied);
    expect(await told('correction.approved')).toBe(applied);
    const info = await read.findOneByOrFail(School, { id: school.id });
    const outside = { school: info, ledger: undefined, trust: undefined, outside: {} };
    const report = await auditSchool(read, { ...outside, now: server.clock.now() });
    expect(report.findings).toEqual([]);
  });
});
