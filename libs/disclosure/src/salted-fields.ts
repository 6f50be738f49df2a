/** The fields of a document, each under its own salt: what SD-JWT, slip and `fieldRoot` all disclose from. */
import type { Field } from '#transcript/fields.js';

export interface SaltedField extends Field {
  /** 32 bytes, derived from S and the path: opens this field and no other. */
  readonly salt: Uint8Array;
}

/** Everything that the ledger's `fieldRoot` was made of. */
export interface FieldSet {
  /** In the order of `transcriptFields`. */
  readonly fields: readonly SaltedField[];
  /** The leaves that fill the tree up, 32 random bytes each. */
  readonly padding: readonly Uint8Array[];
}
