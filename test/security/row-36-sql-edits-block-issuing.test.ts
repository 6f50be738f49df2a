/** Row 36: an IT officer with SQL changes a row: it is found and named, and blocks issuing at every step. */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { requireSound } from '#api/audit/issue-check.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { Appointment, Delegation, Person } from '#api/identity/identity.entities.js';
import { CouncilDecision, PupilResult } from '#api/results/results.entities.js';
import { Enrolment, Pupil, TeachingAssignment } from '#api/school/school.entities.js';
import { Transcript, TranscriptSignature } from '#api/transcripts/transcripts.entities.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { PeriodLock } from '#api/windows/windows.entities.js';
import type { BatchAnswer } from '#contracts/transcripts.js';
import { decidedClass, type DecidedClass } from '../integration/decided-class.js';
import { ENGINE } from '../integration/engine.js';
import { TestServer, type Answer, type ProblemBody } from '../integration/school.js';

jest.setTimeout(60_000);

let server: TestServer;
let played: DecidedClass;
beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  played = await decidedClass(server, 'thcs-song-may', 2);
}, 120_000);
afterAll(() => server.stop(), 30_000);

const inSchool = () => ({ schoolId: played.school.id });
const refused = ({ status, body }: Answer<ProblemBody>) => ({
  refused: [status, body.code],
  rows: (body.items ?? []).map(({ where }) => where),
});

/** Does it, tries to go on, and puts everything back as it was. */
async function whileEdited(
  edit: (sql: EntityManager) => Promise<unknown>,
  back: (sql: EntityManager) => Promise<unknown>,
  tried: () => Promise<Answer<ProblemBody>>,
) {
  await server.database.write(edit);
  const answer = refused(await tried());
  await server.database.write(back);
  return answer;
}

const compose = () => played.homeroom.post('/api/transcripts/batches', { classId: played.target.id });

