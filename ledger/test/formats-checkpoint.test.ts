/** Checkpoints, tlog-proofs and requests to witnesses: what cannot be written. */
import { describe, expect, test } from '@jest/globals';
import { formatAddCheckpoint } from '#ledger/format/add-checkpoint.js';
import { formatCheckpoint } from '#ledger/format/checkpoint.js';
import { ED25519, formatNote, seedSigner } from '#ledger/format/note.js';
import { formatProof } from '#ledger/format/proof.js';

describe('what cannot be written, or decoded, is refused in words', () => {
  const log = seedSigner('a.example/log', ED25519, new Uint8Array(32).fill(1));
  const line = { name: log.name, keyId: log.keyId, signature: new Uint8Array(64) };
  const note = formatNote({ text: 'text\n', signatures: [line] });
  const hash = new Uint8Array(32);
  const hashes = (count: number): Uint8Array[] => Array.from({ length: count }, () => hash);

  test('the limits themselves are written', () => {
    expect(formatProof({ index: 0, hashes: hashes(63), checkpoint: note })).toBeDefined();
    expect(formatAddCheckpoint({ old: 0, hashes: hashes(63), checkpoint: note })).toBeDefined();
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'a checkpoint of half an entry',
      () => formatCheckpoint({ origin: 'a', size: 0.5, root: hash }),
      'BAD_NUMBER',
      'line 2: 0.5 is no tree size',
    ],
    [
      'a checkpoint of −1 entries',
      () => formatCheckpoint({ origin: 'a', size: -1, root: hash }),
      'BAD_NUMBER',
      'line 2: -1 is no tree size',
    ],
    [
      'a short root',
      () => formatCheckpoint({ origin: 'a', size: 1, root: hash.slice(1) }),
      'BAD_LENGTH',
      'line 3: a root has 32 bytes',
    ],
    [
      'an origin of two words',
      () => formatCheckpoint({ origin: 'a b', size: 1, root: hash }),
      'BAD_NAME',
      'line 1: "a b" cannot be a key name',
    ],
    [
      'an index of −1',
      () => formatProof({ index: -1, hashes: [], checkpoint: note }),
      'BAD_NUMBER',
      '-1 is no index',
    ],
    [
      'half an index',
      () => formatProof({ index: 0.5, hashes: [], checkpoint: note }),
      'BAD_NUMBER',
      '0.5 is no index',
    ],
    [
      'an empty extra',
      () => formatProof({ index: 0, hashes: [], checkpoint: note, extra: new Uint8Array(0) }),
      'BAD_LENGTH',
      'an empty extra line is left out',
    ],
    [
      '64 hashes of a proof',
      () => formatProof({ index: 0, hashes: hashes(64), checkpoint: note }),
      'TOO_MANY',
      'more than 63 hashes',
    ],
    [
      'a short hash',
      () => formatProof({ index: 0, hashes: [hash.slice(1)], checkpoint: note }),
      'BAD_LENGTH',
      'a hash has 32 bytes',
    ],
    [
      'a proof under no note',
      () => formatProof({ index: 0, hashes: [], checkpoint: hash }),
      'MISSING_LINE',
      'a note has an empty line between its text and its signatures',
    ],
    [
      'an old size of −1',
      () => formatAddCheckpoint({ old: -1, hashes: [], checkpoint: note }),
      'BAD_NUMBER',
      '-1 is no tree size',
    ],
    [
      'half an old size',
      () => formatAddCheckpoint({ old: 0.5, hashes: [], checkpoint: note }),
      'BAD_NUMBER',
      '0.5 is no tree size',
    ],
    [
      '64 hashes of a request',
      () => formatAddCheckpoint({ old: 1, hashes: hashes(64), checkpoint: note }),
      'TOO_MANY',
      'more than 63 hashes',
    ],
    [
      'a request under no note',
      () => formatAddCheckpoint({ old: 1, hashes: [], checkpoint: hash }),
      'MISSING_LINE',
      'a note has an empty line between its text and its signatures',
    ],
  ])('%s', (_what, write, error, message) => {
    expect(write).toThrow(expect.objectContaining({ name: 'FormatError', code: error, message }));
  });
});
