/** Every parser of ledger/src/format: what it accepts has to be the one form of what it says. */
import { Buffer } from 'node:buffer';
import {
  formatAddCheckpoint,
  parseAddCheckpoint,
  parseConflict,
  formatConflict,
} from '#ledger/format/add-checkpoint.js';
import {
  concat,
  fromBase32,
  fromBase64,
  fromHex,
  fromUtf8,
  toBase32,
  toBase64,
  toHex,
  utf8,
} from '#ledger/format/bytes.js';
import { formatCheckpoint, parseCheckpoint } from '#ledger/format/checkpoint.js';
import { canonicalize, parseCanonical, type Json } from '#ledger/format/jcs.js';
import { formatLeaf, parseLeaf, type LeafDraft } from '#ledger/format/leaf.js';
import {
  formatNote,
  formatSignatureLine,
  formatVkey,
  parseNote,
  parseSignatureLines,
  parseVkey,
} from '#ledger/format/note.js';
import { formatPolicy, parsePolicy } from '#ledger/format/policy.js';
import { formatProof, parseProof } from '#ledger/format/proof.js';
import { formatBundle, formatTilePath, parseBundle, parseTile, parseTilePath } from '#ledger/format/tile.js';
import { formatTrustBundle, parseTrustBundle } from '#ledger/format/trust.js';
import { formatStage, parseStage } from '#ledger-node/stage-file.js';
import { documentEvent } from '../../../ledger/test/logs.js';
import { read } from '../../../ledger/test/fixtures.js';
import type { Target } from './campaign.js';
import { accepted, fixturesIn, genuine, inputs, sameAgain } from './parsing.js';

const PARSER = [700, 50_000] as const;
const notes = fixturesIn('note');
const vkeys = fixtureLines('policy/valid/two-of-three.txt')
  .flatMap((line) => line.split(' '))
  .filter((word) => word.includes('+'));

function fixtureLines(path: string): string[] {
  return new TextDecoder().decode(read(path)).split('\n');
}

/** A leaf of each type. */
function leaves(): Uint8Array[] {
  const hash = toBase64(new Uint8Array(32).fill(7));
  const [vkey = ''] = vkeys;
  const drafts: LeafDraft[] = [
    { type: 'log.opened', body: { origin: 'fixtures.example/log', vkey } },
    { type: 'key.added', body: { cert: hash } },
    { type: 'key.added', body: { vkey } },
    { type: 'key.retired', body: { cert: hash, invalidFrom: 9 } },
    { type: 'key.retired', body: { vkey, invalidFrom: 9 } },
    { type: 'journal.anchored', body: { head: hash, count: 12 } },
    { type: 'roster.locked', body: { roster: hash, count: 45 } },
    { type: 'checkpoint.anchored', body: { origin: 'fixtures.example/log', size: 300, root: hash } },
    { type: 'trust.published', body: { serial: 42, bundle: hash } },
  ];
  const event = documentEvent(1);
  if (event.kind === 'leaf') drafts.push(event.draft);
  return drafts.map((draft, seq) =>
    formatLeaf(draft, { seq, prev: hash, at: '2026-11-21T03:00:00.000Z', school: 'log' }),
  );
}

const JSON_TEXTS: readonly Json[] = [
  { a: [1, 2.5, -0.000001, 1e21, true, null], ế: 'ghi', '\u{1f4d6}': '\u20ac' },
  [[[[]]], {}, '', '\u2028"\\/\b'],
  { numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 1e-27], string: 'Vũ Đức Huy' },
];

/** One byte says how wide, the rest is the file. */
const withWidth = (width: number, file: Uint8Array): Uint8Array => concat(Uint8Array.of(width - 1), file);
const widthOf = (input: Uint8Array): number => (input[0] ?? 0) + 1;

