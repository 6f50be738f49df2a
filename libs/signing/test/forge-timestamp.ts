/** Timestamp tokens that no authority signed: what anyone can put beside a signature. */
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { contextTag, octetString, oid, sequence, setOf, smallInteger, TAG, tlv } from '#signing/der-write.js';
import { OID_DER } from '#signing/oids.js';

export interface TimestampDraft {
  readonly genTime: string;
  readonly hash: Uint8Array;
  readonly version: number;
  /** What follows genTime. */
  readonly after: readonly Uint8Array[];
  readonly contentType: Uint8Array;
}

/** A token about `digest`, with what the draft changes of it. */
export function forgeTimestamp(digest: Uint8Array, changed: Partial<TimestampDraft> = {}): Uint8Array {
  const draft = {
    genTime: '20261121100000Z',
    hash: sequence(OID_DER.sha256),
    version: 1,
    after: [],
    contentType: OID_DER.tstInfo,
    ...changed,
  };
  const info = sequence(
    smallInteger(draft.version),
    oid('1.2.3.4.1'),
    sequence(draft.hash, octetString(digest)),
    smallInteger(7),
    tlv(TAG.generalizedTime, utf8ToBytes(draft.genTime)),
    ...draft.after,
  );
  const content = sequence(draft.contentType, tlv(contextTag(0), octetString(info)));
  const signedData = sequence(smallInteger(3), setOf([sequence(OID_DER.sha256)]), content, setOf([]));
  return sequence(OID_DER.signedData, tlv(contextTag(0), signedData));
}
