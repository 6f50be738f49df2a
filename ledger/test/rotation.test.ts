/** Replacing, revoking and closing in folders, and the procedures of OPERATIONS.md from the log's side. */
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatLeaf } from '#ledger/format/leaf.js';
import {
  ED25519,
  formatNote,
  formatVkey,
  parseNote,
  seedSigner,
  signNoteText,
  type VerifierKey,
} from '#ledger/format/note.js';
import {
  formatTrustBundle,
  parseTrustBundle,
  type TrustBundle,
  type TrustLog,
} from '#ledger/format/trust.js';
import { rebuildTiles } from '#ledger/log/rebuild.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { checkCheckpoint } from '#ledger/verify/checkpoint.js';
import { fsck, type Finding } from '#ledger/verify/fsck.js';
import { checkProofUnderTrust } from '#ledger/verify/proof.js';
import { policyFor } from '#ledger/verify/trust.js';
import {
  beginRotation,
  closeFolderLog,
  finishRotation,
  freezeFolderLog,
  replaceStolenKey,
  thawFolderLog,
} from '#ledger-node/folder-rotation.js';
import { createFolderLog, openFolderLog, readFolderKey } from '#ledger-node/folder-sequencer.js';
import { FolderLogStore } from '#ledger-node/folder-log.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { openKeyFile } from '#ledger-node/key-file.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { documentEvent, logSigner, ORIGIN, policyOf, START, testLog, testWitness } from './logs.js';

const code = (value: string) => expect.objectContaining({ code: value });
const holder = { clock: () => START, passphrase: undefined };
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'socai-rotation-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function folderLog(kind: 'chain' | 'raw', count = 3): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'log-'));
  await createFolderLog(folder, ORIGIN, undefined);
  await append(folder, kind, count);
  return folder;
}

let given = 0;
async function append(folder: string, kind: 'chain' | 'raw', count = 1): Promise<number> {
  const log = await openFolderLog(folder, kind, () => START, undefined);
  try {
    const entry = () =>
      kind === 'chain'
        ? documentEvent(given++)
        : ({ id: String(given), kind: 'raw', entry: utf8(`entry ${String(given++)}`) } as const);
    log.store.add(Array.from({ length: count }, entry));
    return (await log.sequencer.flush()).size;
  } finally {
    await log.close();
  }
}

async function signers(folder: string): Promise<number[]> {
  return parseNote(new Uint8Array(await readFile(join(folder, 'checkpoint')))).signatures.map(
    ({ keyId }) => keyId,
  );
}

async function findings(folder: string, key?: VerifierKey): Promise<string[]> {
  const found: Finding[] = [];
  await fsck(new FolderTileStore(folder), key ?? (await readFolderKey(folder)), {
    crypto: nodeCrypto,
    onFinding: (finding) => found.push(finding),
  });
  return found.map((finding) => `${finding.code} ${finding.where}`);
}

const keyFiles = async (folder: string) =>
  (await readdir(folder)).filter((name) => name.endsWith('key')).sort();

