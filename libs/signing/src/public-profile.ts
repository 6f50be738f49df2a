/**
 * Issuer profile `socai-public-ca/v1`: certificates of an authority that is not the school's own, such as the government's
 * for public offices or a licensed one. It vouches for who somebody is and where they work, and not for their office
 * there: which place of the route they may take is what the school says, in the document that all of them sign.
 *   person  OU (the last) is the school's full name, CN the person's      digitalSignature or contentCommitment
 *   seal    CN is the school's full name, as its last OU or, without one, its O is
 * Up to two authorities stand between signer and root; each may issue, within its path length. Extensions that nobody here
 * knows may stand where they are not critical. PROFILES.md is its text.
 */
import { KEY_USAGE } from './certificate-extensions.js';
import type { Certificate } from './certificate.js';
import { nameValue, type DistinguishedName } from './distinguished-name.js';
import { SigningError } from './errors.js';
import { OID } from './oids.js';
import { isPlainText, type Holder } from './school-profile.js';

export const PUBLIC_PROFILE = 'socai-public-ca/v1';

const LONGEST_CHAIN = 4;
/** What may be critical: all that is looked at. */
const CRITICAL: readonly string[] = [OID.basicConstraints, OID.keyUsage, OID.extendedKeyUsage];
const SIGNS = KEY_USAGE.digitalSignature | KEY_USAGE.contentCommitment;
const ISSUES = KEY_USAGE.keyCertSign | KEY_USAGE.crlSign;

function refuse(why: string): never {
  throw new SigningError(
    'CERT_PROFILE',
    `the certificate does not follow the profile of public authorities: ${why}`,
  );
}

/**
 * Reads a chain (signer first, root last) against the profile; signatures are checkChain's business.
 * CERT_KEY_USAGE: who signs may issue, or who issues may not; CERT_PROFILE: anything else.
 */
export function checkPublicProfile(chain: readonly Certificate[]): Holder {
  const [signer, ...authorities] = chain;
  if (signer === undefined || authorities.length === 0 || chain.length > LONGEST_CHAIN) {
    refuse(`a chain is a signer and one to ${String(LONGEST_CHAIN - 1)} authorities`);
  }
  for (const { extensions } of chain) {
    if (extensions.some(({ type, critical }) => critical && !CRITICAL.includes(type))) {
      refuse('it has a critical extension that is not known here');
    }
  }
  checkSigner(signer);
  authorities.forEach(checkAuthority);
  return holderOf(signer.subject);
}

function checkSigner({ publicKey, basicConstraints, keyUsage = 0, extendedKeyUsage }: Certificate): void {
  if (publicKey.kind === 'other') refuse('the key is neither P-256 nor RSA');
  const signs = (keyUsage & SIGNS) !== 0 && (keyUsage & ISSUES) === 0 && basicConstraints?.ca !== true;
  // For websites, for timestamps: certificates for one purpose are not for documents.
  const purposes = extendedKeyUsage ?? [OID.documentSigning];
  if (signs && [OID.documentSigning, OID.emailProtection].some((one) => purposes.includes(one))) return;
  throw new SigningError('CERT_KEY_USAGE', 'the certificate is not one that signs documents');
}

/** @param below how many authorities stand between it and the signer */
function checkAuthority({ basicConstraints, keyUsage = 0 }: Certificate, below: number): void {
  const within = below <= (basicConstraints?.pathLength ?? LONGEST_CHAIN);
  if (basicConstraints?.ca === true && within && (keyUsage & KEY_USAGE.keyCertSign) !== 0) return;
  throw new SigningError(
    'CERT_KEY_USAGE',
    'an issuing certificate is not that of an authority, or not for so long a chain',
  );
}

function holderOf(subject: DistinguishedName): Holder {
  const name = nameValue(subject, OID.commonName) ?? '';
  const units = subject.attributes.filter(({ type }) => type === OID.organizationalUnit);
  const school = units.at(-1)?.value ?? nameValue(subject, OID.organization) ?? '';
  if (![name, school].every(isPlainText))
    refuse('its name, or that of the school, is missing or not plain text');
  if (name === school) return { kind: 'seal', name, school, demo: false };
  return { kind: 'person', role: 'unstated', name, title: '', school, demo: false };
}
