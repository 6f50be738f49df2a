/** A signer whose key is in a PKCS#11 token: the token sees digests, and gives back signatures. */
import { createHash } from 'node:crypto';
import { parseCertificate } from '#signing/certificate.js';
import { SigningError } from '#signing/errors.js';
import { DIGEST_INFO } from '#signing/rsa.js';
import type { Signer } from '#signing/signer.js';
import type { Pkcs11Token, TokenKey } from './pkcs11-token.js';

export class Pkcs11Signer implements Signer {
  readonly certificateChain: readonly Uint8Array[];
  private key: TokenKey;
  private readonly spkiSha256: Uint8Array;
  /** A session signs one thing at a time. */
  private last: Promise<unknown> = Promise.resolve();

  /** `certificateChain`: own certificate first. Its key is not in the token: TOKEN_KEY_MISSING. */
  constructor(
    private readonly token: Pkcs11Token,
    certificateChain: readonly Uint8Array[],
  ) {
    const [own] = certificateChain;
    if (own === undefined) throw new SigningError('CERT_CHAIN', 'the signer has no certificate');
    this.spkiSha256 = parseCertificate(own).spkiSha256;
    this.key = token.keyOf(this.spkiSha256);
    this.certificateChain = certificateChain;
  }

  /** TOKEN_MISSING: the token is out and was not put back; TOKEN_FAILED. */
  sign(toBeSigned: Uint8Array): Promise<Uint8Array> {
    const signed = this.last.then(() => this.signNext(toBeSigned));
    this.last = signed.catch(() => undefined);
    return signed;
  }

  private async signNext(toBeSigned: Uint8Array): Promise<Uint8Array> {
    // Hashed here: tokens differ in which combined mechanisms they know, and all know the plain ones.
    const digest = createHash('sha256').update(toBeSigned).digest();
    const data = this.key.kind === 'p256' ? digest : Buffer.concat([DIGEST_INFO, digest]);
    try {
      return new Uint8Array(await this.token.sign(this.key, data));
    } catch (error) {
      if (!(error instanceof SigningError) || error.code !== 'TOKEN_MISSING') throw error;
    }
    // Taken out and put back since: one new session, then the answer is an error.
    this.token.reopen();
    this.key = this.token.keyOf(this.spkiSha256);
    return new Uint8Array(await this.token.sign(this.key, data));
  }
}
