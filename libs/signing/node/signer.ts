/** A signer whose key is in a file on this machine. */
import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { sameBytes } from '#signing/bytes.js';
import { parseCertificate } from '#signing/certificate.js';
import { SigningError } from '#signing/errors.js';
import type { Signer } from '#signing/signer.js';
import { nodeProvider } from './node-provider.js';
import { loadKeyFile } from './key-file.js';

export class KeyFileSigner implements Signer {
  readonly #key: KeyObject;
  readonly certificateChain: readonly Uint8Array[];

  /** `certificateChain`: own certificate first. Another key than the certificate's: KEY_MISMATCH. */
  constructor(privateKey: KeyObject, certificateChain: readonly Uint8Array[]) {
    const [own] = certificateChain;
    const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
    const certificate = own === undefined ? undefined : parseCertificate(own);
    if (
      certificate === undefined ||
      certificate.publicKey.kind === 'other' ||
      !sameBytes(nodeProvider.sha256(spki), certificate.spkiSha256)
    ) {
      throw new SigningError(
        'KEY_MISMATCH',
        'the private key is not the one of the certificate that begins the chain',
      );
    }
    this.#key = privateKey;
    this.certificateChain = certificateChain;
  }

  /** Opens the key file at `path` (errors as loadKeyFile) for the certificate that begins the chain. */
  static async open(
    path: string,
    passphrase: string,
    certificateChain: readonly Uint8Array[],
  ): Promise<KeyFileSigner> {
    return new KeyFileSigner(await loadKeyFile(path, passphrase), certificateChain);
  }

  sign(toBeSigned: Uint8Array): Promise<Uint8Array> {
    // The encoding matters to ECDSA alone; RSA signs as PKCS #1 v1.5.
    const signature = sign('sha256', toBeSigned, { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return Promise.resolve(new Uint8Array(signature));
  }
}
