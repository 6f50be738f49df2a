import { describe, expect, test } from '@jest/globals';
import { formatAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import {
  ED25519,
  formatNote,
  parseNote,
  parseSignatureLines,
  seedSigner,
  signNoteText,
  type NoteSignature,
  type NoteSigner,
} from '#ledger/format/note.js';
import { answerAddCheckpoint, witnessPath } from '#ledger/log/witness.js';
import { TileTree } from '#ledger/merkle/tile-tree.js';
import { goodSignatures } from '#ledger/verify/note.js';
import { logSigner, ORIGIN, START, testWitness } from './logs.js';
import { sizeOf } from './memory-store.js';
import { leafOf, tilesOf } from './trees.js';

/** A log's signed checkpoint of `size` entries; `fork` changes the tree from that entry on. */
async function checkpointOf(
  size: number,
  signer: NoteSigner = logSigner,
  fork = Infinity,
): Promise<Uint8Array> {
  const { root } = tilesOf(size, (i) => leafOf(i >= fork ? i + 1_000_000 : i));
  const text = formatCheckpoint({ origin: ORIGIN, size, root });
  return formatNote({ text, signatures: [await signNoteText(text, signer)] });
}

async function proofOf(old: number, size: number): Promise<Uint8Array[]> {
  const { tiles, root } = tilesOf(size);
  return new TileTree(size, root, tiles).proveConsistency(old);
}

async function request(old: number, size: number, checkpoint?: Uint8Array): Promise<Uint8Array> {
  const hashes = old <= size ? await proofOf(old, size) : [];
  return formatAddCheckpoint({ old, hashes, checkpoint: checkpoint ?? (await checkpointOf(size)) });
}

describe('a witness asked to cosign (tlog-witness, add-checkpoint)', () => {
  test('answers 200 with its cosignature and the time, and remembers what it cosigned', async () => {
    const { options, store } = testWitness(1);
    for (const [old, size] of [
      [0, 0],
      [0, 3],
      [3, 3],
      [3, 300],
      [300, 301],
    ] as const) {
      const { status, body } = await answerAddCheckpoint(await request(old, size), options);
      expect(status).toBe(200);
      const { text } = parseNote(await checkpointOf(size));
      const lines = parseSignatureLines(fromUtf8(body));
      expect(goodSignatures({ text, signatures: lines }, [options.signer], nobleCrypto)).toMatchObject([
        { time: START / 1000 },
      ]);
      const stored = (await store.latest(ORIGIN)) as Uint8Array;
      expect(sizeOf(stored)).toBe(size);
      expect(goodSignatures(parseNote(stored), [logSigner, options.signer], nobleCrypto)).toHaveLength(2);
    }
  });

  test('answers 400 to what is malformed, and to an old size above the new', async () => {
    const { options } = testWitness(1);
    for (const body of [utf8(''), utf8('old 0\n'), utf8('old 0\n\nnot a note'), await request(4, 3)]) {
      expect((await answerAddCheckpoint(body, options)).status).toBe(400);
    }
  });

  test('says in a word why it refuses', async () => {
    const { options } = testWitness(1);
    const stranger = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(77));
    await answerAddCheckpoint(await request(0, 3), options);
    const fork = await request(3, 5, await checkpointOf(5, logSigner, 2));
    for (const [body, changes, status, reason] of [
      [utf8('old 0\n'), {}, 400, 'malformed request'],
      [await request(4, 3), {}, 400, 'old is above the size'],
      [await request(3, 5), { logs: [] }, 404, 'unknown log'],
      [await request(3, 5, await checkpointOf(5, stranger)), {}, 403, 'no trusted signature holds'],
      [fork, {}, 422, 'not consistent with what was cosigned before'],
    ] as const) {
      const answer = await answerAddCheckpoint(body, { ...options, ...changes });
      expect([answer.status, answer.contentType, fromUtf8(answer.body)]).toEqual([
        status,
        'text/plain; charset=utf-8',
        `${reason}\n`,
      ]);
    }
    const good = await answerAddCheckpoint(await request(3, 5), options);
    expect([good.status, good.contentType]).toEqual([200, 'text/plain; charset=utf-8']);
  });

  test('answers 404 for a log it does not know', async () => {
    const { options } = testWitness(1);
    expect((await answerAddCheckpoint(await request(0, 3), { ...options, logs: [] })).status).toBe(404);
  });

  test('answers 403 without a trusted signature, and when a trusted one is bad', async () => {
    const { options } = testWitness(1);
    const stranger = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(77));
    expect(
      (await answerAddCheckpoint(await request(0, 3, await checkpointOf(3, stranger)), options)).status,
    ).toBe(403);
    const { text, signatures } = parseNote(await checkpointOf(3));
    const bad = signatures.map((s) => ({ ...s, signature: s.signature.map((byte) => byte ^ 1) }));
    expect(
      (await answerAddCheckpoint(await request(0, 3, formatNote({ text, signatures: bad })), options)).status,
    ).toBe(403);
    // Two trusted keys, one good and one bad signature: still 403.
    const both = await signNoteText(text, stranger);
    const mixed = formatNote({ text, signatures: [both, ...bad] });
    expect(
      (await answerAddCheckpoint(await request(0, 3, mixed), { ...options, logs: [logSigner, stranger] }))
        .status,
    ).toBe(403);
  });

  test('cosigns beside the lines of keys it does not know, also under a name or an id that it knows', async () => {
    const { options } = testWitness(1);
    const { text, signatures } = parseNote(await checkpointOf(3));
    const [own] = signatures as [NoteSignature];
    const bad = { ...own, signature: own.signature.map((byte) => byte ^ 1) };
    const others = [
      { ...bad, name: 'other.example/log' },
      { ...bad, keyId: (own.keyId ^ 1) >>> 0 },
    ];
    const note = formatNote({ text, signatures: [...others, own] });
    expect((await answerAddCheckpoint(await request(0, 3, note), options)).status).toBe(200);
  });

  test('trusts the key of one log for that log only', async () => {
    const { options } = testWitness(1);
    const other = seedSigner('other.example/log', ED25519, new Uint8Array(32).fill(5));
    const trusting = { ...options, logs: [logSigner, other] };
    const stolen = await request(0, 3, await checkpointOf(3, other));
    expect((await answerAddCheckpoint(stolen, trusting)).status).toBe(403);
    expect((await answerAddCheckpoint(await request(0, 3), trusting)).status).toBe(200);
  });

  test('asks its list once for a log it knows, and once more, afresh, where that does not do', async () => {
    const { options } = testWitness(1);
    const asked: boolean[] = [];
    let known: { key: NoteSigner; from: number; to?: number }[] = [{ key: logSigner, from: 0, to: 3 }];
    const logs = (_origin: string, again: boolean) => {
      asked.push(again);
      if (again && asked.length === 5) known = [{ key: logSigner, from: 0 }];
      return Promise.resolve(known);
    };
    const ask = async (old: number, size: number) =>
      (await answerAddCheckpoint(await request(old, size), { ...options, logs })).status;
    expect([await ask(0, 3), asked]).toEqual([200, [false]]);
    expect([await ask(3, 4), asked]).toEqual([403, [false, false, true]]);
    // The list has learnt meanwhile that the key goes on.
    expect([await ask(3, 4), asked]).toEqual([200, [false, false, true, false, true]]);
    known = [];
    expect(await ask(4, 5)).toBe(404);
  });

  test('refuses nothing for a failure of its own: that is an error, not an answer', async () => {
    const { options } = testWitness(1);
    await answerAddCheckpoint(await request(0, 3), options);
    const failing = (): never => {
      throw new Error('out of memory');
    };
    const broken = { ...options, crypto: { ...nobleCrypto, sha256: failing } };
    await expect(answerAddCheckpoint(await request(3, 5), broken)).rejects.toThrow('out of memory');
  });

  test('answers 409 with the size it has when the old size is another', async () => {
    const { options } = testWitness(1);
    expect(await answerAddCheckpoint(await request(2, 3), options)).toMatchObject({
      status: 409,
      body: utf8('0\n'),
    });
    await answerAddCheckpoint(await request(0, 3), options);
    for (const [old, size] of [
      [0, 5],
      [2, 5],
      [4, 5],
    ] as const) {
      expect(await answerAddCheckpoint(await request(old, size), options)).toMatchObject({
        status: 409,
        contentType: 'text/x.tlog.size',
        body: utf8('3\n'),
      });
    }
  });

  test('answers 422 to a bad proof, a proof from nothing, an empty log with a root, and a fork', async () => {
    const { options, store } = testWitness(1);
    const emptyWithRoot = `${ORIGIN}\n0\n${'A'.repeat(43)}=\n`;
    const signed = formatNote({
      text: emptyWithRoot,
      signatures: [await signNoteText(emptyWithRoot, logSigner)],
    });
    expect(
      (await answerAddCheckpoint(formatAddCheckpoint({ old: 0, hashes: [], checkpoint: signed }), options))
        .status,
    ).toBe(422);
    const fromNothing = formatAddCheckpoint({
      old: 0,
      hashes: await proofOf(2, 5),
      checkpoint: await checkpointOf(5),
    });
    expect((await answerAddCheckpoint(fromNothing, options)).status).toBe(422);

    await answerAddCheckpoint(await request(0, 300), options);
    const forks = [
      await request(300, 300, await checkpointOf(300, logSigner, 299)),
      await request(300, 310, await checkpointOf(310, logSigner, 299)),
      formatAddCheckpoint({ old: 300, hashes: [], checkpoint: await checkpointOf(310) }),
      formatAddCheckpoint({ old: 300, hashes: await proofOf(299, 310), checkpoint: await checkpointOf(310) }),
      formatAddCheckpoint({ old: 300, hashes: await proofOf(2, 300), checkpoint: await checkpointOf(300) }),
    ];
    for (const fork of forks) expect((await answerAddCheckpoint(fork, options)).status).toBe(422);
    expect(sizeOf((await store.latest(ORIGIN)) as Uint8Array)).toBe(300);
    // The fork from entry 305 on is the same log up to 300: cosigned. It is the other branch that comes too late.
    expect(
      (await answerAddCheckpoint(await request(300, 310, await checkpointOf(310)), options)).status,
    ).toBe(200);
  });

  test('never cosigns two branches, however the requests race', async () => {
    const { options, store } = testWitness(1);
    await answerAddCheckpoint(await request(0, 300), options);
    const branches = [
      await checkpointOf(310),
      await checkpointOf(310, logSigner, 305),
      await checkpointOf(312),
    ];
    const bodies = await Promise.all([
      request(300, 310, branches[0]),
      forkRequest(branches[1] as Uint8Array),
      request(300, 312, branches[2]),
    ]);
    const answers = await Promise.all(bodies.map((body) => answerAddCheckpoint(body, options)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect([310, 312]).toContain(sizeOf((await store.latest(ORIGIN)) as Uint8Array));
  });

  test('a log of another size than stored is compared as stored, even when the store was slow', async () => {
    const { options, store } = testWitness(1);
    let races = 2;
    const slow = {
      latest: (origin: string) => store.latest(origin),
      swap: (origin: string, expected: Uint8Array | undefined, next: Uint8Array) =>
        races-- > 0 ? Promise.resolve(false) : store.swap(origin, expected, next),
    };
    expect((await answerAddCheckpoint(await request(0, 3), { ...options, store: slow })).status).toBe(200);
  });
});

test('the newest checkpoint of a log is found under the hash of its origin', () => {
  expect(witnessPath('example.com/log')).toMatch(/^[0-9a-f]{64}\/checkpoint$/);
});

/** An honest consistency proof of the branch that leaves the log at entry 305. */
async function forkRequest(checkpoint: Uint8Array): Promise<Uint8Array> {
  const { tiles, root } = tilesOf(310, (i) => leafOf(i >= 305 ? i + 1_000_000 : i));
  return formatAddCheckpoint({
    old: 300,
    hashes: await new TileTree(310, root, tiles).proveConsistency(300),
    checkpoint,
  });
}
