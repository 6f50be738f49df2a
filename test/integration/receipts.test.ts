/** Receipts for teachers: what was recorded is in the anchored journal, shown offline and without trusting the school. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { EntityManager } from 'typeorm';
import { auditSchool } from '#api/audit/audit-school.js';
import { parseReceipt, type EventReceipt } from '#api/audit/event-receipt.js';
import { JournalEvent, JournalHead } from '#api/audit/journal.entities.js';
import { viewLedger } from '#api/audit/ledger-check.js';
import type { AuditReport } from '#api/audit/report.js';
import { Anchors } from '#api/ledger-host/anchors.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { School } from '#api/school/school.entities.js';
import { auditCommand } from '#cli/audit.js';
import { receiptCommand } from '#cli/receipt.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { ReceiptsAnswer } from '#contracts/receipts.js';
import { fromBase64, toBase64 } from '#ledger/format/bytes.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { ENGINE } from './engine.js';
import { HOMEROOM, openEverything, recordColumn, TestServer } from './school.js';
import type { Desk, TestClass, TestSchool } from './school.js';
import { attacked, rewriteHistory } from './tamper.js';

jest.setTimeout(60_000);

let server: TestServer;
let school: TestSchool;
let target: TestClass;
let teacher: Desk;
let colleague: Desk;
let vice: Desk;
let folder: string;
/** Downloaded before the anchor, and after it. */
let young: EventReceipt;
let receipt: EventReceipt;
let firstCheckpoint: Uint8Array;

beforeAll(async () => {
  server = await TestServer.start();
  folder = server.installation.config.dataDir;
  school = await server.school('thcs-bien-nhan', 'LOWER_SECONDARY', { homeroomConfirms: false });
  await server.app.get(SchoolLogs, { strict: false }).open(school.id);
  await anchor();
  firstCheckpoint = new Uint8Array(await readFile(join(folder, 'ledger', school.slug, 'checkpoint')));
  target = await school.class('6A', 6, ['An', 'Bình', 'Chi'], ['TOAN', 'NGU_VAN']);
  vice = await school.person('pho', 'vice-principal');
  teacher = await school.person('toan', 'teacher');
  colleague = await school.person('van', 'teacher');
  await school.assign(teacher, target, 'TOAN', HOMEROOM);
  await school.assign(colleague, target, 'NGU_VAN');
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, target, 'TOAN/HK1', 'TX1', ['8', '7', '6']);
  await recordColumn(colleague, target, 'NGU_VAN/HK1', 'TX1', ['5', '5', '5']);
  const { seq } = (await listOf(teacher))[0] ?? { seq: -1 };
  young = await download(teacher, seq);
  await anchor();
  receipt = await download(teacher, seq);
});
afterAll(() => server.stop());

const anchor = () => server.app.get(Anchors, { strict: false }).anchorNow(school.id);

async function listOf(desk: Desk, query = '') {
  const answer = await desk.get<ReceiptsAnswer>(`/api/receipts?classId=${target.id}${query}`);
  expect(answer.status).toBe(200);
  return answer.body.receipts;
}

async function download(desk: Desk, seq: number): Promise<EventReceipt> {
  return parseReceipt(await desk.download(`/api/receipts/${String(seq)}`));
}

async function keep(name: string, kept: EventReceipt): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(kept));
  return file;
}

type Command = typeof receiptCommand;

async function run(command: Command, ...args: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin: Readable.from([]), stdout, stderr, env: {}, now: () => server.clock.now() };
  const status = await command(args, io);
  stdout.end();
  stderr.end();
  return { status, out: await text(stdout), err: await text(stderr) };
}

