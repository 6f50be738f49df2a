/** What is shown of a presentation, by its kind: read and checked as far as it can be without the ledger. */
import { fromUtf8 } from '#ledger/format/bytes.js';
import { nobleCrypto, type Crypto } from '#ledger/format/crypto.js';
import type { Json } from '#ledger/format/jcs.js';
import { DisclosureError, reading } from '#disclosure/error.js';
import { rootOfProof } from '#disclosure/field-tree.js';
import type { Binding } from '#disclosure/key-binding.js';
import {
  parsePresentation,
  type CredentialEvidence,
  type KeyEvidence,
  type Presentation,
} from '#disclosure/presentation.js';
import { canonicalBytes, checkProofSet } from '#disclosure/proof-set.js';
import { checkSdJwt } from '#disclosure/sd-jwt-check.js';
import { isSlip, SLIP_TEXT_MARK } from '#disclosure/slip-mark.js';
import { parseSlip, parseSlipText } from '#disclosure/slip.js';
import type { Field } from '#transcript/fields.js';
import { originOfProof } from './ledger-step.js';
import { textStart } from './presentation-mark.js';

export type PresentationKind = 'sd-jwt' | 'credential' | 'slip';

/** The school's key, and what shows that it was in the ledger. */
interface UsedKey {
  readonly publicKey: Uint8Array;
  readonly evidence: KeyEvidence;
}

/** What `cred` commits to, recomputed from what is shown. */
export interface Recomputed {
  readonly sdJwt: Uint8Array;
  readonly credential: Uint8Array;
  readonly fieldRoot: Uint8Array;
}

export interface Presented {
  readonly kind: PresentationKind;
  /** Origin of the log that it is said to be in. */
  readonly origin: string;
  /** Disclosed fields; none of a whole credential. */
  readonly fields: readonly Field[];
  /** The whole credential without its proofs. */
  readonly credential: Json;
  /** Name of the school, where it is shown. */
  readonly school: string | undefined;
  readonly binding: Binding | undefined;
  /** Undefined for a token or credential that comes without its place in the ledger. */
  readonly committed:
    | {
        readonly evidence: CredentialEvidence;
        readonly digests: Recomputed;
        readonly key: UsedKey | undefined;
      }
    | undefined;
}

/** What the file shows. DisclosureError. */
export async function readPresented(file: Uint8Array, crypto: Crypto = nobleCrypto): Promise<Presented> {
  const text = textStart(file);
  if (isSlip(file)) return ofSlip(file, crypto);
  if (text === SLIP_TEXT_MARK) return ofSlip(parseSlipText(wholeText(file)) ?? file, crypto);
  if (text.startsWith('eyJ')) return ofSdJwt(wholeText(file), undefined, crypto);
  const bare = bareCredential(file);
  if (bare !== undefined) return ofCredential(bare, undefined, crypto);
  const presentation = parsePresentation(file);
  return presentation.kind === 'sd-jwt'
    ? ofSdJwt(presentation.sdJwt, presentation, crypto)
    : ofCredential(presentation.credential, presentation, crypto);
}

function ofSlip(bytes: Uint8Array, crypto: Crypto): Presented {
  const { event, lineage, credentialKey, sdJwt, credential, entry, first, fields } = parseSlip(bytes);
  const shown = fields.fields.map(({ path, value }) => ({ path, value }));
  const digests = { sdJwt, credential, fieldRoot: rootOfProof(fields, crypto.sha256) };
  const evidence = { event, lineage, credentialKey, entry, first };
  return {
    kind: 'slip',
    origin: originOfProof(first),
    fields: shown,
    credential: null,
    school: schoolIn(shown),
    binding: undefined,
    committed: { evidence, digests, key: undefined },
  };
}

async function ofSdJwt(
  compact: string,
  presentation: Extract<Presentation, { readonly kind: 'sd-jwt' }> | undefined,
  crypto: Crypto,
): Promise<Presented> {
  const { issuerKey, origin, digest, fields, binding } = await checkSdJwt(compact, crypto);
  return {
    kind: 'sd-jwt',
    origin,
    fields,
    credential: null,
    school: schoolIn(fields),
    binding,
    committed:
      presentation === undefined
        ? undefined
        : {
            evidence: presentation.evidence,
            digests: {
              sdJwt: digest,
              credential: presentation.credential,
              fieldRoot: presentation.fieldRoot,
            },
            key: { publicKey: issuerKey, evidence: presentation.key },
          },
  };
}

function ofCredential(
  secured: Json,
  presentation: Extract<Presentation, { readonly kind: 'credential' }> | undefined,
  crypto: Crypto,
): Presented {
  const checked = reading('the credential', () => checkProofSet(secured, crypto));
  if (checked === undefined) {
    throw new DisclosureError('CREDENTIAL_SIGNATURE', 'the key that the credential names did not sign it');
  }
  const { credential, issuerKey } = checked;
  const issuer = credential['issuer'] as { readonly name?: Json };
  return {
    kind: 'credential',
    origin: presentation === undefined ? '' : originOfProof(presentation.evidence.first),
    fields: [],
    credential,
    school: typeof issuer.name === 'string' ? issuer.name : undefined,
    binding: undefined,
    committed:
      presentation === undefined
        ? undefined
        : {
            evidence: presentation.evidence,
            digests: {
              sdJwt: presentation.sdJwt,
              credential: crypto.sha256(canonicalBytes(secured)),
              fieldRoot: presentation.fieldRoot,
            },
            key: { publicKey: issuerKey, evidence: presentation.key },
          },
  };
}

/** A credential by itself, as a wallet keeps it, in any spelling of JSON. */
function bareCredential(file: Uint8Array): Json | undefined {
  let value: Json;
  try {
    value = JSON.parse(fromUtf8(file)) as Json;
  } catch {
    return undefined;
  }
  const isCredential = typeof value === 'object' && value !== null && Object.hasOwn(value, '@context');
  return isCredential ? value : undefined;
}

function schoolIn(fields: readonly Field[]): string | undefined {
  const value = fields.find(({ path }) => path === 'school/name')?.value;
  return typeof value === 'string' ? value : undefined;
}

function wholeText(file: Uint8Array): string {
  return reading('the presentation', () => fromUtf8(file)).replace(/\r?\n$/, '');
}
