import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { formatAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import {
  ED25519,
  formatNote,
  parseNote,
  parseSignatureLines,
  seedSigner,
  signNoteText,
} from '#ledger/format/note.js';
import { witnessPath } from '#ledger/log/witness.js';
import { goodSignatures } from '#ledger/verify/note.js';
import { FolderWitnessStore } from '#ledger-node/witness-store.js';
import { startWitnessServer, type WitnessServer } from '#ledger-node/witness-server.js';
import { logSigner, ORIGIN, START } from './logs.js';
import { witnessSigner as signer } from './witness-key.js';
import { branchRequest, checkpointOf, proofOf, request } from './witness-requests.js';

const stranger = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(77));

let folder: string;
let server: WitnessServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'socai-witness-'));
  server = await start();
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function start(): Promise<WitnessServer> {
  return startWitnessServer({ store: folder, signer, logs: [logSigner], port: 0, clock: () => START });
}

describe('POST add-checkpoint over HTTP answers every row of the status table', () => {
  test('200: the cosignature line, stored before it is answered; and the same again', async () => {
    for (const [old, size] of [
      [0, 0],
      [0, 3],
      [3, 3],
      [3, 300],
    ] as const) {
      const { status, type, text } = await add(await request(old, size));
      expect([status, type]).toEqual([200, 'text/plain; charset=utf-8']);
      const { text: body } = parseNote(await checkpointOf(size));
      const lines = parseSignatureLines(text);
      expect(goodSignatures({ text: body, signatures: lines }, [signer], nobleCrypto)).toMatchObject([
        { time: START / 1000 },
      ]);
      expect(await newestSize()).toBe(size);
    }
  });

  test.each([
    ['nothing', ''],
    ['no empty line', 'old 0\n'],
    ['no note', 'old 0\n\nnot a note'],
    ['no old line', '0\n\n'],
    ['an old size with a leading zero', 'old 00\n\n'],
    ['a carriage return', 'old 0\r\n\r\n'],
    ['bytes that are no UTF-8', Uint8Array.of(0xff, 0xfe, 0x0a)],
  ])('400: %s', async (_, body) => {
    expect(await add(typeof body === 'string' ? utf8(body) : body)).toMatchObject({ status: 400 });
    expect(await newestSize()).toBeUndefined();
  });

  test('400: 64 hashes are one too many, 63 are read', async () => {
    const note = await checkpointOf(300);
    const line = `${'A'.repeat(43)}=\n`;
    const withHashes = (count: number) => utf8(`old 1\n${line.repeat(count)}\n${fromUtf8(note)}`);
    expect(await add(withHashes(64))).toMatchObject({ status: 400 });
    expect(await add(withHashes(63))).toMatchObject({ status: 409 });
  });

  test('400: an old size above the new one; 409 as soon as it is not above', async () => {
    await add(await request(0, 3));
    expect(await add(await request(4, 3))).toMatchObject({ status: 400 });
    expect(await add(await request(2, 3))).toMatchObject({ status: 409 });
  });

  test('404: an origin it does not know; the same checkpoint of a known one is cosigned', async () => {
    const foreign = seedSigner('elsewhere.example/log', ED25519, new Uint8Array(32).fill(5));
    expect(await add(await request(0, 3, await checkpointOf(3, foreign)))).toMatchObject({ status: 404 });
    expect(await add(await request(0, 3))).toMatchObject({ status: 200 });
  });

  test('403: a stranger’s signature, or a bad one of a trusted key beside good ones; unknown keys beside a good one do not matter', async () => {
    expect(await add(await request(0, 3, await checkpointOf(3, stranger)))).toMatchObject({ status: 403 });
    const { text, signatures } = parseNote(await checkpointOf(3));
    const bad = signatures.map((s) => ({ ...s, signature: s.signature.map((byte) => byte ^ 1) }));
    expect(await add(await request(0, 3, formatNote({ text, signatures: bad })))).toMatchObject({
      status: 403,
    });
    const beside = [await signNoteText(text, stranger), ...signatures];
    expect(await add(await request(0, 3, formatNote({ text, signatures: beside })))).toMatchObject({
      status: 200,
    });
  });

  test('409: the size it has, as text/x.tlog.size', async () => {
    await add(await request(0, 3));
    expect(await add(await request(0, 5))).toEqual({ status: 409, type: 'text/x.tlog.size', text: '3\n' });
    expect(await add(await request(3, 5))).toMatchObject({ status: 200 });
  });

  test('422: a proof that does not hold, one from nothing, an empty tree with a root, another root of the same size', async () => {
    const emptyText = `${ORIGIN}\n0\n${'A'.repeat(43)}=\n`;
    const empty = formatNote({ text: emptyText, signatures: [await signNoteText(emptyText, logSigner)] });
    expect(await add(formatAddCheckpoint({ old: 0, hashes: [], checkpoint: empty }))).toMatchObject({
      status: 422,
    });
    const hashes = await proofOf(2, 5);
    expect(
      await add(formatAddCheckpoint({ old: 0, hashes, checkpoint: await checkpointOf(5) })),
    ).toMatchObject({ status: 422 });
    await add(await request(0, 300));
    for (const body of [
      await request(300, 300, await checkpointOf(300, logSigner, 299)),
      await request(300, 310, await checkpointOf(310, logSigner, 299)),
      formatAddCheckpoint({ old: 300, hashes: [], checkpoint: await checkpointOf(310) }),
      formatAddCheckpoint({ old: 300, hashes: await proofOf(299, 310), checkpoint: await checkpointOf(310) }),
    ]) {
      expect(await add(body)).toMatchObject({ status: 422 });
    }
    expect(await newestSize()).toBe(300);
    expect(await add(await request(300, 310))).toMatchObject({ status: 200 });
  });
});

