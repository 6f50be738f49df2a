/** Seals small secrets (TOTP seeds) that the server must be able to read again: AES-256-GCM under the installation's key. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

export class SecretBox {
  private readonly key: Buffer;

  /** @param passphrase the installation's key passphrase */
  constructor(passphrase: string) {
    this.key = scryptSync(passphrase.normalize('NFC'), 'socai.v1/secret-box', 32, { N: 2 ** 14, r: 8, p: 1 });
  }

  /** Seals `secret` for one purpose; the purpose must be given again to open it. */
  seal(secret: string, purpose: string): string {
    return this.sealBytes(Buffer.from(secret, 'utf8'), purpose).toString('base64');
  }

  /** Opens what {@link seal} made; throws when it was changed or sealed for another purpose. */
  open(box: string, purpose: string): string {
    return this.openBytes(Buffer.from(box, 'base64'), purpose).toString('utf8');
  }

  /** As {@link seal}, for files: nonce ‖ tag ‖ what is sealed. */
  sealBytes(secret: Uint8Array, purpose: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(purpose));
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  /** Opens what {@link sealBytes} made; throws as {@link open} does. */
  openBytes(box: Uint8Array, purpose: string): Buffer {
    const bytes = Buffer.from(box);
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
  }
}