const parsers: Record<string, Omit<Target, 'name' | 'inputs'>> = {
  note: {
    input: inputs(notes, 'text'),
    judge: (input) => {
      const note = accepted(() => parseNote(input));
      if (note === undefined) return false;
      // A second line of one name and key id is dropped; nothing else may differ.
      const lines =
        fromUtf8(input)
          .slice(note.text.length + 1)
          .split('\n').length - 1;
      const again = formatNote(note);
      const same = lines > note.signatures.length || Buffer.compare(again, input) === 0;
      return genuine(
        same && Buffer.compare(formatNote(parseNote(again)), again) === 0,
        'written again it differs',
      );
    },
  },
  'signature lines': {
    input: inputs(
      notes.map((note) => note.subarray(note.lastIndexOf(0xe2))),
      'text',
    ),
    judge: (input) => {
      const read = accepted(() => parseSignatureLines(fromUtf8(input)));
      if (read === undefined) return false;
      const lines = fromUtf8(input)
        .split('\n')
        .filter((line) => line !== '');
      const known = new Set(lines.map((line) => `${line}\n`));
      return genuine(
        read.every((line) => known.has(formatSignatureLine(line))),
        'a line written again differs',
      );
    },
  },
  'verifier key': {
    input: inputs(vkeys.map(utf8), 'text'),
    judge: (input) => sameAgain(input, () => utf8(formatVkey(parseVkey(fromUtf8(input))))),
  },
  checkpoint: {
    input: inputs(fixturesIn('checkpoint'), 'text'),
    judge: (input) => sameAgain(input, () => utf8(formatCheckpoint(parseCheckpoint(fromUtf8(input))))),
  },
  'tile path': {
    input: inputs(
      [
        'tile/0/000',
        'tile/0/001.p/44',
        'tile/1/000.p/1',
        'tile/entries/x001/x234/067.p/255',
        'tile/63/999',
      ].map(utf8),
      'text',
    ),
    judge: (input) => sameAgain(input, () => utf8(formatTilePath(parseTilePath(fromUtf8(input))))),
  },
  tile: {
    input: inputs(
      [1, 44, 256].map((width) => withWidth(width, new Uint8Array(32 * width).fill(width))),
      'binary',
    ),
    judge: (input) =>
      sameAgain(input, () => withWidth(widthOf(input), parseTile(input.subarray(1), widthOf(input)))),
  },
  'entry bundle': {
    input: inputs(
      [1, 3, 44].map((width) =>
        withWidth(width, formatBundle(Array.from({ length: width }, (_, i) => utf8(`entry ${String(i)}`)))),
      ),
      'binary',
    ),
    judge: (input) =>
      sameAgain(input, () =>
        withWidth(widthOf(input), formatBundle(parseBundle(input.subarray(1), widthOf(input)))),
      ),
  },
  proof: {
    input: inputs([...fixturesIn('proof'), ...fixturesIn('verify')], 'text'),
    judge: (input) => sameAgain(input, () => formatProof(parseProof(input))),
  },
  policy: {
    input: inputs(fixturesIn('policy'), 'text'),
    judge: (input) => {
      // People write policies: another form of the same is fine, another meaning is not.
      const policy = accepted(() => parsePolicy(input));
      if (policy === undefined) return false;
      const again = formatPolicy(policy);
      return genuine(
        JSON.stringify(parsePolicy(again)) === JSON.stringify(policy),
        'written again it means something else',
      );
    },
  },
  'add-checkpoint': {
    input: inputs(fixturesIn('add-checkpoint'), 'text'),
    judge: (input) => sameAgain(input, () => formatAddCheckpoint(parseAddCheckpoint(input))),
  },
  conflict: {
    input: inputs(['0\n', '300\n', ''].map(utf8), 'text'),
    judge: (input) =>
      sameAgain(input, () => {
        const size = parseConflict(input);
        return size === undefined ? new Uint8Array() : formatConflict(size);
      }),
  },
  'trust bundle': {
    input: inputs(
      fixturesIn('trust').map((note) => accepted(() => utf8(parseNote(note).text)) ?? note),
      'text',
    ),
    judge: (input) => sameAgain(input, () => utf8(formatTrustBundle(parseTrustBundle(fromUtf8(input))))),
  },
  leaf: {
    input: inputs(leaves(), 'text'),
    judge: (input) =>
      sameAgain(input, () => {
        const leaf = parseLeaf(input);
        return formatLeaf(leaf, leaf);
      }),
  },
  'canonical JSON': {
    input: inputs([...JSON_TEXTS.map(canonicalize), ...leaves()], 'text'),
    judge: (input) => {
      const value = accepted(() => parseCanonical(input));
      if (value === undefined) return false;
      return genuine(
        plainJson(JSON.parse(fromUtf8(input)) as Json) === fromUtf8(input),
        'it is not canonical',
      );
    },
  },
  base64: {
    input: inputs(
      ['', 'AA==', 'AAA=', 'AAAA', '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='].map(utf8),
      'text',
    ),
    judge: (input) => sameAgain(input, () => utf8(toBase64(fromBase64(fromUtf8(input))))),
  },
  base32: {
    input: inputs(['', 'AA', toBase32(new Uint8Array(32).fill(0xa5))].map(utf8), 'text'),
    judge: (input) => sameAgain(input, () => utf8(toBase32(fromBase32(fromUtf8(input))))),
  },
  hexadecimal: {
    input: inputs(['', '00', 'e3b0c44298fc1c149afbf4c8996fb924'].map(utf8), 'text'),
    judge: (input) => sameAgain(input, () => utf8(toHex(fromHex(fromUtf8(input))))),
  },
  'stage file': {
    input: inputs(
      [0, 3].map((count) =>
        formatStage({
          size: 300,
          root: new Uint8Array(32).fill(3),
          files: Array.from({ length: count }, (_, i) => ({
            path: `tile/0/00${String(i)}`,
            bytes: utf8('hashes'),
          })),
        }),
      ),
      'binary',
    ),
    judge: (input) => sameAgain(input, () => formatStage(parseStage(input))),
  },
};

/** JSON without spaces, members in the order of their UTF-16 units. */
function plainJson(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(plainJson).join(',')}]`;
  const members = value as { readonly [key: string]: Json };
  const keys = Object.keys(members).sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${plainJson(members[key] as Json)}`).join(',')}}`;
}

export const formatTargets: readonly Target[] = Object.entries(parsers).map(([name, parser]) => ({
  name,
  inputs: PARSER,
  ...parser,
}));
