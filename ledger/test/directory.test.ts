import { describe, expect, test } from '@jest/globals';
import { toBase64 } from '#ledger/format/bytes.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { sha256 } from '#ledger/format/crypto.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { ED25519, formatNote, parseNote, seedSigner, signNoteText } from '#ledger/format/note.js';
import { formatTrustBundle, parseTrustBundle, type TrustBundle } from '#ledger/format/trust.js';
import { checkAnchored, checkAnchors, checkLogged, readDirectory } from '#ledger/verify/directory.js';
import { documentEvent, logSigner, policyOf, testLog, testWitness, type TestLog } from './logs.js';

const DIRECTORY = 'demo.so-cai.example/directory';
const directorySigner = seedSigner(DIRECTORY, ED25519, new Uint8Array(32).fill(40));
const root = seedSigner('root.example/1', ED25519, new Uint8Array(32).fill(41));
const code = (value: string) => expect.objectContaining({ name: 'VerifyError', code: value });

/** A directory log with these entries, cosigned by one witness, and a bundle that names both. */
async function directoryOf(...drafts: LeafDraft[]) {
  const witness = testWitness(1);
  const log = testLog({
    signer: directorySigner,
    witnessing: { policy: policyOf([witness], 1), witnesses: [witness.client] },
  });
  Object.assign(witness.options, { logs: [directorySigner] });
  const sequencer = await log.open();
  for (const [i, draft] of drafts.entries()) {
    log.store.add({ id: `entry-${String(i)}`, kind: 'leaf', draft });
    await sequencer.flush();
  }
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

describe('a directory log', () => {
  test('is read to its end: every anchor and every logged bundle', async () => {
    const { log, sequencer, anchor } = await schoolLog(3);
    log.store.add(documentEvent(50));
    await sequencer.flush();
    const published: LeafDraft = {
      type: 'trust.published',
      body: { serial: 7, bundle: toBase64(sha256(new Uint8Array(3))) },
    };
    const { tiles, bundle } = await directoryOf(anchor, published, anchorOf(log));
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
    const { directory: _, ...nameless } = bundle;
    await expect(readDirectory(tiles, nameless)).rejects.toThrow(code('UNKNOWN_LOG'));
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
  });

  test('names a bundle that was signed but not logged', async () => {
    const note = new Uint8Array([1, 2, 3]);
    const { tiles, bundle } = await directoryOf({
      type: 'trust.published',
      body: { serial: 7, bundle: toBase64(sha256(note)) },
    });
    const { directory } = await readDirectory(tiles, bundle);
    expect(checkLogged(directory, note, 7)).toMatchObject({ serial: 7, index: 1 });
    expect(() => checkLogged(directory, new Uint8Array([1, 2, 4]), 7)).toThrow(code('TRUST_NOT_LOGGED'));
    expect(() => checkLogged(directory, note, 8)).toThrow(code('TRUST_NOT_LOGGED'));
  });
});
