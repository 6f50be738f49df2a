/** The golden fixtures: every file of valid/ is read and written again byte for byte, every file of invalid/ refused. */
import { describe, expect, test } from '@jest/globals';
import {
  formatAddCheckpoint,
  formatConflict,
  parseAddCheckpoint,
  parseConflict,
} from '#ledger/format/add-checkpoint.js';
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint, parseCheckpoint } from '#ledger/format/checkpoint.js';
import { nobleCrypto } from '#ledger/format/crypto.js';
import { leafHash } from '#ledger/format/hash.js';
import { formatLeaf, parseLeaf } from '#ledger/format/leaf.js';
import { formatMisbehaviour, parseMisbehaviour } from '#ledger/format/misbehaviour.js';
import { formatNote, formatVkey, parseNote, parseVkey } from '#ledger/format/note.js';
import { formatPolicy, parsePolicy } from '#ledger/format/policy.js';
import { formatProof, parseProof } from '#ledger/format/proof.js';
import {
  formatBundle,
  formatTilePath,
  parseBundle,
  parseTile,
  parseTilePath,
  TILE_WIDTH,
} from '#ledger/format/tile.js';
import { formatTrustBundle, parseTrustBundle } from '#ledger/format/trust.js';
import { TreeEdge } from '#ledger/merkle/edge.js';
import { fsck, type Finding } from '#ledger/verify/fsck.js';
import { goodSignatures } from '#ledger/verify/note.js';
import { checkProof } from '#ledger/verify/proof.js';
import { comments, fixtureFiles, named, read } from './fixtures.js';

interface Format {
  readonly parse: (bytes: Uint8Array, width: number) => unknown;
  /** Reads and writes again. */
  readonly roundTrip: (bytes: Uint8Array, width: number) => Uint8Array;
}

const FORMATS: Record<string, Format> = {
  note: { parse: (bytes) => parseNote(bytes), roundTrip: (bytes) => formatNote(parseNote(bytes)) },
  vkey: {
    parse: (bytes) => parseVkey(fromUtf8(bytes)),
    roundTrip: (bytes) => utf8(formatVkey(parseVkey(fromUtf8(bytes)))),
  },
  checkpoint: {
    parse: (bytes) => parseCheckpoint(fromUtf8(bytes)),
    roundTrip: (bytes) => utf8(formatCheckpoint(parseCheckpoint(fromUtf8(bytes)))),
  },
  tile: { parse: parseTile, roundTrip: parseTile },
  bundle: { parse: parseBundle, roundTrip: (bytes, width) => formatBundle(parseBundle(bytes, width)) },
  leaf: {
    parse: parseLeaf,
    roundTrip: (bytes) => {
      const leaf = parseLeaf(bytes);
      return formatLeaf(leaf, leaf);
    },
  },
  proof: { parse: parseProof, roundTrip: (bytes) => formatProof(parseProof(bytes)) },
  policy: { parse: parsePolicy, roundTrip: (bytes) => formatPolicy(parsePolicy(bytes)) },
  'add-checkpoint': {
    parse: parseAddCheckpoint,
    roundTrip: (bytes) => formatAddCheckpoint(parseAddCheckpoint(bytes)),
  },
  conflict: { parse: parseConflict, roundTrip: (bytes) => formatConflict(parseConflict(bytes) ?? -1) },
  misbehaviour: {
    parse: parseMisbehaviour,
    roundTrip: (bytes) => formatMisbehaviour(parseMisbehaviour(bytes)),
  },
  trust: {
    parse: (bytes) => parseTrustBundle(parseNote(bytes).text),
    roundTrip: (bytes) => {
      const note = parseNote(bytes);
      return formatNote({ ...note, text: formatTrustBundle(parseTrustBundle(note.text)) });
    },
  },
};

test('every fixture has a comment, and every comment a fixture', () => {
  expect(fixtureFiles().sort()).toEqual(Object.keys(comments).sort());
});

describe.each(Object.keys(FORMATS))('%s', (format) => {
  const { parse, roundTrip } = FORMATS[format] as Format;

  test.each(named(`${format}/valid/`))('%s: %s', (path, _comment, { width = 0 }) => {
    const bytes = read(path);
    const again = roundTrip(bytes, width);
    // People write policies: what they wrote means what is written again, in another form.
    if (format === 'policy') expect(parsePolicy(again)).toEqual(parsePolicy(bytes));
    else expect(again).toEqual(bytes);
    expect(roundTrip(again, width)).toEqual(again);
  });

  test.each(named(`${format}/invalid/`))('%s: %s', (path, _comment, { code, says, width = 0 }) => {
    expect(() => parse(read(path), width)).toThrow(
      expect.objectContaining({ name: 'FormatError', code, message: says }),
    );
  });
});

test.each(named('note/tolerated/'))('%s: %s', (path, _comment, { as = '' }) => {
  expect(parseNote(read(path))).toEqual(parseNote(read(as)));
});

test.each(named('conflict/tolerated/'))('%s: %s', (path) => {
  expect(parseConflict(read(path))).toBeUndefined();
});