describe.each(['chain', 'raw'] as const)('a %s log in a folder', (kind) => {
  test('is signed by one, by both, by the other; the old secret is gone', async () => {
    const folder = await folderLog(kind);
    const old = await readFolderKey(folder);
    const next = await beginRotation(folder, holder);
    expect(await beginRotation(folder, holder)).toMatchObject({ keyId: next.keyId });
    expect(await signers(folder)).toEqual([old.keyId, next.keyId]);
    await append(folder, kind);
    expect(await signers(folder)).toEqual([old.keyId, next.keyId]);
    expect(formatVkey(await readFolderKey(folder))).toBe(formatVkey(old));

    expect(formatVkey(await finishRotation(folder, holder))).toBe(formatVkey(next));
    expect(await keyFiles(folder)).toEqual(['log.key', 'log.vkey']);
    expect(formatVkey(await readFolderKey(folder))).toBe(formatVkey(next));
    await append(folder, kind);
    expect(await signers(folder)).toEqual([next.keyId]);
    expect(await findings(folder)).toEqual([]);
    expect(await findings(folder, old)).toEqual(['CHECKPOINT_SIGNATURE checkpoint']);
    await expect(finishRotation(folder, holder)).rejects.toThrow(code('WRONG_LOG'));
  });

  test('goes on from a crash between any two steps of a rotation', async () => {
    const folder = await folderLog(kind);
    await beginRotation(folder, holder);
    const oldKey = await readFile(join(folder, 'log.key'));
    const oldVkey = await readFile(join(folder, 'log.vkey'));
    const next = await finishRotation(folder, holder);
    // After the log said so, before the new secret took the old one's place.
    await rename(join(folder, 'log.key'), join(folder, 'log.next.key'));
    await writeFile(join(folder, 'log.key'), oldKey, { mode: 0o600 });
    await writeFile(join(folder, 'log.vkey'), oldVkey);
    await append(folder, kind);
    expect(formatVkey(await finishRotation(folder, holder))).toBe(formatVkey(next));
    // After that, before the folder named the new key.
    await writeFile(join(folder, 'log.vkey'), oldVkey);
    await append(folder, kind);
    expect(formatVkey(await finishRotation(folder, holder))).toBe(formatVkey(next));
    expect(await findings(folder)).toEqual([]);
  });

  test('is frozen and thawed; a process that writes to it has to be ended first', async () => {
    const folder = await folderLog(kind);
    const writer = await openFolderLog(folder, kind, () => START, undefined);
    await expect(freezeFolderLog(folder, 'stolen?')).rejects.toThrow(code('LOCKED'));
    await writer.close();
    await freezeFolderLog(folder, 'stolen?');
    await expect(append(folder, kind)).rejects.toThrow(/frozen: stolen\?/);
    await expect(beginRotation(folder, holder)).rejects.toThrow(code('FROZEN'));
    await thawFolderLog(folder);
    await append(folder, kind);
  });
});

describe('what a log of raw entries cannot say', () => {
  test('that a key was stolen, and that it is closed', async () => {
    const folder = await folderLog('raw');
    await expect(replaceStolenKey(folder, 1, holder)).rejects.toThrow(code('WRONG_LOG'));
    await expect(closeFolderLog(folder, holder)).rejects.toThrow(code('WRONG_LOG'));
  });

  test('an empty log has no key to replace: it is made anew', async () => {
    const folder = await mkdtemp(join(scratch, 'empty-'));
    await createFolderLog(folder, ORIGIN, undefined);
    await expect(beginRotation(folder, holder)).rejects.toThrow(/is empty/);
  });

  test("a school's log takes no raw entries, nor the other way round", async () => {
    await expect(append(await folderLog('chain'), 'raw')).rejects.toThrow(code('WRONG_LOG'));
    await expect(append(await folderLog('raw'), 'chain')).rejects.toThrow(code('WRONG_LOG'));
  });
});

describe("closing a school's log in a folder", () => {
  test('ends it: it is whole, and takes nothing', async () => {
    const folder = await folderLog('chain');
    await closeFolderLog(folder, holder);
    await closeFolderLog(folder, holder);
    await expect(append(folder, 'chain')).rejects.toThrow(code('CLOSED'));
    expect(await findings(folder)).toEqual([]);
  });

  test('waits until a rotation is finished', async () => {
    const folder = await folderLog('chain');
    await beginRotation(folder, holder);
    await expect(closeFolderLog(folder, holder)).rejects.toThrow(/finish it/);
  });
});

/** Writes and signs whatever it is told to, as an operator can who has changed the program. */
async function forge(folder: string, drafts: readonly ForgedDraft[]): Promise<void> {
  for (const draft of drafts) await addDraft(folder, draft);
}

interface ForgedDraft {
  readonly type: string;
  readonly body: object;
}

async function addDraft(folder: string, draft: ForgedDraft): Promise<void> {
  const tiles = new FolderTileStore(folder);
  const store = await FolderLogStore.open(tiles);
  const state = await store.readState();
  const entries = [...(await store.readEntries(0, state.size))];
  const seq = entries.length;
  const place = { seq, prev: toBase64(leafHash(entries[seq - 1] as Uint8Array)), school: 'th-ben-tram' };
  entries.push(formatLeaf(draft as never, { ...place, at: new Date(START).toISOString() }));
  const edge = TreeEdge.empty();
  for (const entry of entries) edge.append(leafHash(entry));
  const next = { size: entries.length, root: edge.root(), edge: edge.format(), published: null };
  const forged = {
    readState: () => Promise.resolve(next),
    readEntries: (start: number, end: number) => Promise.resolve(entries.slice(start, end)),
  };
  await rebuildTiles(forged, tiles, nodeCrypto.sha256);
  const signer = await openKeyFile(join(folder, 'log.key'), ORIGIN, ED25519, undefined);
  const text = formatCheckpoint({ origin: ORIGIN, size: next.size, root: next.root });
  await tiles.replaceCheckpoint(formatNote({ text, signatures: [await signNoteText(text, signer)] }));
}

