/** Has a passkey sign a challenge, and writes its answer as the API reads it. */
import type { AssertionDto, PasskeyRequestOptions } from '#contracts/assertions.js';

/** Whether this browser can be asked at all: it cannot on plain HTTP at a LAN address. */
export const passkeysWork = typeof PublicKeyCredential === 'function' && 'credentials' in navigator;

/**
 * Asks the person for one of their passkeys.
 * @returns null when they cancelled, or the wait was over
 */
export async function signWithPasskey(options: PasskeyRequestOptions): Promise<AssertionDto | null> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: bytesOf(options.challenge),
    rpId: options.rpId,
    allowCredentials: options.allowCredentials.map(({ id, transports }) => ({
      id: bytesOf(id),
      type: 'public-key',
      transports: transports as AuthenticatorTransport[],
    })),
    userVerification: options.userVerification,
    timeout: options.timeout,
  };
  const credential = await navigator.credentials.get({ publicKey }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'NotAllowedError') return null;
    throw error;
  });
  if (!(credential instanceof PublicKeyCredential)) return null;
  const { response } = credential;
  if (!(response instanceof AuthenticatorAssertionResponse)) return null;
  return {
    credentialId: credential.id,
    authenticatorData: textOf(response.authenticatorData),
    clientDataJSON: textOf(response.clientDataJSON),
    signature: textOf(response.signature),
  };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
