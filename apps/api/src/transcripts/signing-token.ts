/**
 * The installation's PKCS#11 token, where one is configured: it holds the seals of the schools (a key labelled
 * "<school>/seal" each), and the key of any imported certificate that is found in it.
 */
import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SigningError, type SigningErrorCode } from '#signing/errors.js';
import type { Signer } from '#signing/signer.js';
import { Pkcs11Signer } from '#signing-node/pkcs11-signer.js';
import { Pkcs11Token } from '#signing-node/pkcs11-token.js';
import { Problem } from '../http/problem.js';
import { InstallationSettings } from '../installation.module.js';

const WORDS: Partial<Record<SigningErrorCode, string>> = {
  TOKEN_MODULE: 'Không mở được chương trình PKCS#11 đã cấu hình. Hãy xem lại SOCAI_PKCS11_MODULE.',
  TOKEN_MISSING: 'Không thấy thiết bị kí số. Hãy cắm thiết bị vào máy chủ rồi làm lại.',
  TOKEN_PIN: 'Mã PIN của thiết bị kí số không đúng; nhập sai vài lần thiết bị sẽ tự khóa.',
  TOKEN_PIN_LOCKED: 'Thiết bị kí số đã khóa vì nhập sai PIN. Hãy nhờ nơi cấp mở khóa.',
  TOKEN_KEY_MISSING: 'Thiết bị kí số không có khóa của chứng thư này. Có đúng thiết bị không?',
  TOKEN_FAILED: 'Thiết bị kí số báo lỗi. Hãy rút ra, cắm lại rồi làm lại.',
};

@Injectable()
export class SigningToken implements OnApplicationShutdown {
  private opened: Promise<Pkcs11Token> | undefined;

  constructor(private readonly settings: InstallationSettings) {}

  get isConfigured(): boolean {
    return this.settings.config.signingToken !== undefined;
  }

  async onApplicationShutdown(): Promise<void> {
    const token = await this.opened?.catch(() => undefined);
    try {
      token?.close();
    } catch {
      // A token that was taken out has no session to close.
    }
  }

  /** The public half of a school's seal; made in the token when it has none. @throws Problem TOKEN_UNAVAILABLE */
  sealKey(slug: string): Promise<KeyObject> {
    const label = `${slug}/seal`;
    return asProblem(async () => {
      const token = await this.token();
      return (token.labelled(label) ?? token.make(label, 'p256')).publicKey;
    });
  }

  /** Whether the key of a certificate is in the token. @throws Problem TOKEN_UNAVAILABLE */
  holds(spkiSha256: Uint8Array): Promise<boolean> {
    return asProblem(async () => {
      if (!this.isConfigured) return false;
      try {
        return (await this.token()).keyOf(spkiSha256).publicKey.type === 'public';
      } catch (error) {
        if (error instanceof SigningError && error.code === 'TOKEN_KEY_MISSING') return false;
        throw error;
      }
    });
  }

  /** Signs with the key of the certificate that begins the chain. @throws Problem TOKEN_UNAVAILABLE, then and at each signature */
  signer(chain: readonly Uint8Array[]): Promise<Signer> {
    return asProblem(async () => {
      const signer = new Pkcs11Signer(await this.token(), chain);
      return { certificateChain: chain, sign: (bytes) => asProblem(() => signer.sign(bytes)) };
    });
  }

  private token(): Promise<Pkcs11Token> {
    this.opened ??= this.open();
    // A wrong PIN, or a token that is not in, is looked at again the next time somebody asks.
    this.opened.catch(() => (this.opened = undefined));
    return this.opened;
  }

  private async open(): Promise<Pkcs11Token> {
    const { signingToken } = this.settings.config;
    if (signingToken === undefined) throw new SigningError('TOKEN_MISSING', 'no token is configured');
    const { module, label: token, pinFile } = signingToken;
    const [pin = ''] = (await readFile(pinFile, 'utf8')).split(/\r?\n/);
    return Pkcs11Token.open({ module, token, pin });
  }
}

async function asProblem<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const words = error instanceof SigningError ? WORDS[error.code] : undefined;
    if (words === undefined) throw error;
    throw new Problem('TOKEN_UNAVAILABLE', words);
  }
}