describe('fsck names what an operator does with keys against the rules', () => {
  const stranger = formatVkey(seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(77)));

  test('a key that signs after its retirement', async () => {
    const folder = await folderLog('chain');
    const vkey = formatVkey(await readFolderKey(folder));
    await forge(folder, [
      { type: 'key.added', body: { vkey: stranger } },
      { type: 'key.retired', body: { vkey, invalidFrom: 6 } },
    ]);
    expect(await findings(folder)).toEqual([]);
    await forge(folder, [{ type: 'journal.anchored', body: { head: `${'A'.repeat(43)}=`, count: 1 } }]);
    expect(await findings(folder)).toEqual(['KEY_NOT_IN_FORCE checkpoint']);
  });

  test('an entry after the one that closed the log', async () => {
    const folder = await folderLog('chain');
    await closeFolderLog(folder, holder);
    await forge(folder, [{ type: 'journal.anchored', body: { head: `${'A'.repeat(43)}=`, count: 1 } }]);
    expect(await findings(folder)).toEqual(['KEY_RULE_BROKEN entry 5', 'KEY_NOT_IN_FORCE checkpoint']);
  });

  test.each([
    [
      'a log key retired that was never added',
      { type: 'key.retired', body: { vkey: stranger, invalidFrom: 1 } },
    ],
    [
      'a certificate retired that was never added',
      { type: 'key.retired', body: { cert: `${'B'.repeat(42)}A=`, invalidFrom: 1 } },
    ],
  ])('%s', async (_what, draft) => {
    const folder = await folderLog('chain');
    await forge(folder, [draft]);
    expect(await findings(folder)).toEqual(['KEY_RULE_BROKEN entry 4']);
  });

  test('the only key retired into the past', async () => {
    const folder = await folderLog('chain');
    const vkey = formatVkey(await readFolderKey(folder));
    await forge(folder, [{ type: 'key.retired', body: { vkey, invalidFrom: 2 } }]);
    expect(await findings(folder)).toEqual(['KEY_RULE_BROKEN entry 4', 'KEY_NOT_IN_FORCE checkpoint']);
  });
});

/** A bundle with these keys of the log; its witnesses as given. */
function bundleOf(logs: TrustLog[], witnesses = [testWitness(1)], serial = 1): TrustBundle {
  const root = seedSigner('root.example/r', ED25519, new Uint8Array(32).fill(200));
  const { groups, quorum } = policyOf(witnesses, witnesses.length);
  return parseTrustBundle(
    formatTrustBundle({
      serial,
      expires: '2027-12-31',
      schools: [
        { code: 'th-ben-tram', name: 'Trường Tiểu học Bến Tràm', province: 'song-may', logs, cas: [] },
      ],
      witnesses: witnesses.map(({ client }) => ({
        name: client.name,
        key: client.key,
        operator: `${client.name}.example`,
      })),
      groups,
      quorum,
      threshold: 1,
      roots: [root],
    }),
  );
}

const successor = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(2));

