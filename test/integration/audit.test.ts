import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Writable, Readable } from 'node:stream';
import { join } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import { MoreThanOrEqual, type EntityManager } from 'typeorm';
import { auditSchool } from '#api/audit/audit-school.js';
import { requireSound } from '#api/audit/issue-check.js';
import { Journal } from '#api/audit/journal.js';
import { JournalEvent, JournalHead } from '#api/audit/journal.entities.js';
import { viewLedger, type OutsideEvidence } from '#api/audit/ledger-check.js';
import type { AuditReport } from '#api/audit/report.js';
import { rowData } from '#api/audit/row-data.js';
import { Correction } from '#api/corrections/corrections.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { Act } from '#api/identity/identity.entities.js';
import { Anchors } from '#api/ledger-host/anchors.js';
import { LedgerEntryRow } from '#api/ledger-host/ledger.entities.js';
import { TrustKeeper } from '#api/ledger-host/trust-keeper.js';
import { InstallationSettings } from '#api/installation.module.js';
import { CouncilMeeting } from '#api/results/council.entities.js';
import { CouncilDecision, PupilResult } from '#api/results/results.entities.js';
import { Pupil, School } from '#api/school/school.entities.js';
import {
  Certificate,
  Transcript,
  TranscriptRoster,
  TranscriptSignature,
} from '#api/transcripts/transcripts.entities.js';
import { PeriodLock } from '#api/windows/windows.entities.js';
import { auditCommand } from '#cli/audit.js';
import { COSIGNATURE_ED25519, ED25519, formatNote, seedSigner, signNoteText } from '#ledger/format/note.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { parsePolicy, type Policy } from '#ledger/format/policy.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { attacked, rewriteHistory } from './tamper.js';
import { decidedClass, issueClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { TestServer } from './school.js';

jest.setTimeout(60_000);

let server: TestServer;
let played: DecidedClass;
let school: School;
let folder: string;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  played = await decidedClass(server, 'thcs-song-may', 2);
  await issueClass(played);
  school = await server.database.read.findOneByOrFail(School, { id: played.school.id });
  folder = server.app.get(InstallationSettings, { strict: false }).config.dataDir;
  await server.app.get(Anchors, { strict: false }).anchorNow(school.id);
}, 120_000);
afterAll(() => server.stop(), 30_000);

/** What an audit finds after an attack, of which nothing stays. */
async function auditAfter(
  attack: (sql: EntityManager) => Promise<unknown>,
  outside: OutsideEvidence = {},
): Promise<AuditReport> {
  const ledger = await viewLedger(new FolderTileStore(join(folder, 'ledger', school.slug)));
  const trust = await server.app.get(TrustKeeper, { strict: false }).read();
  const now = server.clock.now();
  return attacked(server.database, attack, (read) =>
    auditSchool(read, { school, ledger, trust, outside, now }),
  );
}

const nothing = () => Promise.resolve();
const codes = ({ findings }: AuditReport) => [...new Set(findings.map(({ code }) => code))];
const found = ({ findings }: AuditReport) => findings.map(({ code, table, id }) => `${code} ${table} ${id}`);
const inSchool = () => ({ schoolId: school.id });
const checkpointFile = () => readFile(join(folder, 'ledger', school.slug, 'checkpoint'));

async function firstMark(): Promise<MarkCell> {
  return server.database.read.findOneByOrFail(MarkCell, {
    ...inSchool(),
    area: 'TOAN',
    period: 'HK2',
    columnCode: 'CK',
  });
}

async function policy(): Promise<Policy> {
  const answer = await fetch(`${server.url}/ledger/${school.slug}/policy`);
  return parsePolicy(new Uint8Array(await answer.arrayBuffer()));
}

