/** The key of the witness that tests run over HTTP or in a process of its own. */
import { COSIGNATURE_ED25519, seedSigner } from '#ledger/format/note.js';

export const witnessSigner = seedSigner(
  'w.example/witness',
  COSIGNATURE_ED25519,
  new Uint8Array(32).fill(101),
);