describe('one of many racing requests is cosigned', () => {
  test('twelve branches from one size: one 200, the others 409 with its size, and GET says the same', async () => {
    await add(await request(0, 300));
    const bodies = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        i % 2 === 0 ? request(300, 301 + i) : branchRequest(300, 301 + i, 300),
      ),
    );
    const answers = await Promise.all(bodies.map(add));
    const cosigned = answers.flatMap(({ status }, i) => (status === 200 ? [301 + i] : []));
    expect(cosigned).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409).map(({ text }) => text)).toEqual(
      Array<string>(11).fill(`${String(cosigned[0])}\n`),
    );
    expect(await newestSize()).toBe(cosigned[0]);
  });

  test('a second witness on the same folder is refused: two memories of one key could sign a fork', async () => {
    await expect(start()).rejects.toMatchObject({ code: 'LOCKED' });
    await expect(FolderWitnessStore.open(folder)).rejects.toMatchObject({ code: 'LOCKED' });
  });

  test('after a restart it knows what it cosigned', async () => {
    await add(await request(0, 300));
    await server.close();
    server = await start();
    expect(await newestSize()).toBe(300);
    expect(await add(await branchRequest(0, 301, 300))).toMatchObject({ status: 409, text: '300\n' });
    expect(await add(await branchRequest(300, 310, 299))).toMatchObject({ status: 422 });
  });
});

describe('whatever else is sent, it answers and goes on', () => {
  test.each([
    ['GET', '/add-checkpoint', 405],
    ['PUT', '/add-checkpoint', 405],
    ['POST', `/${witnessPath(ORIGIN)}`, 405],
    ['GET', '/', 404],
    ['GET', '/add-checkpoint/', 404],
    ['POST', '/add-checkpoints', 404],
    ['GET', `/${witnessPath(ORIGIN).toUpperCase()}`, 404],
    ['GET', `/${witnessPath('unknown.example/log')}`, 404],
    ['GET', '/../witness.key', 404],
    ['GET', '/%2e%2e/witness.key', 404],
  ])('%s %s: %i', async (method, path, status) => {
    await add(await request(0, 3));
    const answer = await fetch(server.url + path, { method });
    expect(answer.status).toBe(status);
    if (status === 405) expect(answer.headers.get('allow')).not.toBeNull();
  });

  test('HEAD of a newest checkpoint has its length and no body', async () => {
    await add(await request(0, 3));
    const answer = await fetch(`${server.url}/${witnessPath(ORIGIN)}`, { method: 'HEAD' });
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(100);
    expect(await answer.text()).toBe('');
  });

  test('a body above any request is answered with 413, whether its length is said or not', async () => {
    const large = new Uint8Array(70_000).fill(0x41);
    expect(await add(large)).toMatchObject({ status: 413 });
    const chunked = await raw(
      `POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nTransfer-Encoding: chunked\r\n\r\n11170\r\n${'A'.repeat(70_000)}\r\n`,
    );
    expect(chunked).toMatch(/^HTTP\/1\.1 413 /);
    expect(await add(await request(0, 3))).toMatchObject({ status: 200 });
  });

  test('garbage instead of HTTP, and clients that go away in the middle, cost only themselves', async () => {
    expect(await raw('\0\x01garbage\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 1000\r\n\r\nold 0');
    await once(socket, 'connect');
    socket.destroy();
    expect(await add(await request(0, 3))).toMatchObject({ status: 200 });
  });
});

interface HttpAnswer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

async function add(body: Uint8Array): Promise<HttpAnswer> {
  const answer = await fetch(`${server.url}/add-checkpoint`, { method: 'POST', body: new Uint8Array(body) });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

/** What the server sends back to these bytes until it closes the connection. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  let said = '';
  socket.on('data', (part) => (said += part.toString('latin1')));
  socket.on('error', () => undefined);
  socket.end(bytes);
  await once(socket, 'close');
  return said;
}

async function newestSize(): Promise<number | undefined> {
  const answer = await fetch(`${server.url}/${witnessPath(ORIGIN)}`);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (answer.status === 404) return undefined;
  const note = parseNote(bytes);
  expect(goodSignatures(note, [logSigner, signer], nobleCrypto)).toHaveLength(2);
  return parseCheckpoint(note.text).size;
}
