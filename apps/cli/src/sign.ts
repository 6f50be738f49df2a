/**
 * `socai sign`: signing what a server sent out to be signed, on the signer's own machine, with a key file opened by a PIN
 * or with a PKCS#11 token. It says what it signs, and signs nothing but a document's signed attributes under the signer's
 * own certificate.
 */
import { createHash, createPublicKey } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseCertificate, type Certificate } from '#signing/certificate.js';
import { assembleCms } from '#signing/cms-sign.js';
import { DerReader } from '#signing/der-read.js';
import { TAG } from '#signing/der-write.js';
import { SigningError } from '#signing/errors.js';
import { schemeOf } from '#signing/signature-scheme.js';
import { parseSignedAttributes } from '#signing/signed-attributes.js';
import type { Signer } from '#signing/signer.js';
import { createKeyFile, loadKeyFile } from '#signing-node/key-file.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { Pkcs11Signer } from '#signing-node/pkcs11-signer.js';
import { Pkcs11Token } from '#signing-node/pkcs11-token.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { EXIT, type CommandIo } from './io.js';
import { parseOptions, subcommandsOf, UsageError, type Options } from './options.js';

const USAGE = `usage: socai sign keygen --out KEY --pin-file PIN            a key file; prints its public key, for the authority
       socai sign batch --in FILE --out FILE --key KEY --pin-file PIN
       socai sign batch --in FILE --out FILE --module PKCS11 --token LABEL --pin-file PIN
`;

/** `socai sign <subcommand>`: 0 signed, 1 what came is not to be signed or the key does not fit, 2 usage. */
export const signCommand = subcommandsOf('sign', USAGE, { keygen, batch });

/** What of a server's answer is needed (POST /api/transcripts/batches/:id/outside, or …/batches/outside: a list). */
interface SigningRequest {
  readonly id: string;
  readonly className: string;
  readonly name: string;
  readonly title: string;
  readonly certificate: string;
  readonly documents: readonly {
    readonly transcriptId: string;
    readonly code: string;
    readonly fullName: string;
    readonly documentHash: string;
    readonly toBeSigned: string;
    readonly digest: string;
  }[];
}

async function keygen(args: readonly string[], io: CommandIo): Promise<number> {
  const options = parseOptions(args, ['out', 'pin-file']);
  try {
    const key = await createKeyFile(options['out'] ?? '', await pinOf(options));
    io.stdout.write(createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString());
    return EXIT.ok;
  } catch (error) {
    return refusal(error, io);
  }
}

async function batch(args: readonly string[], io: CommandIo): Promise<number> {
  const options = parseOptions(args, ['in', 'out', 'pin-file'], ['key', 'module', 'token']);
  const { requests, several } = readRequests(await readFile(options['in'] ?? '', 'utf8'));
  try {
    const checked = requests.map(checkedRequest);
    for (const each of checked) say(each, io);
    const signed: SignedRequest[] = [];
    let signer: Signer | undefined;
    for (const each of checked) {
      // Opened once for all of one certificate: a token does not like to be opened twice.
      const [own] = signer?.certificateChain ?? [];
      const same = own !== undefined && Buffer.compare(own, each.certificate.der) === 0;
      signer = same ? signer : await signerOf(options, each.certificate.der);
      if (signer !== undefined) signed.push(await signRequest(each, signer));
    }
    const [first] = signed;
    const out = several ? { signings: signed } : { signatures: first?.signatures };
    await writeFile(options['out'] ?? '', `${JSON.stringify(out)}\n`, { flag: 'wx' });
    for (const { id, signatures } of signed) {
      io.stdout.write(`signed ${String(signatures.length)} for POST /api/transcripts/outside/${id}\n`);
    }
    return EXIT.ok;
  } catch (error) {
    return refusal(error, io);
  }
}

/** What goes back: of several, one each. */
interface SignedRequest {
  readonly id: string;
  readonly signatures: readonly { readonly transcriptId: string; readonly signature: string }[];
}

interface CheckedRequest {
  readonly request: SigningRequest;
  readonly certificate: Certificate;
  /** What is signed, in the documents' order. */
  readonly bytes: readonly Uint8Array[];
}

