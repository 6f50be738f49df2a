/** Certificates on disk: PEM, one a file. */
import { readFile } from 'node:fs/promises';
import { parseCertificate } from '#signing/certificate.js';
import { SigningError } from '#signing/errors.js';
import { isErrno, writeNewFile } from './private-file.js';

const PEM = /^-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----\r?\n?$/;

/** PEM text (RFC 7468) of a certificate. */
export function certificateToPem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** Writes a certificate to a new file. The file exists: CERT_FILE_MALFORMED unless it holds the same certificate. */
export async function writeCertificateFile(path: string, der: Uint8Array): Promise<void> {
  if (await writeNewFile(path, certificateToPem(der))) return;
  const present = await readCertificateFile(path);
  if (Buffer.compare(present, der) !== 0) {
    throw new SigningError('CERT_FILE_MALFORMED', `${path} holds another certificate; it is not overwritten`);
  }
}

/** DER of the one certificate in a PEM file; it is parsed, so that a damaged file is found here. */
export async function readCertificateFile(path: string): Promise<Uint8Array> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isErrno(error, 'ENOENT'))
      throw new SigningError('CERT_FILE_MALFORMED', `there is no certificate file ${path}`);
    throw error;
  });
  const body = PEM.exec(text)?.[1];
  if (body === undefined)
    throw new SigningError('CERT_FILE_MALFORMED', `${path} is not one certificate in PEM`);
  return parseCertificate(new Uint8Array(Buffer.from(body, 'base64'))).der;
}
