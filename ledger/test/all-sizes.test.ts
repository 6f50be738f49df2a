import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

test('every size to 600 × every prefix and every entry: proofs from tiles are those of RFC 6962, no spoiled one holds', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=socai-source',
    '--no-warnings',
    '--import',
    './ledger/test/source-loader.mjs',
    'ledger/test/all-sizes.ts',
  ]);
  const { consistency, inclusion, roots } = JSON.parse(stdout) as Record<
    'consistency' | 'inclusion' | 'roots',
    { pairs: number; twins: number }
  >;
  expect([consistency.pairs, inclusion.pairs, roots.pairs]).toEqual([180_300, 180_300, 601]);
  expect(consistency.twins).toBeGreaterThan(15_000);
  expect(inclusion.twins).toBeGreaterThan(15_000);
}, 300_000);
