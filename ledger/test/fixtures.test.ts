/** The golden fixtures: every file of valid/ is read and written again byte for byte, every file of invalid/ refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { formatAddCheckpoint, parseAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { formatCheckpoint, parseCheckpoint } from '#ledger/format/checkpoint.js';
import { formatNote, parseNote } from '#ledger/format/note.js';
import { formatPolicy, parsePolicy } from '#ledger/format/policy.js';
import { formatProof, parseProof } from '#ledger/format/proof.js';
import { formatTrustBundle, parseTrustBundle } from '#ledger/format/trust.js';
import { checkProof } from '#ledger/verify/proof.js';

const FOLDER = 'ledger/test/fixtures';

interface Comment {
  readonly comment: string;
  /** The error's code, for a file that is refused. */
  readonly code?: string;
}

const comments = JSON.parse(readFileSync(join(FOLDER, 'comments.json'), 'utf8')) as Record<string, Comment>;
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, path)));
const named = (prefix: string): [string, string, Comment][] =>
  Object.entries(comments)
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, comment]) => [path, comment.comment, comment]);

interface Format {
  readonly parse: (bytes: Uint8Array) => unknown;
  /** Reads and writes again. */
  readonly roundTrip: (bytes: Uint8Array) => Uint8Array;
}

const FORMATS: Record<string, Format> = {
  note: { parse: parseNote, roundTrip: (bytes) => formatNote(parseNote(bytes)) },
  checkpoint: {
    parse: (bytes) => parseCheckpoint(fromUtf8(bytes)),
    roundTrip: (bytes) => utf8(formatCheckpoint(parseCheckpoint(fromUtf8(bytes)))),
  },
  proof: { parse: parseProof, roundTrip: (bytes) => formatProof(parseProof(bytes)) },
  policy: { parse: parsePolicy, roundTrip: (bytes) => formatPolicy(parsePolicy(bytes)) },
  'add-checkpoint': {
    parse: parseAddCheckpoint,
    roundTrip: (bytes) => formatAddCheckpoint(parseAddCheckpoint(bytes)),
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
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1))
    .filter((path) => path !== 'comments.json' && path !== '.gitattributes');
  expect(files.sort()).toEqual(Object.keys(comments).sort());
});

describe.each(Object.keys(FORMATS))('%s', (format) => {
  const { parse, roundTrip } = FORMATS[format] as Format;

  test.each(named(`${format}/valid/`))('%s: %s', (path) => {
    const bytes = read(path);
    const again = roundTrip(bytes);
    // People write policies: what they wrote means what is written again, in another form.
    if (path.startsWith('policy/')) expect(parsePolicy(again)).toEqual(parsePolicy(bytes));
    else expect(again).toEqual(bytes);
    expect(roundTrip(again)).toEqual(again);
  });

  test.each(named(`${format}/invalid/`))('%s: %s', (path, _comment, { code }) => {
    expect(() => parse(read(path))).toThrow(expect.objectContaining({ name: 'FormatError', code }));
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

  test.each(named('verify/'))('%s: %s', (path, _comment, { code }) => {
    expect(() => checkProof(read(path), entry, policy)).toThrow(
      expect.objectContaining({ name: 'VerifyError', code }),
    );
  });

  test('a proof of another entry, or one expected from another log, does not hold', () => {
    const proof = read('proof/valid/entry-257-of-300.tlog-proof');
    expect(() => checkProof(proof, utf8('entry 256'), policy)).toThrow(
      expect.objectContaining({ code: 'NOT_INCLUDED' }),
    );
    expect(() => checkProof(proof, entry, policy, { origin: 'other.example/log' })).toThrow(
      expect.objectContaining({ code: 'WRONG_ORIGIN' }),
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
