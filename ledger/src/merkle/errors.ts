/** Which part of a Merkle argument does not hold. */
export type MerkleCode =
  | 'BAD_INDEX'
  | 'BAD_SIZE'
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
