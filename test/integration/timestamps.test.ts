/** Seals with a timestamp of an authority (RFC 3161), one made of openssl; and what issuing does when it is away. */
import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { TrustKeeper } from '#api/ledger-host/trust-keeper.js';
import { TranscriptIssuing } from '#api/transcripts/transcript-issuing.js';
import { Transcript } from '#api/transcripts/transcripts.entities.js';
import type { BatchAnswer } from '#contracts/transcripts.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { parseCms } from '#signing/cms-structure.js';
import { OID } from '#signing/oids.js';
import { parseTimestamp, timestampDigest } from '#signing/timestamp.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import { OpensslTsa, opensslIsThere } from '../../libs/signing/test/openssl-tsa.js';
import { decidedClass, type DecidedClass } from './decided-class.js';
import { ENGINE } from './engine.js';
import { TestServer } from './school.js';
import { until } from './until.js';

jest.setTimeout(120_000);

const hasPdfsig = spawnSync('pdfsig', ['-v']).error === undefined;
if (!hasPdfsig) console.warn('pdfsig is not installed (poppler-utils): its check is skipped');
if (!opensslIsThere) console.warn('skipped: no openssl on this machine');
const PATIENCE = 600_000;

(opensslIsThere ? describe : describe.skip)(`timestamps of seals on ${ENGINE}`, () => {
  let tsa: OpensslTsa;
  let server: TestServer;
  let played: DecidedClass;

  beforeAll(async () => {
    tsa = await OpensslTsa.start();
    server = await TestServer.start('2027-05-17T02:00:00.000Z', {
      timestamps: { url: tsa.url, patience: PATIENCE },
    });
    played = await decidedClass(server, 'thcs-song-may', 1);
  });
  afterAll(async () => {
    await server.stop();
    await tsa.stop();
  });

  const states = async (): Promise<string[]> => {
    const rows = await server.database.read.findBy(Transcript, { schoolId: played.school.id });
    return rows.map(({ state }) => state);
  };

  test('an authority that is away holds issuing up, and not for ever; one that is back is asked again', async () => {
    const real = tsa.answer;
    let asked = 0;
    tsa.answer = (reply) => {
      asked += 1;
      reply.writeHead(503).end();
    };
    const issuing = server.app.get(TranscriptIssuing, { strict: false });
    const batch = await sealed();
    await until(() => asked > 0);
    expect(await states()).toEqual(['sealed']);
    tsa.answer = real;
    issuing.wake(played.school.id);
    await until(async () => (await states())[0] === 'issued');
    const [row] = await server.database.read.findBy(Transcript, { schoolId: played.school.id });
    const pdf = await played.homeroom.download(`/api/transcripts/${batch.transcripts[0]?.id ?? ''}/pdf`);
    const cms = (await readTranscriptPdf(pdf)).signatures.at(-1)!.cms;
    const token = parseCms(cms).unsignedAttributes.find(({ type }) => type === OID.signatureTimestamp)!.value;
    expect(token).toEqual(row?.timestamp);
    expect(parseTimestamp(token).digest).toEqual(timestampDigest(cms));
    expect(tsa.accepts(token, Buffer.from(timestampDigest(cms)).toString('hex'))).toBe(true);
    expect(await verdict(pdf)).toMatchObject({ verdict: 'valid', clock: 'unknown' });
    expect(await verdict(pdf, [tsa.spkiSha256()])).toMatchObject({ verdict: 'valid', clock: 'vouched' });
    if (hasPdfsig) expect(pdfsig(pdf).match(/Signature is Valid/g)).toHaveLength(3);
  });

  test('after its patience a transcript is issued without, and the event says so', async () => {
    tsa.answer = (reply) => reply.writeHead(503).end();
    const other = await decidedClass(server, 'thcs-song-may', 1, undefined, 'thcs-khac');
    played = other;
    await sealed();
    expect(await states()).toEqual(['sealed']);
    server.clock.advance(PATIENCE);
    server.app.get(TranscriptIssuing, { strict: false }).wake(other.school.id);
    await until(async () => (await states())[0] === 'issued');
    const [row] = await server.database.read.findBy(Transcript, { schoolId: other.school.id });
    expect(row?.timestamp).toBeNull();
    const pdf = await other.homeroom.download(`/api/transcripts/${row?.id ?? ''}/pdf`);
    expect(await verdict(pdf)).toEqual({ verdict: 'valid', clock: undefined });
  });

  /** Composed, signed twice and sealed. */
  async function sealed(): Promise<BatchAnswer> {
    const { homeroom, principal, sealer, target } = played;
    const { body } = await homeroom.post<BatchAnswer>('/api/transcripts/batches', { classId: target.id });
    const path = `/api/transcripts/batches/${body.id}`;
    const params = { batchId: body.id };
    await homeroom.stepUp('transcript.sign.homeroom', params, `${path}/sign`);
    await principal.stepUp('transcript.sign.principal', params, `${path}/sign`);
    const answer = await sealer.stepUp<BatchAnswer>('transcript.seal', params, `${path}/seal`);
    expect(answer.status).toBe(200);
    return answer.body;
  }

  async function verdict(file: Uint8Array, timestampAuthorities: readonly Uint8Array[] = []) {
    const bundle = await server.app.get(TrustKeeper, { strict: false }).read();
    const said = await verifyTranscript({
      ...{ file, fileName: 'hoc-ba.pdf', now: server.clock.now(), crypto: nodeCrypto, timestampAuthorities },
      ...{ provider: nodeProvider, ...(bundle === undefined ? {} : { trust: bundle }) },
    });
    return { verdict: said.verdict, clock: said.signatures.at(-1)?.timestamp?.clock };
  }
});

function pdfsig(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'socai-pdfsig-'));
  writeFileSync(join(folder, 'a.pdf'), pdf);
  const said = execFileSync('pdfsig', ['-nocert', join(folder, 'a.pdf')], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return said;
}
