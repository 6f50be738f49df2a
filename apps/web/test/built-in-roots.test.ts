import { afterEach, expect, test } from '@jest/globals';
import { ED25519, formatVkey, seedSigner } from '#ledger/format/note.js';
import { builtInRoots } from '../src/verifier/built-in-roots.js';

const built = globalThis as { __SOCAI_TRUST_ROOTS__?: string };
afterEach(() => {
  delete built.__SOCAI_TRUST_ROOTS__;
});

test('a page built with roots trusts them; one built without has none, and a list that is none is refused', () => {
  expect(builtInRoots()).toBeUndefined();
  built.__SOCAI_TRUST_ROOTS__ = '';
  expect(builtInRoots()).toBeUndefined();
  const root = seedSigner('root.example/1', ED25519, new Uint8Array(32).fill(1));
  built.__SOCAI_TRUST_ROOTS__ = `# tỉnh Sông Mây\nthreshold 1\nroot ${formatVkey(root)}\n`;
  expect(builtInRoots()).toMatchObject({ threshold: 1, roots: [{ name: 'root.example/1' }] });
  built.__SOCAI_TRUST_ROOTS__ = 'threshold 2\n';
  expect(() => builtInRoots()).toThrow(expect.objectContaining({ name: 'FormatError' }));
});
