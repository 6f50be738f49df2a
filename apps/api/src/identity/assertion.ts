/**
 * Checks a passkey's assertion (WebAuthn Level 3 § 7.2), the same way when somebody signs and when audit looks again:
 * first what was signed, so that the fault has a name, then the signature, by the library, offline.
 */
import { verifyAuthenticationResponse } from '@simplewebauthn/server';
import {
  decodeClientDataJSON,
  isoBase64URL,
  isoUint8Array,
  parseAuthenticatorData,
  toHash,
} from '@simplewebauthn/server/helpers';

/** An assertion as it is sent and kept; each part base64url. */
export interface Assertion {
  readonly credentialId: string;
  readonly authenticatorData: string;
  readonly clientDataJSON: string;
  readonly signature: string;
}

/** Why an assertion is not taken. Closed: audit has words for each. */
export type AssertionFault =
  | 'UNREADABLE'
  | 'NOT_AN_ASSERTION'
  | 'CHALLENGE'
  | 'ORIGIN'
  | 'RELYING_PARTY'
  | 'USER_VERIFICATION'
  | 'SIGNATURE'
  | 'COUNTER';

export interface ExpectedAssertion {
  /** base64url. */
  readonly challenge: string;
  readonly rpId: string;
  readonly accepts: (origin: string) => boolean;
  readonly key: {
    readonly id: string;
    /** COSE_Key, base64url. */
    readonly publicKey: string;
    /** What it showed last. */
    readonly counter: number;
  };
}

export type CheckedAssertion =
  { readonly fault: AssertionFault } | { readonly fault: null; readonly counter: number };

type Signed = {
  readonly client: ReturnType<typeof decodeClientDataJSON>;
  readonly data: ReturnType<typeof parseAuthenticatorData>;
};

/** What is wrong with the assertion; its counter when nothing is. Never throws. */
export async function checkAssertion(
  assertion: Assertion,
  expected: ExpectedAssertion,
): Promise<CheckedAssertion> {
  const signed = read(assertion);
  if (signed === undefined) return { fault: 'UNREADABLE' };
  const { client, data } = signed;
  if (client.type !== 'webauthn.get') return { fault: 'NOT_AN_ASSERTION' };
  if (client.challenge !== expected.challenge) return { fault: 'CHALLENGE' };
  if (!expected.accepts(client.origin) || client.crossOrigin === true) return { fault: 'ORIGIN' };
  const rpIdHash = await toHash(expected.rpId);
  if (!isoUint8Array.areEqual(data.rpIdHash, rpIdHash)) return { fault: 'RELYING_PARTY' };
  if (!data.flags.up || !data.flags.uv) return { fault: 'USER_VERIFICATION' };
  if (!(await isSigned(assertion, expected, client.origin))) return { fault: 'SIGNATURE' };
  // After the signature: only its holder can make a key look cloned (WebAuthn § 6.1.1).
  const counts = data.counter > 0 || expected.key.counter > 0;
  if (counts && data.counter <= expected.key.counter) return { fault: 'COUNTER' };
  return { fault: null, counter: data.counter };
}

function read({ clientDataJSON, authenticatorData }: Assertion): Signed | undefined {
  try {
    return {
      client: decodeClientDataJSON(clientDataJSON),
      data: parseAuthenticatorData(isoBase64URL.toBuffer(authenticatorData)),
    };
  } catch {
    return undefined;
  }
}

async function isSigned(assertion: Assertion, expected: ExpectedAssertion, origin: string): Promise<boolean> {
  const { credentialId: id, authenticatorData, clientDataJSON, signature } = assertion;
  const { key, rpId, challenge } = expected;
  try {
    const { verified } = await verifyAuthenticationResponse({
      response: {
        ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
        response: { authenticatorData, clientDataJSON, signature },
      },
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      credential: { id: key.id, publicKey: isoBase64URL.toBuffer(key.publicKey), counter: 0 },
    });
    return verified && id === key.id;
  } catch {
    return false;
  }
}