describe('paths of tiles', () => {
  const lines = (path: string): string[] => fromUtf8(read(path)).slice(0, -1).split('\n');

  test.each(lines('tile-path/valid.txt'))('%s is read and written again', (path) => {
    expect(formatTilePath(parseTilePath(path))).toBe(path);
  });

  test.each(lines('tile-path/invalid.txt'))('"%s" is no path of a tile', (path) => {
    expect(() => parseTilePath(path)).toThrow(
      expect.objectContaining({ code: 'BAD_LINE', message: expect.stringContaining("is not a tile's path") }),
    );
  });
});

describe('log-of-300: a whole log of the entries "entry 0" to "entry 299"', () => {
  const path = (name: string): string => `log-of-300/${name}`;
  const entries = Array.from({ length: 300 }, (_, i) => utf8(`entry ${String(i)}`));
  const readTile = (name: string): Promise<Uint8Array | undefined> =>
    Promise.resolve(comments[path(name)] === undefined ? undefined : read(path(name)));
  const readCheckpoint = (): Promise<Uint8Array> => Promise.resolve(read(path('checkpoint')));

  test('its tiles and bundles are what is written for these entries, and nothing else', () => {
    const written = new Map<string, Uint8Array>();
    const edge = TreeEdge.empty();
    const keep = ({ tile, bytes }: { tile: Parameters<typeof formatTilePath>[0]; bytes: Uint8Array }): void =>
      void written.set(path(formatTilePath(tile)), bytes);
    for (const entry of entries) edge.append(leafHash(entry), keep);
    edge.partialTiles().forEach(keep);
    for (const index of [0, 1]) {
      const part = entries.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH);
      keep({ tile: { level: 'entries', index, width: part.length }, bytes: formatBundle(part) });
    }
    const fixtures = Object.keys(comments).filter((name) => name.startsWith(path('tile/')));
    expect([...written.keys()].sort()).toEqual(fixtures.sort());
    for (const [name, bytes] of written) expect([name, bytes]).toEqual([name, read(name)]);
    const { root, size } = parseCheckpoint(parseNote(read(path('checkpoint'))).text);
    expect([edge.size, edge.root()]).toEqual([size, root]);
  });

  test('fsck finds nothing wrong with it, and one changed byte in each file', async () => {
    const key = parseVkey(fromUtf8(read('vkey/valid/log.txt')));
    const findings: Finding[] = [];
    const onFinding = (finding: Finding): void => void findings.push(finding);
    await fsck({ readTile, readCheckpoint }, key, { onFinding });
    expect(findings).toEqual([]);
    for (const [name] of named(path('tile/'))) {
      const changed = read(name);
      changed[changed.length - 1] = (changed[changed.length - 1] as number) ^ 1;
      const lying = (tile: string): Promise<Uint8Array | undefined> =>
        path(tile) === name ? Promise.resolve(changed) : readTile(tile);
      findings.length = 0;
      await fsck({ readTile: lying, readCheckpoint }, key, { onFinding });
      expect(findings.length).toBeGreaterThan(0);
    }
  });
});

describe('opening notes', () => {
  test.each(named('open/'))('%s: %s', (path, _comment, { keys = [], good, code }) => {
    const open = (): string[] =>
      goodSignatures(
        parseNote(read(path)),
        keys.map((key) => parseVkey(key)),
        nobleCrypto,
      ).map(({ key, time }) => (time === undefined ? key.name : `${key.name}@${String(time)}`));
    if (good === undefined) {
      expect(open).toThrow(expect.objectContaining({ name: 'VerifyError', code }));
    } else {
      expect(open()).toEqual(good);
    }
  });
});

describe('verification under policy/valid/two-of-three.txt', () => {
  const policy = parsePolicy(read('policy/valid/two-of-three.txt'));
  const entry = read('entry-257.bin');

  test.each(['entry-257-of-300', 'with-extra'])('%s holds', (name) => {
    expect(checkProof(read(`proof/valid/${name}.tlog-proof`), entry, policy)).toMatchObject({
      origin: 'fixtures.example/log',
      index: 257,
      size: 300,
      witnesses: [
        { name: 'so-gddt', time: 1795230000 },
        { name: 'truong-ban', time: 1795230060 },
      ],
      witnessedAt: 1795230060,
    });
  });

  test.each(named('verify/'))('%s: %s', (path, _comment, { code, says }) => {
    expect(() => checkProof(read(path), entry, policy)).toThrow(
      expect.objectContaining({ name: 'VerifyError', code, message: says }),
    );
  });

  test('a proof of another entry, or one expected from another log, does not hold', () => {
    const proof = read('proof/valid/entry-257-of-300.tlog-proof');
    expect(() => checkProof(proof, utf8('entry 256'), policy)).toThrow(
      expect.objectContaining({ code: 'NOT_INCLUDED' }),
    );
    expect(() => checkProof(proof, entry, policy, { origin: 'other.example/log' })).toThrow(
      expect.objectContaining({
        code: 'WRONG_ORIGIN',
        message: 'the proof is from log fixtures.example/log, not other.example/log',
      }),
    );
  });

  test('no single byte of the proof can be changed and still hold', () => {
    const proof = read('proof/valid/entry-257-of-300.tlog-proof');
    for (let i = 0; i < proof.length; i += 7) {
      const changed = proof.slice();
      changed[i] = (changed[i] as number) ^ 1;
      expect(() => checkProof(changed, entry, policy)).toThrow(
        expect.objectContaining({ name: 'VerifyError' }),
      );
    }
  });
});
