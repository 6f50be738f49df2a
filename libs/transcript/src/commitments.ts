/**
 * The salted commitments that tie a document to its ledger entry (transcript-format, "Commitments"):
 * `C(tag, k, x) = HMAC-SHA256(k, "socai.v1/" ‖ tag ‖ 0x00 ‖ x)` with a 32-byte key k. Every x has a fixed width or is
 * canonical JSON, so that no two inputs read as one.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromHex, toBase64, u32be, utf8 } from '#ledger/format/bytes.js';
import { canonicalize } from '#ledger/format/jcs.js';
import type { LeafDraft } from '#ledger/format/leaf.js';

export type EventKind = 'issue' | 'supersede' | 'revoke' | 'transfer' | 'receive' | 'finish' | 'erase';

export const EVENT_KINDS: readonly EventKind[] = [
  'issue',
  'supersede',
  'revoke',
  'transfer',
  'receive',
  'finish',
  'erase',
];

type Tag =
  | 'event'
  | 'kind'
  | 'doc'
  | 'cred'
  | 'credkey'
  | 'credid'
  | 'holder'
  | 'field'
  | 'fieldsalt'
  | 'next'
  | 'cert'
  | 'roster';

/** C(tag, key, x). Key: exactly 32 bytes. */
export function commit(tag: Tag, key: Uint8Array, x: Uint8Array): Uint8Array {
  if (key.length !== 32) throw new RangeError(`the key of a "${tag}" commitment has 32 bytes`);
  return hmac(sha256, key, concat(utf8(`socai.v1/${tag}`), Uint8Array.of(0), x));
}

/** L_{e+1} = C("next", L_e, ""): who holds one version can look forward, never back. */
export function nextLineage(lineage: Uint8Array): Uint8Array {
  return commit('next', lineage, new Uint8Array(0));
}

/** tag = C("event", L_e, u32be(e)). */
export function eventTag(lineage: Uint8Array, event: number): Uint8Array {
  return commit('event', lineage, u32be(event));
}

/** kind = C("kind", L_e, u32be(e) ‖ name of the kind). */
export function eventKind(lineage: Uint8Array, event: number, kind: EventKind): Uint8Array {
  return commit('kind', lineage, concat(u32be(event), utf8(kind)));
}

/** The four SHA-256 digests that `doc` commits to. */
export interface DocumentDigests {
  /** Of the bytes in the seal's ByteRange. */
  readonly sealedBytes: Uint8Array;
  /** Of the seal's signature value (in the CMS, as DER). */
  readonly sealSignature: Uint8Array;
  /** Of the seal certificate's DER. */
  readonly sealCertificate: Uint8Array;
  /** Of J: the verification code. */
  readonly document: Uint8Array;
}

/** doc = C("doc", S, the four digests). */
export function documentCommitment(salt: Uint8Array, digests: DocumentDigests): Uint8Array {
  const { sealedBytes, sealSignature, sealCertificate, document } = digests;
  return commit('doc', salt, concat(...[sealedBytes, sealSignature, sealCertificate, document].map(check32)));
}

/** credkey = C("credkey", S, ""): given to a holder, it opens `cred` and nothing else. */
export function credentialKey(salt: Uint8Array): Uint8Array {
  return commit('credkey', salt, new Uint8Array(0));
}

/**
 * The seed of the key that a presentation is bound with (Ed25519): whoever has the document has it, whoever was shown
 * some of its fields does not.
 */
export function holderSeed(salt: Uint8Array): Uint8Array {
  return commit('holder', salt, new Uint8Array(0));
}

/** 32 bytes that name a version's verifiable credential, and lead nobody to another version or to the ledger. */
export function credentialName(salt: Uint8Array): Uint8Array {
  return commit('credid', salt, new Uint8Array(0));
}

/** What `cred` commits to: the issuer's SD-JWT, the verifiable credential's canonical JSON, the root of the fields. */
export interface CredentialDigests {
  readonly sdJwt: Uint8Array;
  readonly credential: Uint8Array;
  readonly fieldRoot: Uint8Array;
}

/** cred = C("cred", credkey, SHA-256(SD-JWT) ‖ SHA-256(JCS(VC)) ‖ fieldRoot). */
export function credentialCommitment(key: Uint8Array, digests: CredentialDigests): Uint8Array {
  const { sdJwt, credential, fieldRoot } = digests;
  return commit('cred', key, concat(...[sdJwt, credential, fieldRoot].map(check32)));
}

/** cert = C("cert", certificate salt, SHA-256(certificate DER)): the body of key.added and key.retired. */
export function certificateCommitment(certificateSalt: Uint8Array, certificateDer: Uint8Array): Uint8Array {
  return commit('cert', certificateSalt, sha256(certificateDer));
}

/** roster = C("roster", salt, JCS({class, year})): the same at every count of the class, so that a change of it shows. */
export function rosterCommitment(salt: Uint8Array, className: string, year: string): Uint8Array {
  return commit('roster', salt, canonicalize({ class: className, year }));
}

/** The outbox draft that says how many transcripts a class will have in a year. */
export function rosterLockedLeaf(roster: Uint8Array, count: number): LeafDraft {
  return { type: 'roster.locked', body: { roster: toBase64(roster), count } };
}

/** Everything a document.event entry says, before the sequencer gives it its place. */
export interface DocumentEvent {
  readonly lineage: Uint8Array;
  readonly event: number;
  readonly kind: EventKind;
  /** Of issue and supersede: the real commitments. Of all other kinds: 32 random bytes each. */
  readonly doc: Uint8Array;
  readonly cred: Uint8Array;
}

/** The outbox draft of a document event. */
export function documentEventLeaf(event: DocumentEvent): LeafDraft {
  return {
    type: 'document.event',
    body: {
      tag: toBase64(eventTag(event.lineage, event.event)),
      kind: toBase64(eventKind(event.lineage, event.event, event.kind)),
      doc: toBase64(check32(event.doc)),
      cred: toBase64(check32(event.cred)),
    },
  };
}

/** The outbox draft that logs a signer's certificate, before its first signature. */
export function keyAddedLeaf(certificateSalt: string, certificateDer: Uint8Array): LeafDraft {
  const cert = certificateCommitment(fromHex(certificateSalt), certificateDer);
  return { type: 'key.added', body: { cert: toBase64(cert) } };
}

function check32(bytes: Uint8Array): Uint8Array {
  if (bytes.length !== 32) throw new RangeError('a commitment takes digests of 32 bytes');
  return bytes;
}
