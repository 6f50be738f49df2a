/** What fsck says, in full, of a log that its operator or its disk has changed. */
import { describe, expect, test } from '@jest/globals';
import { toBase64, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint, parseCheckpoint } from '#ledger/format/checkpoint.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { ED25519, formatNote, formatVkey, parseNote, seedSigner, signNoteText } from '#ledger/format/note.js';
import { fsck, type Finding, type FsckOptions } from '#ledger/verify/fsck.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { logSigner, ORIGIN } from './logs.js';
import { Operator } from './operator.js';

const second = seedSigner(ORIGIN, ED25519, new Uint8Array(32).fill(2));
const cert = toBase64(new Uint8Array(32).fill(9));

async function findingsIn(log: Operator, key = logSigner, options: Partial<FsckOptions> = {}) {
  const findings: Finding[] = [];
  const onFinding = (finding: Finding): unknown => findings.push(finding);
  const checkpoint = await fsck(log, key, { crypto: nodeCrypto, onFinding, ...options });
  return { findings, checkpoint };
}
const said = async (log: Operator, key = logSigner): Promise<string[]> =>
  (await findingsIn(log, key)).findings.map(({ code, where, detail }) => `${code} ${where}: ${detail}`);

/** A log of raw entries, published. */
function rawLog(size: number, by = [logSigner]): Promise<Operator> {
  const entries = Array.from({ length: size }, (_, i) => utf8(`entry ${String(i)}`));
  return new Operator(by, entries).publish();
}

describe('a checkpoint', () => {
  test('of a log that is whole is answered, and how far the check is told bundle by bundle', async () => {
    for (const [size, steps] of [
      [0, []],
      [3, [3]],
      [256, [256]],
      [300, [256, 300]],
    ] as const) {
      const done: number[][] = [];
      const log = await rawLog(size);
      const { findings, checkpoint } = await findingsIn(log, logSigner, {
        onProgress: (...progress) => done.push(progress),
      });
      expect([findings, checkpoint?.size, done]).toEqual([[], size, steps.map((step) => [step, size])]);
    }
  });

  test('that is missing, or is none, ends the check', async () => {
    const log = await rawLog(3);
    log.files.clear();
    log.checkpoint = undefined;
    expect(await said(log)).toEqual(['CHECKPOINT_MISSING checkpoint: there is no checkpoint']);
    log.checkpoint = utf8('no note');
    expect(await said(log)).toEqual([
      'CHECKPOINT_MALFORMED checkpoint: a note has an empty line between its text and its signatures',
    ]);
    expect((await findingsIn(log)).checkpoint).toBeUndefined();
  });

  test('of another log, or of another key, is named, and the files are checked all the same', async () => {
    const log = await rawLog(3);
    log.files.delete('tile/0/000.p/3');
    const missing = 'TILE_MISSING tile/0/000.p/3: the file is missing';
    const other = seedSigner('other.example/log', ED25519, new Uint8Array(32).fill(1));
    expect(await said(log, second)).toEqual([
      'CHECKPOINT_SIGNATURE checkpoint: not signed by the key given',
      missing,
    ]);
    expect(await said(log, other)).toEqual([
      `CHECKPOINT_SIGNATURE checkpoint: of log ${ORIGIN}, not other.example/log`,
      'CHECKPOINT_SIGNATURE checkpoint: not signed by the key given',
      missing,
    ]);
  });

  test('of another tree than that of all entries and tiles is named, with both roots', async () => {
    const log = await rawLog(3);
    const { root } = parseCheckpoint(parseNote(log.checkpoint as Uint8Array).text);
    const signed = new Uint8Array(32).fill(7);
    const text = formatCheckpoint({ origin: ORIGIN, size: 3, root: signed });
    log.checkpoint = formatNote({ text, signatures: [await signNoteText(text, logSigner)] });
    expect(await said(log)).toEqual([
      `ROOT_MISMATCH checkpoint: signed ${toBase64(signed)}, the entries lead to ${toBase64(root)}`,
    ]);
  });
});