/** `socai receipt` against what the server publishes, as somebody outside has it. */
async function checked(kept: EventReceipt, ...args: readonly string[]) {
  const bundle = join(folder, 'bundle-outside');
  await writeFile(bundle, await (await fetch(`${server.url}/ledger/trust`)).text());
  const { status, out } = await run(
    receiptCommand,
    await keep('receipt.json', kept),
    '--trust',
    bundle,
    '--json',
    ...args,
  );
  return {
    status,
    answer: JSON.parse(out) as { ok: boolean; detail?: string; event?: object; ledger?: object },
  };
}

async function auditAfter(
  attack: (sql: EntityManager) => Promise<unknown>,
  kept = receipt,
  checkpoint?: Uint8Array,
): Promise<AuditReport> {
  const row = await server.database.read.findOneByOrFail(School, { id: school.id });
  const view = await viewLedger(new FolderTileStore(join(folder, 'ledger', school.slug)));
  const ledger = checkpoint === undefined ? view : { ...view, checkpoint };
  const outside = { receipts: [kept] };
  return attacked(server.database, attack, (read) =>
    auditSchool(read, { school: row, ledger, trust: undefined, outside, now: server.clock.now() }),
  );
}

const ofReceipts = ({ findings }: AuditReport) => findings.filter(({ code }) => code.startsWith('RECEIPT_'));
const nothing = () => Promise.resolve();

