/** Between composing and the seal: the printed copy signed on paper, and a batch sent back with comments. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BatchAnswer, TranscriptsAnswer } from '#contracts/transcripts.js';
import { decidedClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { TestServer, type ProblemBody } from './school.js';

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
}, 60_000);
afterAll(() => server.stop(), 30_000);

describe(`a batch before its seal on ${ENGINE}`, () => {
  let played: DecidedClass;
  let batch: BatchAnswer;
  let path: string;

  beforeAll(async () => {
    played = await decidedClass(server, 'thcs-song-may', 2, undefined, 'thcs-tra-lai');
    await compose();
  }, 60_000);

  const compose = async () => {
    const request = { classId: played.target.id };
    batch = (await played.homeroom.post<BatchAnswer>('/api/transcripts/batches', request)).body;
    path = `/api/transcripts/batches/${batch.id}`;
  };
  const sign = (who: 'homeroom' | 'principal') =>
    played[who].stepUp<BatchAnswer & ProblemBody>(
      `transcript.sign.${who}`,
      { batchId: batch.id },
      `${path}/sign`,
    );

  test('waits for the signed paper where the school keeps that step, and says so', async () => {
    const choose = {
      ...{ switches: { paperLane: true }, decisionNumber: '09/QĐ-THCS' },
      decidedOn: server.clock.today(),
    };
    const changed = await played.principal.stepUp('settings.change', choose, '/api/school/settings');
    expect(changed.status).toBe(200);
    await expect(sign('homeroom')).rejects.toThrow(/R6\.17.*|kí giấy/);
    expect((await played.sealer.post(`${path}/paper`)).status).toBe(403);
    const kept = await played.homeroom.post<BatchAnswer>(`${path}/paper`);
    expect(kept.body.paperSignedAt).not.toBeNull();
    expect((await played.homeroom.post(`${path}/paper`)).status).toBe(409);
    expect((await sign('homeroom')).status).toBe(200);
  });

  test('is sent back by a manager, not by its teacher, with comments pinned to its own transcripts', async () => {
    const [first] = batch.transcripts;
    const back = {
      reason: 'Nhận xét bị cắt giữa câu',
      comments: [{ transcriptId: first?.id, comment: 'Sửa nhận xét môn Ngữ văn' }],
    };
    expect((await played.homeroom.post(`${path}/return`, back)).status).toBe(403);
    const strange = { ...back, comments: [{ transcriptId: played.school.id, comment: 'Không phải' }] };
    expect((await played.vice.post(`${path}/return`, strange)).status).toBe(404);
    const returned = await played.vice.post<BatchAnswer>(`${path}/return`, back);
    expect(returned.body.returned).toMatchObject(back);
    expect(returned.body.transcripts.map(({ state }) => state)).toEqual(['returned', 'returned']);
    await expect(sign('principal')).rejects.toThrow(/không còn học bạ nào/);
    expect((await played.vice.post(`${path}/return`, back)).status).toBe(409);
  });

  test('is composed again, signed and issued; what was sent back stays as it was', async () => {
    const before = batch.transcripts.map(({ id }) => id);
    await compose();
    expect(batch.transcripts).toHaveLength(2);
    expect(batch.transcripts.some(({ id }) => before.includes(id))).toBe(false);
    expect((await played.homeroom.post(`${path}/paper`)).status).toBe(200);
    expect((await sign('homeroom')).status).toBe(200);
    expect((await sign('principal')).status).toBe(200);
    const params = { batchId: batch.id };
    const sealed = await played.sealer.stepUp<BatchAnswer>('transcript.seal', params, `${path}/seal`);
    expect(sealed.body.transcripts.map(({ state }) => state)).toEqual(['issued', 'issued']);
    const back = { reason: 'Quá muộn', comments: [] };
    expect((await played.vice.post(`${path}/return`, back)).status).toBe(409);
    const { body } = await played.vice.get<TranscriptsAnswer>(`/api/transcripts?classId=${played.target.id}`);
    expect(body.transcripts.map(({ state }) => state).sort()).toEqual([
      ...['issued', 'issued', 'returned', 'returned'],
    ]);
  }, 60_000);
});
