import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { committedFields, paddingLeaves } from '#api/transcripts/field-root.js';
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
    expect(committedFields(transcript, seed).root).toEqual(fieldRoot(commitments, padding));
  });

  test('is another for another value, salt or padding', () => {
    const root = committedFields(SECONDARY, seed).root;
    const other = changed(SECONDARY, (copy) => {
      copy.data.council.number = '45/BB-HĐ';
    });
    expect(committedFields(other, seed).root).not.toEqual(root);
    expect(committedFields({ ...SECONDARY, salt: '5b'.repeat(32) }, seed).root).not.toEqual(root);
    expect(committedFields(SECONDARY, new Uint8Array(32)).root).not.toEqual(root);
  });
});
