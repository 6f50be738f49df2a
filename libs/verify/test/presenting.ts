/** Documents of the test world whose entry commits to real credentials, and presentations of them. */
import { randomBytes } from 'node:crypto';
import { fromHex, toBase64, utf8 } from '#ledger/format/bytes.js';
import { ed25519PublicKey, ed25519Sign, sha256 } from '#ledger/format/crypto.js';
import { credentialKeyLeaf } from '#disclosure/credential-key.js';
import { proveFields } from '#disclosure/field-tree.js';
import { bindPresentation, type Binding } from '#disclosure/key-binding.js';
import { formatPresentation, type KeyEvidence, type Presentation } from '#disclosure/presentation.js';
import { canonicalBytes } from '#disclosure/proof-set.js';
import type { FieldSet } from '#disclosure/salted-fields.js';
import { signedJwt, writeSdJwt } from '#disclosure/sd-jwt.js';
import { formatSlip, type Slip } from '#disclosure/slip.js';
import { credentialCommitment, credentialKey } from '#transcript/commitments.js';
import type { Transcript } from '#transcript/document.js';
import { fieldRoot } from '#transcript/fields.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { verifyPresentation, type PresentationResult } from '#verify/verify-presentation.js';
import {
  credentialOf,
  fieldSetOf,
  holderSeedOf,
  ISSUER_KEY,
  ISSUER_SEED,
} from '../../disclosure/test/issuer.js';
import { NOW, type Issued, type Twist, type World } from './world.js';

/** What a test discloses unless it says otherwise. */
export const PATHS = [
  'pupil/fullName',
  'school/name',
  'year/schoolYear',
  'year/subjects/TOAN/year',
  'statement/completed-grade/6',
];
export const FOR_A_SCHOOL: Binding = {
  audience: 'https://thpt.example',
  nonce: 'n-1',
  issuedAt: Date.parse('2026-06-05T02:00:00Z') / 1000,
  expires: Date.parse('2026-07-05T02:00:00Z') / 1000,
};

/** An issued document with its credentials, and the entry of the key that signed them. */
export class Credentialed {
  private constructor(
    readonly issued: Issued,
    readonly transcript: Transcript,
    readonly fields: FieldSet,
    readonly jwt: string,
    readonly disclosures: ReadonlyMap<string, string>,
    readonly credential: any,
    readonly key: KeyEvidence,
  ) {}

  /** @param logKey whether `key.added` comes before the document */
  static async issue(
    world: World,
    twist: Twist = {},
    logKey: 'before' | 'after' = 'before',
  ): Promise<Credentialed> {
    const salt = new Uint8Array(randomBytes(32));
    let keyId = logKey === 'before' ? await world.append(credentialKeyLeaf(salt, ISSUER_KEY)) : '';
    let document = undefined as unknown as Transcript;
    const issued = await world.issue({
      ...twist,
      edit: (copy) => {
        twist.edit?.(copy);
        document = copy as Transcript;
      },
      draft: (draft) => {
        const cred = credentialCommitment(credentialKey(fromHex(document.salt)), digestsOf(document));
        return { ...draft, body: { ...draft.body, cred: toBase64(cred) } } as typeof draft;
      },
    });
    if (logKey === 'after') keyId = await world.append(credentialKeyLeaf(salt, ISSUER_KEY));
    const logged = await world.sequencer.published(keyId);
    const key = { salt, entry: logged.entry, proof: await world.sequencer.prove(logged.seq) };
    const { jwt, disclosures } = sdJwtOf(document);
    return new Credentialed(
      issued,
      document,
      fieldSetOf(document),
      jwt,
      disclosures,
      credentialOf(document),
      key,
    );
  }

  get salt(): Uint8Array {
    return fromHex(this.transcript.salt);
  }

  /** The disclosed part of the SD-JWT, bound unless `binding` is null. */
  compact(paths: readonly string[] = PATHS, binding: Binding | null = FOR_A_SCHOOL): string {
    const presented = [this.jwt, ...paths.map((path) => this.disclosures.get(path) ?? path), ''].join('~');
    const sign = (message: Uint8Array): Uint8Array => ed25519Sign(message, holderSeedOf(this.transcript));
    return binding === null ? presented : bindPresentation(presented, binding, sign);
  }

  sdJwt(sdJwt: string = this.compact()): Presentation & { readonly kind: 'sd-jwt' } {
    const { credential, fieldRoot: root } = digestsOf(this.transcript);
    return { kind: 'sd-jwt', sdJwt, credential, fieldRoot: root, evidence: this.evidence, key: this.key };
  }

  whole(): Presentation & { readonly kind: 'credential' } {
    const { sdJwt, fieldRoot: root } = digestsOf(this.transcript);
    return {
      kind: 'credential',
      credential: this.credential,
      sdJwt,
      fieldRoot: root,
      evidence: this.evidence,
      key: this.key,
    };
  }

  slip(paths: readonly string[] = PATHS): Slip {
    const { evidence, fields } = this;
    const { sdJwt, credential } = digestsOf(this.transcript);
    return { ...evidence, sdJwt, credential, fields: proveFields(fields, paths) };
  }

  private get evidence(): Presentation['evidence'] {
    const { event, lineage } = this.transcript;
    const { entry, first } = this.issued.proof;
    return { event, lineage: fromHex(lineage), credentialKey: credentialKey(this.salt), entry, first };
  }
}

/** The verdict with the world's trust bundle; a presentation or slip is written first. */
export function check(
  world: World,
  shown: Presentation | Slip | Uint8Array | string,
  options: Partial<Parameters<typeof verifyPresentation>[0]> = {},
): Promise<PresentationResult> {
  return verifyPresentation({
    file: bytesOf(shown),
    fileName: 'presented',
    trust: world.trust,
    now: NOW,
    crypto: nodeCrypto,
    ...options,
  });
}

function bytesOf(shown: Presentation | Slip | Uint8Array | string): Uint8Array {
  if (typeof shown === 'string') return utf8(shown);
  if (shown instanceof Uint8Array) return shown;
  return 'kind' in shown ? formatPresentation(shown) : formatSlip(shown);
}

function sdJwtOf(transcript: Transcript): {
  readonly jwt: string;
  readonly disclosures: ReadonlyMap<string, string>;
} {
  const { signingInput, disclosures } = writeSdJwt(fieldSetOf(transcript), {
    issuerKey: ISSUER_KEY,
    holderKey: ed25519PublicKey(holderSeedOf(transcript)),
    origin: transcript.origin,
  });
  return { jwt: signedJwt(signingInput, ed25519Sign(utf8(signingInput), ISSUER_SEED)), disclosures };
}

function digestsOf(transcript: Transcript): Parameters<typeof credentialCommitment>[1] {
  const { fields, padding } = fieldSetOf(transcript);
  return {
    sdJwt: sha256(utf8(sdJwtOf(transcript).jwt)),
    credential: sha256(canonicalBytes(credentialOf(transcript))),
    fieldRoot: fieldRoot(rootCommitments(fields), padding),
  };
}

function rootCommitments(fields: FieldSet['fields']): Uint8Array[] {
  return fields.map((field) => (field as unknown as { readonly commitment: Uint8Array }).commitment);
}
