/** A newer ledger proof beside the first one: transcript-format.md, "The PDF" (`latest`). */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parseProof as parseTlogProof } from '#ledger/format/proof.js';
import { parseCheckpoint } from '#ledger/format/checkpoint.js';
import { parseNote } from '#ledger/format/note.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { readProof, type SocaiProof } from '#signing/proof-attribute.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { refreshProof } from '#verify/fresh-proof.js';
import type { LedgerReader } from '#verify/status-step.js';
import { NOW, World, type Issued } from './world.js';

let world: World;
let issued: Issued;

beforeAll(async () => {
  world = await World.make();
  issued = await world.issue();
});

const refresh = (file: Uint8Array, ledgerReader: LedgerReader = world.reader) =>
  refreshProof({
    ...{ file, fileName: 'hoc-ba.pdf', now: NOW, trust: world.trust, ledgerReader },
    ...{ crypto: nodeCrypto, provider: nodeProvider },
  });
async function proofIn(file: Uint8Array | undefined): Promise<SocaiProof> {
  const seal = (await readTranscriptPdf(file ?? new Uint8Array())).signatures.at(-1);
  const proof = seal === undefined ? undefined : readProof(seal.cms);
  if (proof === undefined) throw new Error('there is no proof');
  return proof;
}
const sizeOf = (proof: Uint8Array | undefined) =>
  parseCheckpoint(parseNote(parseTlogProof(proof ?? new Uint8Array()).checkpoint).text).size;

describe('a transcript whose proof is refreshed', () => {
  test('is valid, keeps its first proof, and has one under the newest checkpoint; again and again', async () => {
    await world.issue();
    const once = await refresh(issued.pdf);
    expect(once.result).toMatchObject({
      verdict: 'valid',
      ledger: { existedAt: expect.anything() as unknown },
    });
    await world.issue();
    const twice = await refresh(once.file ?? new Uint8Array());
    const [before, first, second] = await Promise.all([issued.pdf, once.file, twice.file].map(proofIn));
    expect([first?.first, second?.first]).toEqual([before?.first, before?.first]);
    const sizes = [sizeOf(before?.first), sizeOf(first?.latest), sizeOf(second?.latest)];
    expect(sizes).toEqual([...new Set(sizes)].sort((a, b) => a - b));
    // Without the log too: offline, for ever.
    expect((await world.verify(twice.file ?? new Uint8Array())).verdict).toBe('valid');
    expect(twice.file?.length).toBe(issued.pdf.length);
  });

  test('is not made of one that was changed, revoked, or whose log is away or another', async () => {
    const changed = issued.pdf.slice();
    changed[Math.floor(changed.length / 3)]! ^= 1;
    expect((await refresh(changed)).result.verdict).toBe('invalid');
    const away: LedgerReader = {
      readCheckpoint: () => Promise.resolve(undefined),
      readTile: () => Promise.resolve(undefined),
    };
    const stranger = await World.make();
    await stranger.issue();
    for (const reader of [away, stranger.reader]) {
      const { file, result } = await refresh(issued.pdf, reader);
      expect([file, result.verdict === 'valid']).toEqual([undefined, false]);
    }
    const revoked = await world.issue();
    await world.laterEvent(revoked, 'revoke');
    expect(await refresh(revoked.pdf)).toMatchObject({ result: { verdict: 'revoked' } });
    expect(Object.hasOwn(await refresh(revoked.pdf), 'file')).toBe(false);
  });
});