describe('the procedure after a log key was stolen', () => {
  test('proofs up to the size hold, later ones do not, and every entry has a proof again under the new key', async () => {
    const witness = testWitness(1);
    const witnessing = { policy: policyOf([witness], 1), witnesses: [witness.client] };
    const log = testLog({ witnessing });
    const sequencer = await log.open();
    log.store.add(documentEvent(1));
    await sequencer.flush();
    const before = { proof: await sequencer.prove(1), entry: log.store.rows.entries[1]?.entry as Uint8Array };
    log.store.add(documentEvent(2));
    await sequencer.flush();
    const after = { proof: await sequencer.prove(2), entry: log.store.rows.entries[2]?.entry as Uint8Array };
    const old = bundleOf([{ key: logSigner, from: 0 }], [witness]);
    for (const { proof, entry } of [before, after]) checkProofUnderTrust(proof, entry, old);

    // The thief can sign, but not get a witness to cosign another tree.
    // Frozen; then key.added and key.retired from size 2 on, under the successor alone.
    const resumed = await Sequencer.open({ ...log.options, cosigners: [successor] });
    log.store.add(
      {
        id: 'added',
        kind: 'leaf',
        draft: { type: 'key.added', body: { vkey: formatVkey(successor) } },
      },
      {
        id: 'retired',
        kind: 'leaf',
        draft: { type: 'key.retired', body: { vkey: formatVkey(logSigner), invalidFrom: 2 } },
      },
    );
    // The witness does not know the successor before a bundle tells it: the log waits, nothing is public.
    expect(await resumed.flush()).toMatchObject({ size: 5, quorum: false, published: { size: 3 } });
    (witness.options as unknown as { logs: VerifierKey[] }).logs = [successor];
    expect(await resumed.flush()).toMatchObject({ size: 5, quorum: true, published: { size: 5 } });

    const now = bundleOf(
      [
        { key: logSigner, from: 0, to: 2 },
        { key: successor, from: 4 },
      ],
      [witness],
      2,
    );
    expect(checkProofUnderTrust(before.proof, before.entry, now).size).toBe(2);
    expect(() => checkProofUnderTrust(after.proof, after.entry, now)).toThrow(code('UNKNOWN_LOG'));
    for (const index of [0, 1, 2]) {
      const entry = log.store.rows.entries[index]?.entry as Uint8Array;
      expect(checkProofUnderTrust(await resumed.prove(index), entry, now)).toMatchObject({ index, size: 5 });
    }
    // What the thief signs afterwards holds nowhere.
    const stolen = await forgedBy(logSigner, 6);
    expect(() => checkCheckpoint(stolen, policyFor(now, ORIGIN, 6))).toThrow(code('NO_LOG_SIGNATURE'));
    const unwitnessed = { ...policyFor(old, ORIGIN, 6), quorum: null };
    expect(checkCheckpoint(stolen, unwitnessed).size).toBe(6);
  });

  test('in a folder: frozen, revoked, thawed; the folder is whole under the new key', async () => {
    const folder = await folderLog('chain', 5);
    const old = await readFolderKey(folder);
    await freezeFolderLog(folder, 'the office was broken into');
    const next = await replaceStolenKey(folder, 3, holder);
    expect(await signers(folder)).toEqual([next.keyId]);
    await expect(append(folder, 'chain')).rejects.toThrow(code('FROZEN'));
    await thawFolderLog(folder);
    expect(await append(folder, 'chain')).toBe(9);
    expect(await findings(folder)).toEqual([]);
    expect(await findings(folder, old)).toEqual(['CHECKPOINT_SIGNATURE checkpoint']);
    expect(await keyFiles(folder)).toEqual(['log.key', 'log.vkey']);
  });

  test('in a folder, after a crash before the new secret took its place: the same again', async () => {
    const folder = await folderLog('chain', 5);
    const [oldKey, oldVkey] = await Promise.all(
      ['log.key', 'log.vkey'].map((name) => readFile(join(folder, name))),
    );
    const next = await replaceStolenKey(folder, 3, holder);
    await rename(join(folder, 'log.key'), join(folder, 'log.next.key'));
    await writeFile(join(folder, 'log.key'), oldKey as Buffer, { mode: 0o600 });
    await writeFile(join(folder, 'log.vkey'), oldVkey as Buffer);
    expect(formatVkey(await replaceStolenKey(folder, 3, holder))).toBe(formatVkey(next));
    await writeFile(join(folder, 'log.vkey'), oldVkey as Buffer);
    expect(formatVkey(await replaceStolenKey(folder, 3, holder))).toBe(formatVkey(next));
    expect(await append(folder, 'chain')).toBe(9);
    expect(await findings(folder)).toEqual([]);
  });
});

async function forgedBy(signer: typeof logSigner, size: number): Promise<Uint8Array> {
  const text = formatCheckpoint({ origin: ORIGIN, size, root: new Uint8Array(32).fill(6) });
  return formatNote({ text, signatures: [await signNoteText(text, signer)] });
}