describe(`socai audit on ${ENGINE}`, () => {
  test('finds nothing in what the application wrote, lists TOTP acts as weak, and never calls itself anchored', async () => {
    const report = await auditAfter(nothing);
    expect(report).toMatchObject({ ok: true, anchored: 'NOT_EXTERNALLY_ANCHORED', tail: 0, findings: [] });
    // The homeroom teacher has no passkey; who approves, locks and seals has one.
    expect(report.weak.map(({ action }) => action)).toEqual(['transcript.sign.homeroom']);
  });

  test('is externally anchored under a policy and an older checkpoint from outside', async () => {
    const outside = { policy: await policy(), checkpoint: new Uint8Array(await checkpointFile()) };
    const id = await server.database.write((tx) =>
      server.app.get(Anchors, { strict: false }).anchor(tx, school.id),
    );
    expect(id).toBeTruthy();
    await server.app.get(Anchors, { strict: false }).anchorNow(school.id);
    expect(await auditAfter(nothing, outside)).toMatchObject({ ok: true, anchored: 'external', tail: 0 });
  });

  test('counts what came after the last anchor as the tail that could still be rewritten', async () => {
    const report = await auditAfter((sql) => appendEvent(sql));
    expect(report).toMatchObject({ ok: true, tail: 1 });
  });

  describe('a row changed with SQL is named', () => {
    test('a mark: value, teacher, version, or hidden as a draft', async () => {
      const { id } = await firstMark();
      for (const change of [
        { value: '10' },
        { teacherId: 'somebody' },
        { version: 9 },
        { state: 'draft' as const },
      ]) {
        const report = await auditAfter((sql) => sql.update(MarkCell, { ...inSchool(), id }, change));
        expect(found(report)).toEqual([`ROW_CHANGED marks ${id}`]);
      }
      const { findings } = await auditAfter((sql) =>
        sql.update(MarkCell, { ...inSchool(), id }, { value: '10' }),
      );
      expect(findings[0]?.detail).toMatch(/^value: sự kiện \d+ ghi .*, dòng ghi "10"$/);
    });

    test('a mark that was deleted, and one that was slipped in', async () => {
      const mark = await firstMark();
      expect(found(await auditAfter((sql) => sql.delete(MarkCell, { ...inSchool(), id: mark.id })))).toEqual([
        `ROW_MISSING marks ${mark.id}`,
      ]);
      const slipped = { ...mark, id: '00000000-0000-4000-8000-000000000000', columnCode: 'TX9' };
      expect(found(await auditAfter((sql) => sql.insert(MarkCell, slipped)))).toEqual([
        `ROW_UNRECORDED marks ${slipped.id}`,
      ]);
    });

    test('an approval, a lock, a result, a decision, a certificate', async () => {
      const read = server.database.read;
      const correction = await read.findOneByOrFail(Correction, inSchool());
      const { id: lock } = (await read.find(PeriodLock, { where: inSchool(), take: 1 }))[0] as PeriodLock;
      const { id: result } = (await read.find(PupilResult, { where: inSchool(), take: 1 }))[0] as PupilResult;
      const { id: decision } = await read.findOneByOrFail(CouncilDecision, inSchool());
      const { id: certificate } = (
        await read.find(Certificate, { where: inSchool(), take: 1 })
      )[0] as Certificate;
      const attacks: [string, (sql: EntityManager) => Promise<unknown>][] = [
        [
          `corrections ${correction.id}`,
          (sql) =>
            sql.update(Correction, { ...inSchool(), id: correction.id }, { decidedBy: played.principal.id }),
        ],
        [
          `locks ${lock}`,
          (sql) =>
            sql.update(PeriodLock, { ...inSchool(), id: lock }, { liftedAt: '2027-05-18T00:00:00.000Z' }),
        ],
        [
          `results ${result}`,
          (sql) =>
            sql.update(PupilResult, { ...inSchool(), id: result }, { answer: { promotion: 'LEN_LOP' } }),
        ],
        [
          `council_decisions ${decision}`,
          (sql) => sql.update(CouncilDecision, { ...inSchool(), id: decision }, { number: '46/QĐ' }),
        ],
        [
          `certificates ${certificate}`,
          (sql) => sql.update(Certificate, { ...inSchool(), id: certificate }, { personId: 'other' }),
        ],
      ];
      for (const [row, attack] of attacks) {
        expect(found(await auditAfter(attack))).toContain(`ROW_CHANGED ${row}`);
      }
    });

    test('a pupil’s name, once the journal has it', async () => {
      const id = played.target.pupilIds[0] ?? '';
      const { fullName } = await server.database.read.findOneByOrFail(Pupil, { ...inSchool(), id });
      const entered = { type: 'pupil.entered', subject: 'pupils', subjectId: id, data: { fullName } };
      expect((await auditAfter((sql) => appendEvent(sql, entered))).ok).toBe(true);
      const report = await auditAfter(async (sql) => {
        await appendEvent(sql, entered);
        await sql.update(Pupil, { ...inSchool(), id }, { fullName: 'Người Khác' });
      });
      expect(found(report)).toEqual([`ROW_CHANGED pupils ${id}`]);
    });

    test('a step-up whose change or method was rewritten', async () => {
      const act = await server.database.read.findOneByOrFail(Act, {
        ...inSchool(),
        action: 'correction.approve',
      });
      const change = JSON.parse(JSON.stringify(act.change).replace(/"new":"[^"]*"/, '"new":"1"')) as object;
      expect(
        found(await auditAfter((sql) => sql.update(Act, { ...inSchool(), id: act.id }, { change }))),
      ).toEqual([`ROW_CHANGED acts ${act.id}`]);
      expect(
        found(await auditAfter((sql) => sql.update(Act, { ...inSchool(), id: act.id }, { method: 'totp' }))),
      ).toEqual([`ROW_CHANGED acts ${act.id}`]);
    });

    test('a transcript: its data, hash, state, signature, proof, padding', async () => {
      const row = (
        await server.database.read.find(Transcript, { where: inSchool(), take: 1 })
      )[0] as Transcript;
      const where = { ...inSchool(), id: row.id };
      const document = new TextEncoder().encode(
        new TextDecoder().decode(row.document ?? undefined).replace('"HK1":"', '"HK1":"1'),
      );
      const edit = (change: Partial<Transcript>) =>
        auditAfter((sql) => sql.update(Transcript, where, change));
      expect(found(await edit({ document }))).toEqual([`DOCUMENT_CHANGED transcripts ${row.id}`]);
      expect(found(await edit({ documentHash: 'ab'.repeat(32) }))).toContain(
        `ROW_CHANGED transcripts ${row.id}`,
      );
      expect(found(await edit({ state: 'sealed' }))).toEqual([`ROW_CHANGED transcripts ${row.id}`]);
      expect(found(await edit({ paddingSeed: new Uint8Array(32) }))).toEqual([
        `DOCUMENT_ENTRY transcripts ${row.id}`,
      ]);
      const other = (
        await server.database.read.find(Transcript, { where: inSchool(), skip: 1, take: 1 })
      )[0] as Transcript;
      expect(codes(await edit({ proof: other.proof }))).toEqual(
        expect.arrayContaining(['ROW_CHANGED', 'DOCUMENT_FILE', 'DOCUMENT_ENTRY']),
      );
      const seal = { ...inSchool(), transcriptId: row.id, position: 2 };
      const { cms } = await server.database.read.findOneByOrFail(TranscriptSignature, {
        ...inSchool(),
        transcriptId: other.id,
        position: 2,
      });
      expect(codes(await auditAfter((sql) => sql.update(TranscriptSignature, seal, { cms })))).toContain(
        'ROW_CHANGED',
      );
    });

    test('how many transcripts a class has: the number, its salt, its row', async () => {
      const roster = await server.database.read.findOneByOrFail(TranscriptRoster, inSchool());
      const where = { ...inSchool(), id: roster.id };
      for (const change of [{ count: roster.count + 1 }, { salt: new Uint8Array(32) }]) {
        expect(found(await auditAfter((sql) => sql.update(TranscriptRoster, where, change)))).toEqual([
          `ROW_CHANGED transcript_rosters ${roster.id}`,
          `ROSTER_ENTRY transcript_rosters ${roster.id}`,
        ]);
      }
      expect(codes(await auditAfter((sql) => sql.delete(TranscriptRoster, where)))).toEqual([
        'ROW_MISSING',
        'ROSTER_EXCEEDED',
      ]);
      expect(
        found(await auditAfter((sql) => sql.update(TranscriptRoster, where, { entryId: roster.id }))),
      ).toContain(`ROSTER_ENTRY transcript_rosters ${roster.id}`);
    });
  });

  describe('the journal itself', () => {
    test('an event whose text was edited, or its readable columns', async () => {
      const { eventSeq } = await firstMark();
      const where = { ...inSchool(), seq: eventSeq ?? 0 };
      const { payload } = await server.database.read.findOneByOrFail(JournalEvent, where);
      const edited = (payload ?? '').replace(/"value":"[^"]*"/, '"value":"10"');
      expect(
        found(await auditAfter((sql) => sql.update(JournalEvent, where, { payload: edited }))),
      ).toContain(`EVENT_CHANGED journal_events ${String(where.seq)}`);
      expect(
        found(await auditAfter((sql) => sql.update(JournalEvent, where, { type: 'mark.seen' }))),
      ).toEqual([`EVENT_COLUMNS journal_events ${String(where.seq)}`]);
      expect(found(await auditAfter((sql) => sql.update(JournalEvent, where, { salt: null })))).toContain(
        `EVENT_ERASED journal_events ${String(where.seq)}`,
      );
    });

    test('an event that was deleted, in the middle or at the end', async () => {
      const seq = (await firstMark()).eventSeq ?? 0;
      const middle = await auditAfter((sql) => sql.delete(JournalEvent, { ...inSchool(), seq }));
      expect(found(middle)).toContain(`EVENT_MISSING journal_events ${String(seq)}`);
      expect(codes(middle)).toContain('CHAIN_BROKEN');
      await server.app.get(Anchors, { strict: false }).anchorNow(school.id);
      const head = await server.database.read.findOneByOrFail(JournalHead, inSchool());
      // The server may have written by itself since it anchored: what is in the anchor is what is taken away.
      const kept = head.anchoredCount - 1;
      const end = await auditAfter(async (sql) => {
        await sql.delete(JournalEvent, { ...inSchool(), seq: MoreThanOrEqual(kept) });
        const last = await sql.findOneByOrFail(JournalEvent, { ...inSchool(), seq: kept - 1 });
        await sql.update(JournalHead, inSchool(), { count: kept, hash: last.hash });
      });
      expect(found(end)).toContain(`ANCHOR_AHEAD journal_events ${String(kept)}`);
    });

    test('a mark changed together with its event and the whole chain after it: the anchor catches it', async () => {
      const mark = await firstMark();
      const report = await auditAfter(async (sql) => {
        await sql.update(MarkCell, { ...inSchool(), id: mark.id }, { value: '10' });
        await rewriteHistory(sql, school.id, mark.eventSeq ?? 0, (data) => ({ ...data, value: '10' }));
      });
      expect(found(report)).toEqual([expect.stringMatching(/^ANCHOR_MISMATCH journal_events \d+$/)]);
    });

    test('a correction written into the tail without anyone having approved it', async () => {
      const mark = await firstMark();
      const report = await auditAfter(async (sql) => {
        const data = { ...dataOf(mark), value: '10', version: mark.version + 1, correctionId: 'none' };
        const seq = await appendEvent(sql, {
          type: 'mark.corrected',
          subject: 'marks',
          subjectId: mark.id,
          data,
        });
        await sql.update(
          MarkCell,
          { ...inSchool(), id: mark.id },
          { value: '10', version: mark.version + 1, eventSeq: seq },
        );
      });
      expect(found(report)).toEqual([`ACT_MISSING marks ${mark.id}`]);
    });

    test('an approval taken over for another value', async () => {
      const mark = await firstMark();
      const { id: act, personId } = await server.database.read.findOneByOrFail(Act, {
        ...inSchool(),
        action: 'correction.approve',
      });
      const report = await auditAfter(async (sql) => {
        const corrected = {
          value: '10',
          version: mark.version + 1,
          correctionId: 'none',
          approvedBy: personId,
        };
        const data = { ...dataOf(mark), ...corrected };
        const event = {
          type: 'mark.corrected',
          subject: 'marks',
          subjectId: mark.id,
          data,
          act,
          actor: personId,
        };
        const seq = await appendEvent(sql, event);
        await sql.update(
          MarkCell,
          { ...inSchool(), id: mark.id },
          { value: '10', version: mark.version + 1, eventSeq: seq },
        );
      });
      expect(report.findings).toMatchObject([
        { code: 'ACT_MISSING', detail: expect.stringContaining('không nêu thay đổi này') as unknown },
      ]);
    });
  });

  describe('a decision whose event is in order', () => {
    /** As somebody writes it who holds the database: the row, and an event of it at the journal's end. */
    const rewritten = async (sql: EntityManager, change: Partial<CouncilDecision>) => {
      const decision = await sql.findOneByOrFail(CouncilDecision, inSchool());
      const event = { type: 'decision.entered', subject: 'council_decisions', subjectId: decision.id };
      const eventSeq = await appendEvent(sql, { ...event, data: change });
      await sql.update(CouncilDecision, { ...inSchool(), id: decision.id }, { ...change, eventSeq });
    };
    const decided = () => server.database.read.findOneByOrFail(CouncilDecision, inSchool());

    test('names a pupil who was not on the list that the meeting passed', async () => {
      const { id, pupilIds } = await decided();
      const stranger = '00000000-0000-4000-8000-000000000003';
      const change = { pupilIds: [...pupilIds, stranger] };
      const issued = { ...inSchool(), id: played.target.id, name: played.target.name };
      const issuing = (sql: EntityManager) => requireSound(sql, issued);
      await expect(attacked(server.database, (sql) => rewritten(sql, change), issuing)).rejects.toMatchObject(
        {
          items: [{ code: 'DECISION_UNLISTED' }],
        },
      );
      const { findings } = await auditAfter((sql) => rewritten(sql, change));
      const whose = `số 45/QĐ-THCS ghi lớp .*, học sinh ${stranger} không có trong danh sách .* nhập quyết định mới`;
      expect(findings).toMatchObject([
        {
          ...{ code: 'DECISION_UNLISTED', table: 'council_decisions', id },
          detail: expect.stringMatching(whose) as unknown,
        },
      ]);
    });

    test('rests on a meeting that there was not, or that did not pass the list', async () => {
      const none = 'cuộc họp của quyết định không thông qua danh sách nào của lớp';
      const { id, ...met } = await server.database.read.findOneByOrFail(CouncilMeeting, inSchool());
      const votes = met.votes.map((vote) => ({ ...vote, votesFor: 1, votesAgainst: 19, abstained: 0 }));
      for (const other of [
        { ...met, votes: [] },
        { ...met, votes },
      ]) {
        const meetingId = `${id.slice(0, -4)}0004`;
        const { findings } = await auditAfter(async (sql) => {
          const about = { subject: 'council_meetings', subjectId: meetingId };
          await appendEvent(sql, {
            type: 'council.met',
            ...about,
            data: rowData({ ...other, id: meetingId }),
          });
          await sql.insert(CouncilMeeting, { ...other, id: meetingId });
          await rewritten(sql, { meetingId });
        });
        expect(findings).toMatchObject([
          { code: 'DECISION_UNLISTED', detail: expect.stringContaining(none) as unknown },
        ]);
      }
    });

    test('names pupils of that list only: nothing to find', async () => {
      const { pupilIds } = await decided();
      for (const listed of [pupilIds, pupilIds.slice(1)]) {
        expect((await auditAfter((sql) => rewritten(sql, { pupilIds: listed }))).findings).toEqual([]);
      }
    });
  });

  describe('the ledger', () => {
    test('an entry changed in the database, or lost there', async () => {
      const row = await server.database.read.findOneByOrFail(LedgerEntryRow, { ...inSchool(), seq: 2 });
      const where = { ...inSchool(), seq: 2 };
      const entry = Uint8Array.from(row.entry, (byte, i) => (i === 40 ? byte ^ 1 : byte));
      expect(found(await auditAfter((sql) => sql.update(LedgerEntryRow, where, { entry })))).toContain(
        'LEDGER_DIFFERS ledger_entries 2',
      );
      expect(found(await auditAfter((sql) => sql.delete(LedgerEntryRow, where)))).toContain(
        'LEDGER_DIFFERS ledger_entries 2',
      );
    });

    test('a tile changed on disk', async () => {
      const { logs } = (await (await fetch(`${server.url}/ledger/`)).json()) as { logs: { size: number }[] };
      const file = join(folder, 'ledger', school.slug, `tile/entries/000.p/${String(logs[0]?.size)}`);
      const bytes = await readFile(file);
      await writeFile(
        file,
        bytes.map((byte, i) => (i === 50 ? byte ^ 1 : byte)),
      );
      const report = await auditAfter(nothing);
      await writeFile(file, bytes);
      expect(codes(report)).toContain('LEDGER_BROKEN');
    });

    test('a checkpoint that the policy’s witnesses did not sign', async () => {
      const stranger = seedSigner('witness.example/w', COSIGNATURE_ED25519, new Uint8Array(randomBytes(32)));
      const witnesses = [{ name: 'w', key: stranger }];
      const report = await auditAfter(nothing, {
        policy: { ...(await policy()), witnesses, groups: [], quorum: 'w' },
      });
      expect(codes(report)).toEqual(['LEDGER_NOT_WITNESSED']);
      expect(report.tail).toBeGreaterThan(0);
    });

    test('a log that does not continue the checkpoint kept outside', async () => {
      const signer = seedSigner(school.origin, ED25519, new Uint8Array(randomBytes(32)));
      const text = formatCheckpoint({
        origin: school.origin,
        size: 3,
        root: new Uint8Array(randomBytes(32)),
      });
      const checkpoint = formatNote({ text, signatures: [await signNoteText(text, signer)] });
      const report = await auditAfter(nothing, { checkpoint });
      expect(codes(report)).toEqual(['LEDGER_FORKED']);
      expect(report.anchored).toBe('NOT_EXTERNALLY_ANCHORED');
    });
  });

  describe('as a command', () => {
    const data = () => {
      const { database } = server.app.get(InstallationSettings, { strict: false }).config;
      return database.engine === 'sqlite'
        ? ['--data', folder]
        : ['--database', database.url, '--data', folder];
    };

    test('prints one JSON object and exits 0 on a sound installation', async () => {
      const { status, out } = await run([...data(), '--json']);
      expect(JSON.parse(out)).toMatchObject({ ok: true, findings: [] });
      expect(status).toBe(0);
      expect((await run(data())).out).toContain('NOT_EXTERNALLY_ANCHORED');
    });

    test('takes policy and checkpoint from files', async () => {
      const [policyFile, kept] = [join(folder, 'policy'), join(folder, 'kept')];
      await writeFile(policyFile, await (await fetch(`${server.url}/ledger/${school.slug}/policy`)).text());
      await writeFile(kept, await checkpointFile());
      const { out } = await run([...data(), '--json', '--policy', policyFile, '--checkpoint', kept]);
      expect(JSON.parse(out)).toMatchObject({ ok: true, anchored: 'external' });
    });

    test('exits 1 and names the row after an SQL edit', async () => {
      const { id, value } = await firstMark();
      const edit = (text: string | null) =>
        server.database.write((tx) => tx.update(MarkCell, { ...inSchool(), id }, { value: text }));
      await edit('0');
      const { status, out } = await run(data());
      await edit(value);
      expect(status).toBe(1);
      expect(out).toContain(`ROW_CHANGED  marks ${id}`);
    });

    test('exits 2 for wrong usage or nothing to audit, 3 for a database that is not reachable', async () => {
      expect((await run(['--what'])).status).toBe(2);
      expect((await run(['--data', join(folder, 'nowhere')])).status).toBe(2);
      expect((await run(['--database', 'mysql://x'])).status).toBe(2);
      expect((await run(['--database', 'postgres://127.0.0.1:1/none', '--data', folder])).status).toBe(3);
    });
  });
});

function dataOf({ classId, area, period, columnCode, pupilId, teacherId }: MarkCell) {
  return { classId, area, period, columnCode, pupilId, teacherId, state: 'recorded' };
}

function appendEvent(
  sql: EntityManager,
  event: { type: string; subject: string; subjectId: string; data: object; act?: string; actor?: string } = {
    type: 'thing.seen',
    subject: 'things',
    subjectId: '1',
    data: {},
  },
): Promise<number> {
  const by = { actor: played.vice.id, session: 'of-the-attacker', rule: 'D1' };
  const whole = { ...by, at: server.clock.timestamp(), ...event };
  return new Journal().append(sql, school.id, whole as Parameters<Journal['append']>[2]);
}

async function run(args: readonly string[]): Promise<{ status: number; out: string }> {
  const chunks: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk.toString());
      done();
    },
  });
  const io = {
    stdin: Readable.from([]),
    stdout: sink,
    stderr: new Writable({ write: (_c, _e, done) => done() }),
    env: {},
    now: () => server.clock.now(),
  };
  return { status: await auditCommand(args, io), out: chunks.join('') };
}
