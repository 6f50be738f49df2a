import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { fieldRootOf, paddingLeaves } from '#api/transcripts/field-root.js';
import { fromHex } from '#ledger/format/bytes.js';
import { commitFields, fieldRoot, paddedSize } from '#transcript/fields.js';
import { changed, PRIMARY, SECONDARY } from '../../../../libs/transcript/test/samples.js';

const seed = new Uint8Array(randomBytes(32));

describe('the root over the fields by node:crypto', () => {
  test.each([SECONDARY, PRIMARY])('is the one that libs/transcript computes', (transcript) => {
    const commitments = commitFields(transcript, fromHex(transcript.salt)).map(
      ({ commitment }) => commitment,
    );
    const padding = paddingLeaves(seed, paddedSize(commitments.length) - commitments.length);
    expect(fieldRootOf(transcript, seed)).toEqual(fieldRoot(commitments, padding));
  });

  test('is another for another value, salt or padding', () => {
    const root = fieldRootOf(SECONDARY, seed);
    const other = changed(SECONDARY, (copy) => {
      copy.data.council.number = '45/BB-HĐ';
    });
    expect(fieldRootOf(other, seed)).not.toEqual(root);
    expect(fieldRootOf({ ...SECONDARY, salt: '5b'.repeat(32) }, seed)).not.toEqual(root);
    expect(fieldRootOf(SECONDARY, new Uint8Array(32))).not.toEqual(root);
  });
});