function checkedRequest(request: SigningRequest): CheckedRequest {
  const certificate = parseCertificate(bytesOf(request.certificate));
  const bytes = request.documents.map((document) => checkedAttributes(document, certificate));
  return { request, certificate, bytes };
}

function say({ request: { title, name, className, documents } }: CheckedRequest, io: CommandIo): void {
  io.stderr.write(`${title} ${name}, lớp ${className}: kí ${documents.length} học bạ\n`);
  for (const { code, fullName, documentHash } of documents) {
    io.stderr.write(`  ${code}  ${fullName}  ${documentHash}\n`);
  }
}

async function signRequest(
  { request: { id, documents }, certificate, bytes }: CheckedRequest,
  signer: Signer,
): Promise<SignedRequest> {
  const signatures: { transcriptId: string; signature: string }[] = [];
  for (const [i, toBeSigned] of bytes.entries()) {
    const signature = await signer.sign(toBeSigned);
    // Checked here as the server will, so that a wrong key is found where it is.
    assembleCms({ certificate: certificate.der, toBeSigned }, signature, [certificate.der], nodeProvider);
    const transcriptId = documents[i]?.transcriptId ?? '';
    signatures.push({ transcriptId, signature: Buffer.from(signature).toString('base64') });
  }
  return { id, signatures };
}

/** The bytes, when they are what a signature of exactly this certificate over one document is made of. */
function checkedAttributes(
  { code, toBeSigned, digest }: SigningRequest['documents'][number],
  certificate: Certificate,
): Uint8Array {
  const bytes = bytesOf(toBeSigned);
  const what = `what is to be signed for ${code}`;
  const reader = new DerReader(bytes, { what, code: 'CMS_ATTRIBUTE_MALFORMED' });
  const attributes = reader.into(TAG.set, 'the signed attributes').rest('an attribute');
  reader.end('the signed attributes');
  const { certificateHash } = parseSignedAttributes(
    attributes.map(({ bytes: attribute }) => attribute),
    schemeOf(certificate.publicKey),
  );
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (Buffer.compare(certificateHash, certificate.sha256) === 0 && hash === digest) return bytes;
  throw new SigningError('CMS_ESS_MISMATCH', `${what} names another certificate, or has another digest`);
}

async function signerOf(options: Options, certificate: Uint8Array): Promise<Signer> {
  const { key, module, token } = options;
  const pin = await pinOf(options);
  if (key !== undefined && module === undefined && token === undefined) {
    return new KeyFileSigner(await loadKeyFile(key, pin), [certificate]);
  }
  if (key !== undefined || module === undefined || token === undefined) {
    throw new UsageError('either --key, or --module and --token');
  }
  return new Pkcs11Signer(await Pkcs11Token.open({ module, token, pin }), [certificate]);
}

async function pinOf(options: Options): Promise<string> {
  const [line = ''] = (await readFile(options['pin-file'] ?? '', 'utf8')).split(/\r?\n/);
  return line;
}

/** One request, or several that were stated by one act. */
function readRequests(text: string): { requests: readonly SigningRequest[]; several: boolean } {
  const isText = (value: unknown): value is string => typeof value === 'string';
  try {
    const given = JSON.parse(text) as SigningRequest | { readonly signings: readonly SigningRequest[] };
    const several = 'signings' in given;
    const requests = several ? given.signings : [given];
    const whole = requests.every(
      ({ id, className, name, title, certificate, documents }) =>
        [id, className, name, title, certificate].every(isText) &&
        documents.length > 0 &&
        documents.every((one) =>
          [one.transcriptId, one.code, one.fullName, one.documentHash, one.toBeSigned, one.digest].every(
            isText,
          ),
        ),
    );
    if (whole && requests.length > 0) return { requests, several };
  } catch {
    // Said below, as of anything else that is not such a file.
  }
  throw new UsageError('--in is not what a server gives out to be signed (POST …/outside)');
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** What the key or the file says no to is an answer; anything else is an error like every command's. */
function refusal(error: unknown, io: CommandIo): number {
  if (!(error instanceof SigningError)) throw error;
  io.stderr.write(`socai sign: ${error.code}: ${error.message}\n`);
  return EXIT.fails;
}
