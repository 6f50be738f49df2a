import { describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { sha256 } from '#ledger/format/crypto.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatLeaf, genesis, type LeafDraft } from '#ledger/format/leaf.js';
import { ED25519, formatNote, formatVkey, parseNote, seedSigner, signNoteText } from '#ledger/format/note.js';
import { formatBundle, parseBundle } from '#ledger/format/tile.js';
import { formatTrustBundle, parseTrustBundle, type TrustBundle } from '#ledger/format/trust.js';
import type { LogKind } from '#ledger/log/batch.js';
import type { PendingEntry } from '#ledger/log/ports.js';
import {
  checkAnchored,
  checkAnchors,
  checkLogged,
  Directory,
  readDirectory,
} from '#ledger/verify/directory.js';
import { documentEvent, logSigner, policyOf, testLog, testWitness, type TestLog } from './logs.js';

const DIRECTORY = 'demo.so-cai.example/directory';
const directorySigner = seedSigner(DIRECTORY, ED25519, new Uint8Array(32).fill(40));
const root = seedSigner('root.example/1', ED25519, new Uint8Array(32).fill(41));
const code = (value: string) => expect.objectContaining({ name: 'VerifyError', code: value });

/** A directory log with these entries, cosigned by one witness, and a bundle that names both. */
function directoryOf(...drafts: LeafDraft[]) {
  return directoryLog(
    'chain',
    drafts.map((draft, i) => ({ id: `entry-${String(i)}`, kind: 'leaf', draft })),
  );
}

/** The same of bytes that nobody checked. */
function directoryOfBytes(...entries: Uint8Array[]) {
  return directoryLog(
    'raw',
    entries.map((entry, i) => ({ id: `entry-${String(i)}`, kind: 'raw', entry })),
  );
}

async function directoryLog(kind: LogKind, pending: readonly PendingEntry[]) {
  const witness = testWitness(1);
  const log = testLog({
    kind,
    signer: directorySigner,
    witnessing: { policy: policyOf([witness], 1), witnesses: [witness.client] },
  });
  Object.assign(witness.options, { logs: [directorySigner] });
  const sequencer = await log.open();
  for (const entry of pending) {
    log.store.add(entry);
    // A batch of leaves is shuffled; one of bytes is not.
    if (kind === 'chain') await sequencer.flush();
  }
  await sequencer.flush();
  const { witnesses, groups, quorum } = policyOf([witness], 1);
  const bundle: TrustBundle = {
    serial: 7,
    expires: '2027-06-30',
    directory: directorySigner,
    schools: [
      { code: 'th', name: 'Trường', province: 'song-may', logs: [{ key: logSigner, from: 0 }], cas: [] },
    ],
    witnesses: witnesses.map((each) => ({ ...each, operator: 'so-gddt.example' })),
    groups,
    quorum,
    threshold: 1,
    roots: [root],
  };
  return { ...log, bundle: parseTrustBundle(formatTrustBundle(bundle)) };
}

/** A school's log of `size` entries, and its newest checkpoint as an entry of the directory. */
async function schoolLog(size: number, first = 0) {
  const log = testLog();
  const sequencer = await log.open();
  for (let i = 1; i < size; i++) log.store.add(documentEvent(first + i));
  await sequencer.flush();
  return { log, sequencer, anchor: anchorOf(log), checkpoint: checkpointOf(log) };
}
const checkpointOf = ({ tiles }: TestLog) => parseCheckpoint(parseNote(tiles.checkpoint!).text);
function anchorOf(log: TestLog): LeafDraft {
  const { origin, size, root: hash } = checkpointOf(log);
  return { type: 'checkpoint.anchored', body: { origin, size, root: toBase64(hash) } };
}

/** The entries of a directory log with these drafts; `link` says what each entry has as `prev`. */
function entriesOf(drafts: readonly LeafDraft[], link: (prev: Uint8Array, seq: number) => Uint8Array) {
  const opened: LeafDraft = {
    type: 'log.opened',
    body: { origin: DIRECTORY, vkey: formatVkey(directorySigner) },
  };
  let prev = genesis(DIRECTORY);
  return [opened, ...drafts].map((draft, seq) => {
    const at = '2026-11-21T03:00:00.000Z';
    const entry = formatLeaf(draft, { seq, prev: toBase64(link(prev, seq)), at, school: 'directory' });
    prev = leafHash(entry);
    return entry;
  });
}
const published = (serial: number): LeafDraft => ({
  type: 'trust.published',
  body: { serial, bundle: toBase64(sha256(Uint8Array.of(serial % 256))) },
});

describe('a directory log', () => {
  test('is read to its end: every anchor and every logged bundle', async () => {
    const { log, sequencer, anchor } = await schoolLog(3);
    log.store.add(documentEvent(50));
    await sequencer.flush();
    const { tiles, bundle } = await directoryOf(anchor, published(7), anchorOf(log));
    const { checkpoint, directory } = await readDirectory(tiles, bundle);
    expect(checkpoint).toMatchObject({ origin: DIRECTORY, size: 4, witnesses: [{ name: 'w1' }] });
    expect(directory.origins).toEqual([logSigner.name]);
    expect(directory.anchorsOf(logSigner.name).map(({ index, size }) => [index, size])).toEqual([
      [1, 3],
      [3, 4],
    ]);
    expect(directory.bundles).toMatchObject([{ serial: 7, index: 2 }]);
    expect(directory.anchorsOf('another.example/log')).toEqual([]);
  });

  test('does not hold with one byte of an entry changed, an entry missing, or a stranger’s checkpoint', async () => {
    const { anchor } = await schoolLog(3);
    const { tiles, bundle } = await directoryOf(anchor);
    const path = 'tile/entries/000.p/2';
    const bytes = tiles.files.get(path)!;
    const changed = bytes.slice();
    changed[changed.length - 40] = changed[changed.length - 40]! ^ 1;
    for (const wrong of [changed, bytes.slice(0, -1), undefined]) {
      const reader = {
        readCheckpoint: () => tiles.readCheckpoint(),
        readTile: () => Promise.resolve(wrong),
      };
      await expect(readDirectory(reader, bundle)).rejects.toThrow(code('NOT_INCLUDED'));
    }
    const { text } = parseNote(tiles.checkpoint!);
    const unwitnessed = formatNote({ text, signatures: [await signNoteText(text, directorySigner)] });
    await expect(
      readDirectory(
        {
          readTile: (each) => tiles.readTile(each),
          readCheckpoint: () => Promise.resolve(unwitnessed),
        },
        bundle,
      ),
    ).rejects.toThrow(code('NO_QUORUM'));
    const nameless = parseTrustBundle(formatTrustBundle(bundle).replace(/^directory .*\n/m, ''));
    await expect(readDirectory(tiles, nameless)).rejects.toThrow(code('UNKNOWN_LOG'));
    await expect(readDirectory(tiles, nameless)).rejects.toThrow('trust bundle 7 names no directory log');
  });

  test('of several tiles is read whole, from full and partial files', async () => {
    const drafts = Array.from({ length: 299 }, (_, i) => published(i + 1));
    const { tiles, bundle } = await directoryOfBytes(...entriesOf(drafts, (prev) => prev));
    const last = 'tile/entries/001.p/44';
    const { directory, checkpoint } = await readDirectory(tiles, bundle);
    expect([checkpoint.size, directory.bundles.length]).toEqual([300, 299]);
    expect(directory.bundles.map(({ serial }) => serial)).toEqual(drafts.map((_, i) => i + 1));
    // The partial file may be gone once the full one is there, which begins with the same entries.
    const partial = parseBundle(tiles.files.get(last)!, 44);
    const full = formatBundle([...partial, ...Array.from({ length: 212 }, () => new Uint8Array(1))]);
    const reader = {
      readCheckpoint: () => tiles.readCheckpoint(),
      readTile: (path: string) =>
        path === last
          ? Promise.resolve(undefined)
          : path === 'tile/entries/001'
            ? Promise.resolve(full)
            : tiles.readTile(path),
    };
    expect((await readDirectory(reader, bundle)).directory.bundles).toHaveLength(299);
    await expect(
      readDirectory(
        {
          ...reader,
          readTile: (path) => (path.endsWith('/001') ? Promise.resolve(undefined) : reader.readTile(path)),
        },
        bundle,
      ),
    ).rejects.toThrow('tile/entries/001.p/44: the file is missing');
  });

  test('whose chain is broken does not hold, though the root is signed', async () => {
    const drafts = [published(1), published(2)];
    const whole = await directoryOfBytes(...entriesOf(drafts, (prev) => prev));
    expect((await readDirectory(whole.tiles, whole.bundle)).directory.bundles).toHaveLength(2);
    const cut = await directoryOfBytes(
      ...entriesOf(drafts, (prev, seq) => (seq === 2 ? new Uint8Array(32) : prev)),
    );
    await expect(readDirectory(cut.tiles, cut.bundle)).rejects.toThrow('entry 2 does not follow entry 1');
  });

  test('whose last entry was replaced by another that fits the chain does not hold', async () => {
    const { tiles, bundle } = await directoryOfBytes(
      ...entriesOf([published(1), published(2)], (prev) => prev),
    );
    const other = formatBundle(entriesOf([published(1), published(3)], (prev) => prev));
    const reader = { readCheckpoint: () => tiles.readCheckpoint(), readTile: () => Promise.resolve(other) };
    await expect(readDirectory(reader, bundle)).rejects.toThrow('do not lead to the signed root');
    const nothing = { ...reader, readCheckpoint: () => Promise.resolve(undefined) };
    await expect(readDirectory(nothing, bundle)).rejects.toThrow('there is no checkpoint');
  });

  test('that is empty holds and says nothing; one of bytes that are no leaf does not hold', async () => {
    const empty = await directoryOfBytes();
    const { checkpoint, directory } = await readDirectory(empty.tiles, empty.bundle);
    expect([checkpoint.size, directory.origins, directory.bundles]).toEqual([0, [], []]);
    const { tiles, bundle } = await directoryOfBytes(utf8('no leaf'));
    await expect(readDirectory(tiles, bundle)).rejects.toThrow(code('NOT_INCLUDED'));
  });

  test('that cannot be reached is not one that does not hold: the reader’s own error passes through', async () => {
    const { tiles, bundle } = await directoryOf(published(7));
    const reader = {
      readCheckpoint: () => tiles.readCheckpoint(),
      readTile: () => Promise.reject(new Error('ECONNRESET')),
    };
    await expect(readDirectory(reader, bundle)).rejects.toThrow(/^ECONNRESET$/);
  });

  test('speaks only of checkpoints of the same log and size', async () => {
    const { checkpoint } = await schoolLog(3);
    const forked = { ...checkpoint, root: new Uint8Array(32) };
    const anchor = { ...checkpoint, index: 9, at: '2026-11-21T03:00:00.000Z' };
    const others = [
      { ...anchor, size: 2 },
      { ...anchor, origin: 'another.example/log' },
    ];
    expect(() => checkAnchored(others, forked)).not.toThrow();
    expect(() => checkAnchored([...others, anchor], forked)).toThrow(
      `log ${checkpoint.origin} shows another tree of 3 entries than entry 9 of the directory anchors`,
    );
  });

  test('proves that a school shows two trees of one size', async () => {
    const { anchor, checkpoint } = await schoolLog(3);
    const other = await schoolLog(3, 100);
    const { tiles, bundle } = await directoryOf(anchor);
    const { directory } = await readDirectory(tiles, bundle);
    const anchors = directory.anchorsOf(logSigner.name);
    expect(() => checkAnchored(anchors, checkpoint)).not.toThrow();
    expect(() => checkAnchored(anchors, other.checkpoint)).toThrow(code('NOT_CONSISTENT'));
  });

  test('shows that a longer log does not begin with what was anchored', async () => {
    const { log, anchor } = await schoolLog(3);
    const { tiles, bundle } = await directoryOf(anchor);
    const { directory } = await readDirectory(tiles, bundle);
    const anchors = directory.anchorsOf(logSigner.name);
    const sequencer = await log.open();
    log.store.add(documentEvent(60));
    await sequencer.flush();
    await checkAnchors(anchors, checkpointOf(log), log.tiles);
    const fork = await schoolLog(4, 100);
    await expect(checkAnchors(anchors, fork.checkpoint, fork.log.tiles)).rejects.toThrow(
      code('NOT_CONSISTENT'),
    );
    // An older checkpoint than the anchor is only old.
    const younger = await schoolLog(2, 100);
    await checkAnchors(anchors, younger.checkpoint, younger.log.tiles);
    // One of the same size is another history, and one of another log says nothing.
    const twin = await schoolLog(3, 100);
    await expect(checkAnchors(anchors, twin.checkpoint, twin.log.tiles)).rejects.toThrow(
      code('NOT_CONSISTENT'),
    );
    const foreign = anchors.map((anchor) => ({ ...anchor, origin: 'another.example/log' }));
    const unread = { readTile: () => Promise.reject(new Error('nothing has to be read for it')) };
    await checkAnchors(foreign, twin.checkpoint, unread);
  });

  test('names a bundle that was signed but not logged', async () => {
    const note = new Uint8Array([1, 2, 3]);
    const { tiles, bundle } = await directoryOf({
      type: 'trust.published',
      body: { serial: 7, bundle: toBase64(sha256(note)) },
    });
    const { directory } = await readDirectory(tiles, bundle);
    expect(checkLogged(directory, note, 7)).toMatchObject({ serial: 7, index: 1 });
    const other = () => checkLogged(directory, new Uint8Array([1, 2, 4]), 7);
    expect(other).toThrow(code('TRUST_NOT_LOGGED'));
    expect(other).toThrow('holds another trust bundle of serial 7');
    expect(() => checkLogged(directory, note, 8)).toThrow(code('TRUST_NOT_LOGGED'));
    expect(() => checkLogged(directory, note, 8)).toThrow('does not hold trust bundle 8');
    // Another serial beside it does not make it one that was never logged.
    const both = Object.assign(new Directory(), { bundles: [...directory.bundles, { serial: 8 }] });
    expect(() => checkLogged(both, new Uint8Array([1, 2, 4]), 7)).toThrow(
      'the directory log holds another trust bundle of serial 7',
    );
  });
});
