/**
 * Private keys encrypted under a passphrase that a person chose: PKCS#8 (RFC 5958) with PBES2 (RFC 8018), scrypt (RFC
 * 7914) and AES-256-CBC. Node can read this form and `openssl pkey` too, but Node cannot write it: its own export
 * derives the key by 2,048 rounds of PBKDF2, which a graphics card tries millions of times a second.
 */
import { createCipheriv, randomBytes, scrypt, type KeyObject } from 'node:crypto';

/** What `openssl pkcs8 -scrypt` writes: 16 MiB and about 50 ms a try. OpenSSL opens no more than 32 MiB. */
const COST = { N: 16_384, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const IV_BYTES = 16;

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const OCTET_STRING = 0x04;
/** Object identifiers, encoded. */
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex');
const SCRYPT = Buffer.from('06092b06010401da47040b', 'hex');
const AES_256_CBC = Buffer.from('060960864801650304012a', 'hex');

/** The key as "-----BEGIN ENCRYPTED PRIVATE KEY-----". */
export async function encryptedPem(key: KeyObject, passphrase: string): Promise<string> {
  const [salt, iv] = [randomBytes(SALT_BYTES), randomBytes(IV_BYTES)];
  const cipher = createCipheriv('aes-256-cbc', await derive(passphrase, salt), iv);
  const plain = key.export({ type: 'pkcs8', format: 'der' });
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  plain.fill(0);
  const { N, r, p } = COST;
  const derivation = der(
    SEQUENCE,
    SCRYPT,
    der(SEQUENCE, der(OCTET_STRING, salt), integer(N), integer(r), integer(p)),
  );
  const encryption = der(SEQUENCE, AES_256_CBC, der(OCTET_STRING, iv));
  const algorithm = der(SEQUENCE, PBES2, der(SEQUENCE, derivation, encryption));
  const base64 = der(SEQUENCE, algorithm, der(OCTET_STRING, encrypted)).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return ['-----BEGIN ENCRYPTED PRIVATE KEY-----', ...lines, '-----END ENCRYPTED PRIVATE KEY-----', ''].join(
    '\n',
  );
}

function derive(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase, salt, KEY_BYTES, { ...COST, maxmem: 64 * 1024 * 1024 }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** Tag, length and value; a key file's parts are shorter than 64 KiB. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const { length } = Buffer.concat(parts);
  const head =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), ...parts]);
}

/** A positive number: a first byte of 0 where it would read as negative. */
function integer(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff);
  if ((bytes[0] ?? 0) >= 0x80) bytes.unshift(0);
  return der(INTEGER, Buffer.from(bytes));
}