describe('the procedure after a witness is lost for good', () => {
  test('the log waits, the policy is replaced, the log goes on; old proofs hold under the old bundle', async () => {
    const [kept, lost, fresh] = [testWitness(1), testWitness(2), testWitness(3)];
    let gone = false;
    const dead = {
      ...lost.client,
      addCheckpoint: (body: Uint8Array) =>
        gone ? Promise.reject(new Error('gone')) : lost.client.addCheckpoint(body),
      latest: (origin: string) => (gone ? Promise.reject(new Error('gone')) : lost.client.latest(origin)),
    };
    const log = testLog({
      witnessing: { policy: policyOf([kept, lost], 2), witnesses: [kept.client, dead] },
    });
    const sequencer = await log.open();
    log.store.add(documentEvent(1));
    await sequencer.flush();
    const proof = await sequencer.prove(1);
    const entry = log.store.rows.entries[1]?.entry as Uint8Array;
    const old = bundleOf([{ key: logSigner, from: 0 }], [kept, lost]);
    checkProofUnderTrust(proof, entry, old);

    gone = true;
    log.store.add(documentEvent(2));
    expect(await sequencer.flush()).toMatchObject({ size: 3, quorum: false, published: { size: 2 } });
    await expect(log.open()).rejects.toThrow(code('WITNESSES_UNREACHABLE'));

    const replaced = await Sequencer.open({
      ...log.options,
      witnessing: { policy: policyOf([kept, fresh], 2), witnesses: [kept.client, fresh.client] },
    });
    expect(await replaced.flush()).toMatchObject({ size: 3, quorum: true, published: { size: 3 } });
    const now = bundleOf([{ key: logSigner, from: 0 }], [kept, fresh], 2);
    expect(checkProofUnderTrust(await replaced.prove(1), entry, now).size).toBe(3);
    expect(checkProofUnderTrust(proof, entry, old).size).toBe(2);
    expect(() => checkProofUnderTrust(proof, entry, now)).toThrow(code('NO_QUORUM'));
  });

  test('the fresh witness has seen nothing, and the kept one still refuses an old backup', async () => {
    const [kept, fresh] = [testWitness(1), testWitness(3)];
    const log = testLog({ witnessing: { policy: policyOf([kept], 1), witnesses: [kept.client] } });
    const sequencer = await log.open();
    await sequencer.flush();
    const backup = log.store.rows;
    log.store.add(documentEvent(1));
    await sequencer.flush();
    log.store.rows = backup;
    log.tiles.checkpoint = undefined;
    await expect(
      Sequencer.open({
        ...log.options,
        witnessing: { policy: policyOf([kept, fresh], 2), witnesses: [kept.client, fresh.client] },
      }),
    ).rejects.toThrow(code('WITNESS_AHEAD'));
  });
});

describe('the hand-over of a log when schools merge', () => {
  test('closing entry, last witnessed checkpoint, an end in the bundle: old proofs hold, and nothing new', async () => {
    const witness = testWitness(1);
    const witnessing = { policy: policyOf([witness], 1), witnesses: [witness.client] };
    const log = testLog({ witnessing });
    const sequencer = await log.open();
    log.store.add(documentEvent(1));
    await sequencer.flush();
    const early = await sequencer.prove(1);
    log.store.add({ id: 'closing', kind: 'retirement', vkey: formatVkey(logSigner) });
    expect(await sequencer.flush()).toMatchObject({ size: 3, published: { size: 3 } });
    const last = log.tiles.checkpoint as Uint8Array;

    const bundle = bundleOf([{ key: logSigner, from: 0, to: 3 }], [witness], 2);
    expect(checkCheckpoint(last, policyFor(bundle, ORIGIN, 3)).witnesses.length).toBe(1);
    const entry = log.store.rows.entries[1]?.entry as Uint8Array;
    expect(checkProofUnderTrust(early, entry, bundle).size).toBe(2);
    expect(checkProofUnderTrust(await sequencer.prove(1), entry, bundle).size).toBe(3);
    log.store.add(documentEvent(2));
    await expect(sequencer.flush()).rejects.toThrow(code('CLOSED'));
    expect(() => policyFor(bundle, ORIGIN, 4)).toThrow(code('UNKNOWN_LOG'));
    // The successor's log is one of its own, under its own name: none of this log's entries is in it.
    const other = seedSigner('demo.so-cai.example/th-hop-nhat', ED25519, new Uint8Array(32).fill(8));
    const theirs = testLog({ signer: other });
    await (await theirs.open()).flush();
    expect(() =>
      checkCheckpoint(theirs.tiles.checkpoint as Uint8Array, policyFor(bundle, ORIGIN, 3)),
    ).toThrow(code('UNKNOWN_LOG'));
  });
});
