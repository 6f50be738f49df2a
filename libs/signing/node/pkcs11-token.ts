/**
 * A token behind PKCS#11 (a smart card, a USB token, an HSM, SoftHSM): a session that a PIN opened, and the keys in it. Keys
 * never leave the token; it is asked to sign digests.
 */
import type * as Pkcs11Js from 'pkcs11js';
import type { PKCS11 } from 'pkcs11js';
import { createHash, createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import { parseCertificate } from '#signing/certificate.js';
import { SigningError, type SigningErrorCode } from '#signing/errors.js';

type Binding = typeof Pkcs11Js;
type Handle = Buffer;

/** Where a token is, and what opens it. */
export interface TokenAccess {
  /** Path of the maker's PKCS#11 module, for example /usr/lib/softhsm/libsofthsm2.so. */
  readonly module: string;
  /** The label of the token. */
  readonly token: string;
  readonly pin: string;
}

export type TokenKeyKind = 'p256' | 'rsa';

/** A private key in the token. */
export interface TokenKey {
  readonly kind: TokenKeyKind;
  readonly publicKey: KeyObject;
  readonly handle: Handle;
  /** Asks for the PIN before each signature. */
  readonly alwaysAuthenticate: boolean;
}

/** DER of the named curve prime256v1. */
const P256 = Buffer.from('06082a8648ce3d030107', 'hex');
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');
const POINT_BYTES = 65;
const RSA_BITS = 2048;
const RSA_EXPONENT = Buffer.from('010001', 'hex');

/** Modules that this process has loaded: PKCS#11 allows one C_Initialize a process. */
const loaded = new Map<string, Promise<{ library: PKCS11; js: Binding }>>();

export class Pkcs11Token {
  private constructor(
    private readonly access: TokenAccess,
    private readonly library: PKCS11,
    private readonly js: Binding,
    private session: Handle,
  ) {}

  /**
   * Opens a session and gives the PIN; once: a token counts wrong ones and locks itself.
   * TOKEN_MODULE: no such module, or not one; TOKEN_MISSING: no token of this label is in; TOKEN_PIN, TOKEN_PIN_LOCKED.
   */
  static async open(access: TokenAccess): Promise<Pkcs11Token> {
    const { library, js } = await load(access.module);
    return new Pkcs11Token(access, library, js, openSession(library, js, access));
  }

  /** Opens the session again, after the token was taken out and put back. Keys must be looked for anew. */
  reopen(): void {
    this.session = openSession(this.library, this.js, this.access);
  }

  /** Ends the session; the PIN is needed again. */
  close(): void {
    attempt('closing the token', () => {
      this.library.C_CloseSession(this.session);
    });
  }

  /** The private key of a public one, whatever its label. Not there: TOKEN_KEY_MISSING. */
  keyOf(spkiSha256: Uint8Array): TokenKey {
    const found = this.keys({}).find(({ publicKey }) => spkiHash(publicKey).equals(spkiSha256));
    return found ?? this.missing('whose certificate this is');
  }

  /** The private key of a label; undefined where there is none. */
  labelled(label: string): TokenKey | undefined {
    return this.keys({ label })[0];
  }

  /** Makes a key pair that cannot leave the token. */
  make(label: string, kind: TokenKeyKind): TokenKey {
    const { js } = this;
    const id = randomBytes(16);
    const common = [
      { type: js.CKA_TOKEN, value: true },
      { type: js.CKA_ID, value: id },
      { type: js.CKA_LABEL, value: label },
    ];
    const publicPart = [
      ...common,
      { type: js.CKA_VERIFY, value: true },
      ...(kind === 'p256'
        ? [{ type: js.CKA_EC_PARAMS, value: P256 }]
        : [
            { type: js.CKA_MODULUS_BITS, value: RSA_BITS },
            { type: js.CKA_PUBLIC_EXPONENT, value: RSA_EXPONENT },
          ]),
    ];
    const privatePart = [
      ...common,
      { type: js.CKA_SIGN, value: true },
      { type: js.CKA_PRIVATE, value: true },
      { type: js.CKA_SENSITIVE, value: true },
      { type: js.CKA_EXTRACTABLE, value: false },
    ];
    const mechanism = kind === 'p256' ? js.CKM_EC_KEY_PAIR_GEN : js.CKM_RSA_PKCS_KEY_PAIR_GEN;
    attempt('making a key', () =>
      this.library.C_GenerateKeyPair(this.session, { mechanism }, publicPart, privatePart),
    );
    return this.keys({ id })[0] ?? this.missing('just made');
  }

  /**
   * Signs with a key: for P-256 the digest itself (r ‖ s comes back), for RSA what is padded.
   * TOKEN_MISSING where the token was taken out.
   */
  async sign(key: TokenKey, data: Buffer): Promise<Buffer> {
    const { js, library, session } = this;
    const mechanism = key.kind === 'p256' ? js.CKM_ECDSA : js.CKM_RSA_PKCS;
    const room = Buffer.alloc(512);
    attempt('signing', () => {
      library.C_SignInit(session, { mechanism }, key.handle);
      if (key.alwaysAuthenticate) library.C_Login(session, js.CKU_CONTEXT_SPECIFIC, this.access.pin);
    });
    return library.C_SignAsync(session, data, room).catch((error: unknown) => {
      throw tokenError('signing', error);
    });
  }

  /** Keys whose public half stands beside them, as a public key or in a certificate. */
  private keys(where: { readonly label?: string; readonly id?: Buffer }): TokenKey[] {
    const { js } = this;
    const narrowed = [
      ...(where.label === undefined ? [] : [{ type: js.CKA_LABEL, value: where.label }]),
      ...(where.id === undefined ? [] : [{ type: js.CKA_ID, value: where.id }]),
    ];
    return attempt('looking for a key', () =>
      this.find([{ type: js.CKA_CLASS, value: js.CKO_PRIVATE_KEY }, ...narrowed]).flatMap((handle) => {
        const publicKey = this.publicHalf(this.read(handle, js.CKA_ID));
        const kind = publicKey === undefined ? undefined : kindOf(publicKey);
        if (publicKey === undefined || kind === undefined) return [];
        const asks = this.read(handle, js.CKA_ALWAYS_AUTHENTICATE);
        return [{ kind, publicKey, handle, alwaysAuthenticate: asks?.[0] === 1 }];
      }),
    );
  }

  private publicHalf(id: Buffer | undefined): KeyObject | undefined {
    const { js } = this;
    if (id === undefined || id.length === 0) return undefined;
    const ofClass = (value: number) =>
      this.find([
        { type: js.CKA_CLASS, value },
        { type: js.CKA_ID, value: id },
      ]);
    for (const handle of ofClass(js.CKO_PUBLIC_KEY)) {
      const key = this.readPublicKey(handle);
      if (key !== undefined) return key;
    }
    for (const handle of ofClass(js.CKO_CERTIFICATE)) {
      const key = certified(this.read(handle, js.CKA_VALUE));
      if (key !== undefined) return key;
    }
    return undefined;
  }

  private readPublicKey(handle: Handle): KeyObject | undefined {
    const { js } = this;
    const [modulus, exponent] = [
      this.read(handle, js.CKA_MODULUS),
      this.read(handle, js.CKA_PUBLIC_EXPONENT),
    ];
    if (modulus !== undefined && exponent !== undefined && modulus.length > 0) {
      const jwk = { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') };
      return createPublicKey({ key: jwk, format: 'jwk' });
    }
    if (this.read(handle, js.CKA_EC_PARAMS)?.equals(P256) !== true) return undefined;
    // An OCTET STRING around the point says the standard; some tokens leave it out.
    const point = this.read(handle, js.CKA_EC_POINT)?.subarray(-POINT_BYTES);
    if (point?.length !== POINT_BYTES) return undefined;
    return createPublicKey({ key: Buffer.concat([SPKI_HEAD, point]), format: 'der', type: 'spki' });
  }

  /** An attribute; undefined where the object has none such. */
  private read(handle: Handle, type: number): Buffer | undefined {
    try {
      const [found] = this.library.C_GetAttributeValue(this.session, handle, [{ type }]);
      return found?.value;
    } catch (error) {
      if (SESSION_LOST.has(codeName(error))) throw error;
      return undefined;
    }
  }

  private find(template: Parameters<PKCS11['C_FindObjectsInit']>[1]): Handle[] {
    const { library, session } = this;
    library.C_FindObjectsInit(session, template);
    const found: Handle[] = [];
    try {
      for (let more = library.C_FindObjects(session, 64); more.length > 0;) {
        found.push(...more);
        more = library.C_FindObjects(session, 64);
      }
    } finally {
      library.C_FindObjectsFinal(session);
    }
    return found;
  }

  private missing(which: string): never {
    const why = `token "${this.access.token}" has no key ${which}: is the right token in?`;
    throw new SigningError('TOKEN_KEY_MISSING', why);
  }
}

function kindOf(key: KeyObject): TokenKeyKind | undefined {
  if (key.asymmetricKeyType === 'rsa') return 'rsa';
  return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'p256' : undefined;
}

function spkiHash(key: KeyObject): Buffer {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

function certified(der: Buffer | undefined): KeyObject | undefined {
  if (der === undefined) return undefined;
  try {
    const { publicKey } = parseCertificate(new Uint8Array(der));
    if (publicKey.kind === 'p256') {
      const spki = Buffer.concat([SPKI_HEAD, publicKey.point]);
      return createPublicKey({ key: spki, format: 'der', type: 'spki' });
    }
    if (publicKey.kind !== 'rsa') return undefined;
    const text = (octets: Uint8Array) => Buffer.from(octets).toString('base64url');
    const jwk = { kty: 'RSA', n: text(publicKey.modulus), e: text(publicKey.exponent) };
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    // A token holds other people's certificates too; one that we cannot read is not the one looked for.
    return undefined;
  }
}

function load(path: string): Promise<{ library: PKCS11; js: Binding }> {
  let module = loaded.get(path);
  if (module === undefined) {
    module = initialize(path);
    loaded.set(path, module);
    module.catch(() => loaded.delete(path));
  }
  return module;
}

async function initialize(path: string): Promise<{ library: PKCS11; js: Binding }> {
  // Loaded when a token is asked for: the binding is native code, which an installation without tokens does not need.
  const js = await import('pkcs11js').then(
    (found) => (found as unknown as { default?: Binding }).default ?? found,
    (cause: unknown) => {
      const why = 'the PKCS#11 binding (pkcs11js) was not built for this machine: install the package again';
      throw new SigningError('TOKEN_MODULE', why, { cause });
    },
  );
  const library = new js.PKCS11();
  try {
    library.load(path);
    library.C_Initialize();
  } catch (error) {
    if (codeName(error) !== 'CKR_CRYPTOKI_ALREADY_INITIALIZED') {
      throw new SigningError('TOKEN_MODULE', `${path} cannot be used as a PKCS#11 module: ${said(error)}`, {
        cause: error,
      });
    }
  }
  return { library, js };
}

function openSession(library: PKCS11, js: Binding, { token, pin }: TokenAccess): Handle {
  return attempt('opening the token', () => {
    const slot = library
      .C_GetSlotList(true)
      .find((one) => library.C_GetTokenInfo(one).label.trim() === token);
    if (slot === undefined) {
      throw new SigningError('TOKEN_MISSING', `there is no token "${token}": put it in, or name another`);
    }
    const session = library.C_OpenSession(slot, js.CKF_SERIAL_SESSION | js.CKF_RW_SESSION);
    try {
      library.C_Login(session, js.CKU_USER, pin);
    } catch (error) {
      if (codeName(error) !== 'CKR_USER_ALREADY_LOGGED_IN') {
        library.C_CloseSession(session);
        throw error;
      }
    }
    return session;
  });
}

/** What a module answers when the token, or its session, is gone. */
const SESSION_LOST: ReadonlySet<string> = new Set([
  'CKR_DEVICE_REMOVED',
  'CKR_SESSION_CLOSED',
  'CKR_SESSION_HANDLE_INVALID',
  'CKR_TOKEN_NOT_PRESENT',
  'CKR_TOKEN_NOT_RECOGNIZED',
  'CKR_SLOT_ID_INVALID',
  'CKR_USER_NOT_LOGGED_IN',
  'CKR_OBJECT_HANDLE_INVALID',
  'CKR_KEY_HANDLE_INVALID',
]);

const PIN_WRONG: ReadonlySet<string> = new Set(['CKR_PIN_INCORRECT', 'CKR_PIN_INVALID', 'CKR_PIN_LEN_RANGE']);
const PIN_LOCKED: ReadonlySet<string> = new Set(['CKR_PIN_LOCKED', 'CKR_PIN_EXPIRED']);

function attempt<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw tokenError(what, error);
  }
}

function tokenError(what: string, error: unknown): SigningError {
  if (error instanceof SigningError) return error;
  const name = codeName(error);
  const [code, why]: [SigningErrorCode, string] = SESSION_LOST.has(name)
    ? ['TOKEN_MISSING', 'the token was taken out, or its session ended']
    : PIN_WRONG.has(name)
      ? ['TOKEN_PIN', 'the PIN is wrong; after a few wrong ones the token locks itself']
      : PIN_LOCKED.has(name)
        ? ['TOKEN_PIN_LOCKED', 'the token is locked after wrong PINs: its issuer unlocks it']
        : ['TOKEN_FAILED', `the token answered ${said(error)}`];
  return new SigningError(code, `${what}: ${why}`, { cause: error });
}

/** "CKR_…" of the binding's errors; "" of any other. */
function codeName(error: unknown): string {
  return /CKR_[A-Z_]+/.exec(error instanceof Error ? error.message : '')?.[0] ?? '';
}

function said(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