describe(`receipts for teachers on ${ENGINE}`, () => {
  test('lists what the person recorded, by class and sheet, and which of it the ledger holds', async () => {
    const receipts = await listOf(teacher);
    expect(receipts).toHaveLength(3);
    expect(receipts[0]).toMatchObject({ type: 'mark.recorded', area: 'TOAN', column: 'TX1', anchored: true });
    expect(receipts.map(({ value }) => value).sort()).toEqual(['6', '7', '8']);
    expect(await listOf(teacher, '&area=TOAN&period=HK1')).toHaveLength(3);
    expect(await listOf(teacher, '&area=TOAN&period=HK2')).toEqual([]);
    expect(await listOf(colleague)).toHaveLength(3);
    await recordColumn(teacher, target, 'TOAN/HK1', 'TX2', ['9', '9', '9']);
    expect((await listOf(teacher)).map(({ anchored }) => anchored)).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  test('nobody gets a receipt of what is another’s, of another school, or as a family', async () => {
    const path = `/api/receipts/${String(receipt.event.seq)}`;
    for (const other of [colleague, vice]) expect((await other.get(path)).status).toBe(404);
    const elsewhere = await server.school('thcs-khac', 'LOWER_SECONDARY');
    const stranger = await elsewhere.person('ai', 'teacher');
    expect((await stranger.get(`/api/receipts?classId=${target.id}`)).status).toBe(404);
    expect((await stranger.get(path)).status).toBe(404);
    const parent = await school.person('me', 'guardian');
    expect((await parent.get(path)).body).toMatchObject({ code: 'FORBIDDEN', rule: 'R0.19' });
    for (const odd of ['01', '-1', '1e3', '999999']) {
      expect((await teacher.get(`/api/receipts/${odd}`)).status).toBe(404);
    }
    // Not of the book: the own sign-in is an event too, and no receipt is given of it.
    const { seq } = await server.database.read.findOneByOrFail(JournalEvent, {
      ...{ schoolId: school.id, type: 'session.opened' },
    });
    expect((await teacher.get(`/api/receipts/${String(seq)}`)).status).toBe(404);
  });

  test('holds offline: the event, its place in the journal, the ledger’s entry, and the witnesses', async () => {
    const { status, answer } = await checked(receipt);
    expect(status).toBe(0);
    const data = { area: 'TOAN', columnCode: 'TX1', teacherId: teacher.id };
    expect(answer).toMatchObject({ ok: true, event: { type: 'mark.recorded', actor: teacher.id, data } });
    expect(answer.ledger).toMatchObject({
      ...{
        origin: `test.example/${school.slug}`,
        events: receipt.event.seq + 1 + (receipt.anchor?.after.length ?? 0),
      },
      witnesses: [{ name: 'so-gddt' }, { name: 'truong-ban' }],
    });
    expect((await checked(receipt, '--ledger', `${server.url}/ledger/${school.slug}`)).status).toBe(0);
  });

  test('taken before its anchor it cannot be checked yet, and says so', async () => {
    expect(young.anchor).toBeNull();
    expect(young.event).toEqual(receipt.event);
    expect(await checked(young)).toMatchObject({
      status: 3,
      answer: { detail: expect.stringMatching(/^NOT_ANCHORED/) },
    });
  });

  test('a forged receipt does not hold: another value, another salt, another place, another entry', async () => {
    const { event } = receipt;
    const anchored = receipt.anchor ?? { before: '', after: [], entry: '', proof: '' };
    const forged: [string, EventReceipt][] = [
      [
        'EVENT_NOT_COMMITTED',
        { ...receipt, event: { ...event, payload: event.payload.replace(/"value":"\d+"/, '"value":"10"') } },
      ],
      ['EVENT_NOT_COMMITTED', { ...receipt, event: { ...event, salt: flipped(event.salt) } }],
      ['OTHER_ANCHOR', { ...receipt, event: { ...event, seq: event.seq - 1 } }],
      ['OTHER_ANCHOR', { ...receipt, anchor: { ...anchored, before: flipped(anchored.before) } }],
      ['OTHER_ANCHOR', { ...receipt, anchor: { ...anchored, after: anchored.after.slice(1) } }],
      [
        'MALFORMED',
        { ...receipt, anchor: { ...anchored, proof: anchored.proof.replace(/index \d+/, 'index 007') } },
      ],
      [
        'NOT_INCLUDED',
        { ...receipt, anchor: { ...anchored, proof: anchored.proof.replace(/index \d+/, 'index 0') } },
      ],
      ['UNKNOWN_LOG', { ...receipt, origin: 'test.example/thcs-khac' }],
    ];
    for (const [code, kept] of forged) {
      const { status, answer } = await checked(kept);
      expect([answer.ok, answer.detail?.split(':')[0]]).toEqual([false, code]);
      expect(status).toBe(code === 'MALFORMED' ? 2 : 1);
    }
    expect((await run(receiptCommand, join(folder, 'nowhere.json'))).status).toBe(2);
    expect((await run(receiptCommand)).status).toBe(2);
  });

  test('what was corrected of a teacher’s is theirs too, and the approver’s', async () => {
    const { body } = await teacher.get<{
      pupils: { id: string; cells: { column: string; version: number }[] }[];
    }>(`/api/classes/${target.id}/sheets/TOAN/HK1`);
    const pupil = body.pupils[0];
    const version = pupil?.cells.find(({ column }) => column === 'TX1')?.version;
    const asked = await teacher.post<CorrectionsAnswer>('/api/corrections', {
      ...{ classId: target.id, area: 'TOAN', period: 'HK1', reason: 'Cộng sót điểm một câu' },
      cells: [{ pupilId: pupil?.id, column: 'TX1', newValue: '10', version }],
    });
    const correctionIds = asked.body.corrections.map(({ id }) => id);
    expect(
      (await vice.stepUp('correction.approve', { correctionIds }, '/api/corrections/approve')).status,
    ).toBe(200);
    await anchor();
    const corrected = (await listOf(teacher)).find(({ type }) => type === 'mark.corrected');
    expect(corrected).toMatchObject({ value: '10', anchored: true });
    expect((await checked(await download(vice, corrected?.seq ?? -1))).status).toBe(0);
    expect((await listOf(teacher)).map(({ type }) => type)).toContain('correction.requested');
  });

  describe('socai audit --receipt', () => {
    test('says nothing against a journal that has the event, also of a receipt taken before its anchor', async () => {
      for (const kept of [receipt, young]) expect(ofReceipts(await auditAfter(nothing, kept))).toEqual([]);
    });

    test('the event was changed and the whole chain recomputed: it is no longer in the journal', async () => {
      const { seq } = receipt.event;
      for (const [kept, where] of [
        [receipt, 'neo ở mục'],
        [young, 'chưa neo'],
      ] as const) {
        const report = await auditAfter(
          (sql) => rewriteHistory(sql, school.id, seq, (data) => ({ ...data, value: '10' })),
          kept,
        );
        const found = { code: 'RECEIPT_CONTRADICTED', table: 'journal_events', id: String(seq) };
        expect(ofReceipts(report)).toEqual([
          {
            ...found,
            detail: expect.stringMatching(
              new RegExp(`^sự kiện ${String(seq)} .*${where}.*không còn trong nhật kí`),
            ),
          },
        ]);
      }
    });

    test('the event and all after it were cut off: it is no longer in the journal', async () => {
      const { seq } = receipt.event;
      const report = await auditAfter(async (sql) => {
        const schoolId = school.id;
        await sql
          .createQueryBuilder()
          .delete()
          .from(JournalEvent)
          .where('schoolId = :schoolId AND seq >= :seq', { schoolId, seq })
          .execute();
        const last = await sql.findOneByOrFail(JournalEvent, { schoolId, seq: seq - 1 });
        await sql.update(JournalHead, { schoolId }, { count: seq, hash: last.hash });
      });
      expect(ofReceipts(report)).toMatchObject([
        { detail: expect.stringContaining('không còn trong nhật kí') },
      ]);
    });

    test('an event before it was changed and the chain recomputed: its own stands, the head does not', async () => {
      const report = await auditAfter((sql) =>
        rewriteHistory(sql, school.id, 0, (data) => ({ ...data, name: 'khác' })),
      );
      expect(ofReceipts(report)).toMatchObject([{ detail: expect.stringContaining('đã bị viết lại') }]);
    });

    test('the log was put back to a tree without the anchor: it does not continue the receipt’s', async () => {
      const report = await auditAfter(nothing, receipt, firstCheckpoint);
      expect(ofReceipts(report)).toMatchObject([{ detail: expect.stringContaining('không nối tiếp') }]);
    });

    test('a forged receipt frames nobody', async () => {
      const salt = flipped(receipt.event.salt);
      const report = await auditAfter(nothing, { ...receipt, event: { ...receipt.event, salt } });
      expect(ofReceipts(report)).toMatchObject([{ code: 'RECEIPT_INVALID', table: 'receipts' }]);
    });

    test('as a command: 0 for one that is there, 1 for a forged one, 2 for another school’s', async () => {
      const { database } = server.installation.config;
      const data =
        database.engine === 'sqlite' ? ['--data', folder] : ['--database', database.url, '--data', folder];
      const audit = async (kept: EventReceipt) =>
        (await run(auditCommand, ...data, '--receipt', await keep('kept.json', kept))).status;
      expect(await audit(receipt)).toBe(0);
      expect(await audit({ ...receipt, event: { ...receipt.event, seq: receipt.event.seq + 1 } })).toBe(1);
      expect(await audit({ ...receipt, origin: 'test.example/ai-do' })).toBe(2);
    });
  });

  test('no receipt is given out when journal and ledger disagree: the teacher is told', async () => {
    await server.database.write(async (tx) => {
      await tx.query(`UPDATE journal_anchors SET count = count + 1 WHERE school_id = '${school.id}'`);
    });
    const refused = await teacher.get(`/api/receipts/${String(receipt.event.seq)}`);
    await server.database.write(async (tx) => {
      await tx.query(`UPDATE journal_anchors SET count = count - 1 WHERE school_id = '${school.id}'`);
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'JOURNAL_BROKEN' } });
    expect(await download(teacher, receipt.event.seq)).toMatchObject({ event: receipt.event });
  });
});

/** The same bytes with one bit changed. */
function flipped(base64: string): string {
  const bytes = fromBase64(base64);
  return toBase64(bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte)));
}
