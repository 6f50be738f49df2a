/** Revocation lists as authorities publish them: PEM or DER. */
import { readFile } from 'node:fs/promises';
import { parseRevocationList } from '#signing/revocation-list.js';

const PEM = /^-----BEGIN X509 CRL-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END X509 CRL-----\s*$/;

/** DER of what a file of either form holds. */
export function revocationListDer(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1').trimStart();
  const body = PEM.exec(text)?.[1];
  return body === undefined ? bytes : new Uint8Array(Buffer.from(body, 'base64'));
}

/** DER of the list in a file; it is parsed, so that a damaged file is found here. @throws SigningError CRL_*, DER_* */
export async function readRevocationListFile(path: string): Promise<Uint8Array> {
  const der = revocationListDer(new Uint8Array(await readFile(path)));
  parseRevocationList(der);
  return der;
}