describe('where a bundle and its tile disagree', () => {
  const neither = (where: string) => `${where} disagree, and neither leads to the signed root`;

  test.each([
    ['tile/entries/001.p/44', 'tile/0/001.p/44', 299, 43],
    ['tile/entries/000', 'tile/0/000', 255, 255],
  ])('the signed root decides which is wrong: %s and %s', async (bundle, tile, entry, hash) => {
    const damagedTile = await rawLog(300);
    damagedTile.damage(tile);
    const wrongTile = `TILE_MISMATCH ${tile}: hash ${String(hash)} is not that of entry ${String(entry)} in ${bundle}`;
    expect(await said(damagedTile)).toEqual([wrongTile]);

    const damagedBundle = await rawLog(300);
    damagedBundle.damage(bundle);
    expect(await said(damagedBundle)).toEqual([
      `ENTRY_MISMATCH entry ${String(entry)}: its bytes in ${bundle} do not have the hash that was signed`,
    ]);

    damagedBundle.damage(tile);
    const [first, ...more] = await said(damagedBundle);
    expect(first).toBe(`ENTRY_MISMATCH entry ${String(entry)}: ${neither(`${bundle} and ${tile}`)}`);
    // What was gone on with leads to other tiles and another root.
    expect(more.at(-1)).toMatch(/^ROOT_MISMATCH checkpoint: signed /);
  });

  test('nothing decides while the tile above is missing too', async () => {
    const log = await rawLog(300);
    log.damage('tile/entries/000');
    log.files.delete('tile/1/000.p/1');
    expect((await said(log)).slice(0, 2)).toEqual([
      `ENTRY_MISMATCH entry 255: ${neither('tile/entries/000 and tile/0/000')}`,
      'TILE_MISSING tile/1/000.p/1: the file is missing',
    ]);
  });

  test('a tile of a higher level that is not made of those below is named', async () => {
    const log = await rawLog(300);
    log.damage('tile/1/000.p/1');
    expect(await said(log)).toEqual(['TILE_MISMATCH tile/1/000.p/1: hash 0 is not that of the tile below']);
  });

  test('one that is missing leaves the other to go on with; of two that are missing nothing is guessed', async () => {
    const log = await rawLog(300);
    log.files.delete('tile/entries/000');
    log.damage('tile/0/001.p/44');
    expect(await said(log)).toEqual([
      'BUNDLE_MISSING tile/entries/000: the file is missing',
      'TILE_MISMATCH tile/0/001.p/44: hash 43 is not that of entry 299 in tile/entries/001.p/44',
    ]);
    log.files.delete('tile/0/000');
    expect(await said(log)).toEqual([
      'BUNDLE_MISSING tile/entries/000: the file is missing',
      'TILE_MISSING tile/0/000: the file is missing',
    ]);
  });

  test('a partial file that is gone is not missed where the full one is there', async () => {
    const [log, grown] = [await rawLog(300), await rawLog(512)];
    for (const kind of ['entries', '0']) {
      log.files.delete(`tile/${kind}/001.p/44`);
      log.files.set(`tile/${kind}/001`, grown.files.get(`tile/${kind}/001`) as Uint8Array);
    }
    expect(await said(log)).toEqual([]);
  });
});

describe("what a school's log says of keys", () => {
  const draft = (type: LeafDraft['type'], body: object): LeafDraft => ({ type, body }) as LeafDraft;
  const [vkey, opened] = [formatVkey(logSigner), () => Operator.opened(1)];
  const added = draft('key.added', { vkey: formatVkey(second) });
  const retired = (invalidFrom: number) => draft('key.retired', { vkey, invalidFrom });
  const by = (log: Operator, ...signers: (typeof logSigner)[]) => Object.assign(log, { signers }).publish();

  test('a key that signs after its end is named with its range, beside one that may sign', async () => {
    const log = opened().add(added).add(retired(4)).addEvent(7);
    const late = `KEY_NOT_IN_FORCE checkpoint: ${vkey} signs trees from 0 to 4, not of 5 entries`;
    expect(await said(await by(log, logSigner, second))).toEqual([late]);
    expect(await said(await by(log, second), second)).toEqual([]);
    expect(await said(await by(opened().add(added).add(retired(4)), logSigner, second))).toEqual([]);
  });

  test('an entry after the last, a key and a certificate that never were: each is named', async () => {
    const closed = opened().add(retired(3)).addEvent(7);
    expect((await said(await by(closed, logSigner)))[0]).toBe(
      'KEY_RULE_BROKEN entry 3: comes after the log was closed',
    );
    const end = draft('key.retired', { cert, invalidFrom: 2 });
    expect(await said(await by(opened().add(end), logSigner))).toEqual([
      `KEY_RULE_BROKEN entry 2: retires the certificate ${cert}, which was never added`,
    ]);
    const whole = opened().add(draft('key.added', { cert })).add(end).add(end);
    expect(await said(await by(whole, logSigner))).toEqual([]);
    const unknown = draft('key.retired', { vkey: formatVkey(second), invalidFrom: 2 });
    expect(await said(await by(opened().add(unknown), logSigner))).toEqual([
      `KEY_RULE_BROKEN entry 2: retires ${formatVkey(second)}, which the log does not have`,
    ]);
  });

  test('is nothing where entries are lost, which may have said it, and in a log that does not open as one', async () => {
    const log = Operator.opened(256)
      .add(draft('key.retired', { cert, invalidFrom: 2 }))
      .add(retired(3));
    await by(log.addEvent(300), logSigner);
    log.files.delete('tile/entries/000');
    expect(await said(log)).toEqual(['BUNDLE_MISSING tile/entries/000: the file is missing']);
    const raw = new Operator([logSigner], [utf8('no leaf')]).add(retired(1)).addEvent(1);
    expect(await said(await raw.publish())).toEqual([]);
  });

  test('in bytes that only look like an entry is the chain’s to name', async () => {
    const log = opened().addRaw(utf8('{"type":"key.added"}'));
    const findings = await said(await log.publish());
    expect(findings.length).toBeGreaterThan(0);
    expect(findings.every((finding) => finding.startsWith('CHAIN_BROKEN entry 2: '))).toBe(true);
  });
});
