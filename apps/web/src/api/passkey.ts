/** Has a passkey made, or a challenge signed by one, and writes the answer as the API reads it. */
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { AssertionDto, PasskeyRequestOptions } from '#contracts/assertions.js';
import type { CredentialDto, PasskeyCreationOptions } from '#contracts/passkeys.js';

/** Whether this browser can be asked at all: it cannot on plain HTTP at a LAN address. */
export const passkeysWork = browserSupportsWebAuthn();

/**
 * Asks the person for one of their passkeys.
 * @returns null when they cancelled, or the wait was over
 */
export async function signWithPasskey(options: PasskeyRequestOptions): Promise<AssertionDto | null> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  const made = await unlessCancelled(startAuthentication({ optionsJSON }));
  if (made === null) return null;
  const { authenticatorData, clientDataJSON, signature } = made.response;
  return { credentialId: made.id, authenticatorData, clientDataJSON, signature };
}

/**
 * Has a new passkey made.
 * @returns null when the person cancelled, or the wait was over
 * @throws AlreadyHere when this device has one already
 */
export async function makePasskey(options: PasskeyCreationOptions): Promise<CredentialDto | null> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  const made = await unlessCancelled(startRegistration({ optionsJSON }));
  if (made === null) return null;
  const { clientDataJSON, attestationObject, transports = [] } = made.response;
  return { id: made.id, clientDataJSON, attestationObject, transports };
}

/** The device holds a passkey of this person already. */
export class AlreadyHere extends Error {}

async function unlessCancelled<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') return null;
    if (name === 'InvalidStateError') throw new AlreadyHere();
    throw error;
  }
}