describe(`row 36: a row changed with raw SQL on ${ENGINE}`, () => {
  test('row 36: a mark, a result, a name, a decision, a role: composing is refused and names the row', async () => {
    const read = server.database.read;
    const where = { ...inSchool() };
    const mark = await read.findOneByOrFail(MarkCell, { ...where, state: 'recorded' });
    const result = await read.findOneByOrFail(PupilResult, where);
    const pupil = await read.findOneByOrFail(Pupil, where);
    const decision = await read.findOneByOrFail(CouncilDecision, where);
    const role = await read.findOneByOrFail(Appointment, { ...where, personId: played.principal.id });
    const person = await read.findOneByOrFail(Person, { ...where, id: played.homeroom.id });
    const edits = [
      { entity: MarkCell, table: 'marks', row: mark, change: { value: '10' } },
      { entity: PupilResult, table: 'results', row: result, change: { answer: { promotion: 'LEN_LOP' } } },
      { entity: Pupil, table: 'pupils', row: pupil, change: { fullName: 'Người Khác' } },
      { entity: CouncilDecision, table: 'council_decisions', row: decision, change: { number: '99/QĐ' } },
      { entity: Appointment, table: 'appointments', row: role, change: { personId: played.vice.id } },
      { entity: Person, table: 'people', row: person, change: { fullName: 'Người Khác' } },
    ];
    for (const { entity, table, row, change } of edits) {
      const key = { ...where, id: row.id };
      const answer = await whileEdited(
        (sql) => sql.update(entity, key, change),
        (sql) => sql.update(entity, key, row),
        compose,
      );
      expect(answer).toEqual({ refused: [409, 'JOURNAL_BROKEN'], rows: [`${table}/${row.id}`] });
    }
  });

  test('row 36: a mark deleted, a role and an assignment slipped in', async () => {
    const mark = await server.database.read.findOneByOrFail(MarkCell, { ...inSchool(), state: 'recorded' });
    const slipped = '00000000-0000-4000-8000-000000000001';
    const role = {
      ...inSchool(),
      id: slipped,
      personId: played.homeroom.id,
      role: 'principal',
      fromDate: '2026-01-01',
    };
    const assignment = {
      ...inSchool(),
      id: slipped,
      classId: played.target.id,
      area: 'TOAN',
      personId: played.vice.id,
    };
    const attacks = [
      {
        row: `marks/${mark.id}`,
        edit: (sql: EntityManager) => sql.delete(MarkCell, { ...inSchool(), id: mark.id }),
        back: (sql: EntityManager) => sql.insert(MarkCell, mark),
      },
      {
        row: `appointments/${slipped}`,
        edit: (sql: EntityManager) => sql.insert(Appointment, role),
        back: (sql: EntityManager) => sql.delete(Appointment, { ...inSchool(), id: slipped }),
      },
      {
        row: `teaching_assignments/${slipped}`,
        edit: (sql: EntityManager) =>
          sql.insert(TeachingAssignment, { ...assignment, fromDate: '2026-09-05' }),
        back: (sql: EntityManager) => sql.delete(TeachingAssignment, { ...inSchool(), id: slipped }),
      },
    ];
    for (const { row, edit, back } of attacks) {
      expect(await whileEdited(edit, back, compose)).toEqual({
        refused: [409, 'JOURNAL_BROKEN'],
        rows: [row],
      });
    }
  });

  test('row 36: a row moved into another class is missed where the journal has it; what changes over there is not in the way', async () => {
    const read = server.database.read;
    const other = await played.school.class('6Z', 6, ['Học sinh lớp khác']);
    const theirs = await read.findOneByOrFail(Enrolment, { ...inSchool(), classId: other.id });
    const away = { classId: other.id };
    const result = await read.findOneByOrFail(PupilResult, inSchool());
    const enrolment = await read.findOneByOrFail(Enrolment, { ...inSchool(), classId: played.target.id });
    const lock = (await read.find(PeriodLock, { where: inSchool(), take: 1 }))[0] as PeriodLock;
    const mark = (
      await read.find(MarkCell, { where: { ...inSchool(), classId: played.target.id }, take: 1 })
    )[0];
    const moved = [
      { entity: MarkCell, table: 'marks', row: mark as MarkCell },
      { entity: PupilResult, table: 'results', row: result },
      { entity: Enrolment, table: 'enrolments', row: enrolment },
      { entity: PeriodLock, table: 'locks', row: lock },
    ];
    for (const { entity, table, row } of moved) {
      const key = { ...inSchool(), id: row.id };
      const answer = await whileEdited(
        (sql) => sql.update<ObjectLiteral>(entity, key, away),
        (sql) => sql.update<ObjectLiteral>(entity, key, { classId: row.classId }),
        compose,
      );
      expect(answer).toEqual({ refused: [409, 'JOURNAL_BROKEN'], rows: [`${table}/${row.id}`] });
    }
    const key = { ...inSchool(), id: theirs.id };
    await server.database.write((sql) => sql.update(Enrolment, key, { fromDate: '2026-09-06' }));
    const issued = { ...inSchool(), id: played.target.id, name: played.target.name };
    await expect(requireSound(read, issued)).resolves.toBeUndefined();
    const theirClass = { ...inSchool(), id: other.id, name: other.name };
    await expect(requireSound(read, theirClass)).rejects.toThrow(/không khớp nhật kí ở 1 chỗ/);
    await server.database.write((sql) => sql.update(Enrolment, key, { fromDate: theirs.fromDate }));
  });

  test('row 36: an event of the journal edited together with its row', async () => {
    const { seq, ...row } = await server.database.read
      .findOneByOrFail(MarkCell, { ...inSchool(), state: 'recorded' })
      .then((mark) => ({ ...mark, seq: mark.eventSeq ?? 0 }));
    const event = await server.database.read.findOneByOrFail(JournalEvent, { ...inSchool(), seq });
    const payload = (event.payload ?? '').replace(/"value":"[^"]*"/, '"value":"10"');
    // The engine refuses; whoever may drop the trigger has the commitment to reckon with (test/faults, R13).
    const edit = server.database.write((sql) =>
      sql.update(JournalEvent, { ...inSchool(), seq }, { payload }),
    );
    await expect(edit).rejects.toThrow(/append-only/);
    expect(row.state).toBe('recorded');
  });

  test('row 36: text exchanged under a signature to come, a signature exchanged, a person who signs let in: no signing, no seal', async () => {
    const { body: batch } = await played.homeroom.post<BatchAnswer>('/api/transcripts/batches', {
      classId: played.target.id,
    });
    const read = server.database.read;
    const transcript = await read.findOneByOrFail(Transcript, { ...inSchool(), batchId: batch.id });
    const key = { ...inSchool(), id: transcript.id };
    const forged = new TextEncoder().encode(
      new TextDecoder().decode(transcript.document ?? undefined).replace(/"year":"[^"]*"/, '"year":"9.9"'),
    );
    expect(forged).not.toEqual(transcript.document);
    const path = `/api/transcripts/batches/${batch.id}`;
    const sign = () =>
      played.homeroom.stepUp('transcript.sign.homeroom', { batchId: batch.id }, `${path}/sign`);
    expect(
      await whileEdited(
        (sql) => sql.update(Transcript, key, { document: forged }),
        (sql) => sql.update(Transcript, key, { document: transcript.document }),
        sign,
      ),
    ).toEqual({ refused: [409, 'JOURNAL_BROKEN'], rows: [`transcripts/${transcript.id}`] });
    const ours = await sign();
    expect(ours.status).toBe(200);
    const slipped = { ...inSchool(), id: '00000000-0000-4000-8000-000000000002', scope: 'transcript.sign' };
    expect(
      await whileEdited(
        (sql) =>
          sql.insert(Delegation, {
            ...{ ...slipped, fromPersonId: played.principal.id, toPersonId: played.vice.id },
            ...{ fromDate: '2026-09-05', toDate: '2027-05-31', decisionNumber: '1' },
          }),
        (sql) => sql.delete(Delegation, { ...inSchool(), id: slipped.id }),
        () => played.principal.stepUp('transcript.sign.principal', { batchId: batch.id }, `${path}/sign`),
      ),
    ).toEqual({ refused: [409, 'JOURNAL_BROKEN'], rows: [`delegations/${slipped.id}`] });
    const principal = await played.principal.stepUp(
      'transcript.sign.principal',
      { batchId: batch.id },
      `${path}/sign`,
    );
    expect(principal.status).toBe(200);
    const of = { ...inSchool(), transcriptId: transcript.id, position: 0 };
    const { cms } = await read.findOneByOrFail(TranscriptSignature, of);
    expect(
      await whileEdited(
        (sql) =>
          sql.update(TranscriptSignature, of, { cms: cms.map((byte, i) => (i === 99 ? byte ^ 1 : byte)) }),
        (sql) => sql.update(TranscriptSignature, of, { cms }),
        () => played.sealer.stepUp('transcript.seal', { batchId: batch.id }, `${path}/seal`),
      ),
    ).toEqual({ refused: [409, 'JOURNAL_BROKEN'], rows: [`transcript_signatures/${transcript.id}/0`] });
    const sealed = await played.sealer.stepUp('transcript.seal', { batchId: batch.id }, `${path}/seal`);
    expect(sealed.status).toBe(200);
  });
});
