/**
 * The text of an encrypted private key: PKCS#8 under AES-256-GCM, whose key argon2id (RFC 9106) stretches out of a
 * passphrase. Everything that stands above the ciphertext is authenticated with it, and only one form of it is read.
 *
 *   -----BEGIN SOCAI ENCRYPTED PRIVATE KEY-----
 *   Version: 1
 *   Key: p256
 *   Kdf: argon2id m=65536 t=3 p=1
 *   Salt: 16 bytes, base64
 *   Nonce: 12 bytes, base64
 *
 *   ciphertext and tag, base64 in lines of 64
 *   -----END SOCAI ENCRYPTED PRIVATE KEY-----
 */
import { hashRaw } from '@node-rs/argon2';
import { createCipheriv, createDecipheriv, createPrivateKey, randomBytes, type KeyObject } from 'node:crypto';

export type KeyKind = 'p256' | 'ed25519';

/** Memory in KiB, and passes. */
interface Cost {
  readonly memory: number;
  readonly passes: number;
}

/**
 * The two costs there are. A reader takes no other: a file cannot ask for less than its maker paid, nor for all the memory.
 * 256 random bits need no stretching, and a server that opens thirty keys at its start would feel it; a person's PIN does.
 */
const COSTS = {
  random: { memory: 19_456, passes: 2 },
  person: { memory: 65_536, passes: 3 },
} as const satisfies Record<string, Cost>;

/** What an installation makes for itself: 32 random bytes or more, in base64url. */
const RANDOM_PASSPHRASE = /^[A-Za-z0-9_-]{43,}$/;

const LABEL = 'SOCAI ENCRYPTED PRIVATE KEY';
const CIPHER = 'aes-256-gcm';
const TAG_BYTES = 16;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;

const TEXT = new RegExp(
  `^(?<header>-----BEGIN ${LABEL}-----\n` +
    'Version: 1\n' +
    'Key: (?<kind>p256|ed25519)\n' +
    'Kdf: argon2id m=(?<memory>[1-9][0-9]{0,6}) t=(?<passes>[1-9]) p=1\n' +
    'Salt: (?<salt>[A-Za-z0-9+/]{22}==)\n' +
    'Nonce: (?<nonce>[A-Za-z0-9+/]{16})\n' +
    '\n)' +
    '(?<body>(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{1,64}={0,2}\n)' +
    `-----END ${LABEL}-----\n$`,
);

/** What the text says before it is opened. */
export interface SealedKey {
  readonly kind: KeyKind;
  readonly cost: Cost;
  readonly salt: Buffer;
  readonly nonce: Buffer;
  readonly header: string;
  /** Ciphertext and tag. */
  readonly body: Buffer;
}

/** The text of a P-256 or Ed25519 private key that opens with `passphrase`. */
export async function sealKey(key: KeyObject, passphrase: string): Promise<string> {
  const { memory, passes } = RANDOM_PASSPHRASE.test(passphrase) ? COSTS.random : COSTS.person;
  const [salt, nonce] = [randomBytes(SALT_BYTES), randomBytes(NONCE_BYTES)];
  const header = [
    `-----BEGIN ${LABEL}-----`,
    'Version: 1',
    `Key: ${key.asymmetricKeyType === 'ed25519' ? 'ed25519' : 'p256'}`,
    `Kdf: argon2id m=${String(memory)} t=${String(passes)} p=1`,
    `Salt: ${salt.toString('base64')}`,
    `Nonce: ${nonce.toString('base64')}`,
    '',
    '',
  ].join('\n');
  const cipher = createCipheriv(CIPHER, await stretch(passphrase, { memory, passes }, salt), nonce);
  cipher.setAAD(Buffer.from(header));
  const secret = key.export({ type: 'pkcs8', format: 'der' });
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  secret.fill(0);
  return header + lines(sealed) + `-----END ${LABEL}-----\n`;
}

/** Reads the text without opening it; undefined where it is anything but what sealKey writes. */
export function parseSealedKey(text: string): SealedKey | undefined {
  const groups = TEXT.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { header = '', kind, salt = '', nonce = '', body = '' } = groups;
  const cost = Object.values(COSTS).find(
    ({ memory, passes }) => String(memory) === groups['memory'] && String(passes) === groups['passes'],
  );
  const sealed: Omit<SealedKey, 'cost'> = {
    kind: kind as KeyKind,
    salt: Buffer.from(salt, 'base64'),
    nonce: Buffer.from(nonce, 'base64'),
    header,
    body: Buffer.from(body.replaceAll('\n', ''), 'base64'),
  };
  // Base64 has bits that decode to nothing, and lines may be cut otherwise: only the form that is written is read.
  const canonical =
    sealed.salt.toString('base64') === salt && lines(sealed.body) === body && sealed.body.length > TAG_BYTES;
  return canonical && cost !== undefined ? { ...sealed, cost } : undefined;
}

/** The private key; undefined where the passphrase is another, or one bit of the text was changed. */
export async function openSealedKey(sealed: SealedKey, passphrase: string): Promise<KeyObject | undefined> {
  const key = await stretch(passphrase, sealed.cost, sealed.salt);
  const decipher = createDecipheriv(CIPHER, key, sealed.nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(sealed.header));
  decipher.setAuthTag(sealed.body.subarray(-TAG_BYTES));
  let secret: Buffer;
  try {
    secret = Buffer.concat([decipher.update(sealed.body.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
  const opened = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
  secret.fill(0);
  return opened;
}

/** argon2id is the library's default; a test holds it to a known answer. The same letters typed on any keyboard: NFC. */
function stretch(passphrase: string, { memory, passes }: Cost, salt: Buffer): Promise<Buffer> {
  const options = { memoryCost: memory, timeCost: passes, parallelism: 1, outputLen: 32, salt };
  return hashRaw(passphrase.normalize('NFC'), options);
}

function lines(bytes: Buffer): string {
  return (bytes.toString('base64').match(/.{1,64}/g) ?? []).map((line) => `${line}\n`).join('');
}
