import { HASH_BYTES } from '../format/hash.js';

/** Which part of a Merkle argument does not hold. */
export type MerkleCode =
  | 'BAD_INDEX'
  | 'BAD_SIZE'
  | 'BAD_HASH'
  | 'PROOF_TOO_SHORT'
  | 'PROOF_TOO_LONG'
  | 'ROOT_MISMATCH'
  | 'TILE_MISSING'
  | 'TILE_MALFORMED'
  | 'TILE_MISMATCH';

/** A proof or a tile that does not lead to the root it should. */
export class MerkleError extends Error {
  override readonly name = 'MerkleError';

  constructor(
    readonly code: MerkleCode,
    message: string,
  ) {
    super(message);
  }
}

/** Refuses hashes that are not 32 bytes long, which two different trees could share. */
export function checkHashes(hashes: readonly Uint8Array[]): void {
  if (hashes.some(({ length }) => length !== HASH_BYTES))
    throw new MerkleError('BAD_HASH', 'a hash is not 32 bytes long');
}
