/** A timestamping authority made of openssl, over HTTP on this machine. */
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCertificate } from '#signing/certificate.js';

/** Whether this machine has openssl. */
export const opensslIsThere = spawnSync('openssl', ['version'], { encoding: 'utf8' }).status === 0;

export class OpensslTsa {
  /** How requests are answered; a test that wants a liar or a silent authority sets another. */
  answer: (reply: ServerResponse, query: Buffer) => void = (reply, query) => {
    reply.setHeader('content-type', 'application/timestamp-reply').end(this.real(query));
  };

  private constructor(
    readonly folder: string,
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<OpensslTsa> {
    const folder = mkdtempSync(join(tmpdir(), 'socai-tsa-'));
    writeFileSync(join(folder, 'serial'), '01\n');
    const settings = ['serial = serial', 'signer_cert = tsa.pem', 'certs = tsa.pem', 'signer_key = tsa.key'];
    const choices = ['signer_digest = sha256', 'default_policy = 1.2.3.4.1', 'digests = sha256'];
    const lines = ['[tsa]', 'default_tsa = one', '[one]', ...settings, ...choices, 'accuracy = secs:1'];
    writeFileSync(join(folder, 'tsa.cnf'), lines.join('\n'));
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    const tsa = new OpensslTsa(folder, server, url);
    const key = 'req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 30'.split(' ');
    const usage = ['extendedKeyUsage=critical,timeStamping', 'keyUsage=critical,digitalSignature'];
    const extensions = usage.flatMap((one) => ['-addext', one]);
    const made = tsa.openssl(...key, '-subj', '/C=VN/O=TSA/CN=TSA', ...extensions);
    if (made.status !== 0) throw new Error(made.output);
    server.on('request', (request, reply) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        tsa.answer(reply, Buffer.concat(parts));
      });
    });
    return tsa;
  }

  openssl(...args: readonly string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: this.folder, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  }

  /** What the authority answers to a query, DER both. */
  real(query: Buffer): Buffer {
    writeFileSync(join(this.folder, 'query.tsq'), query);
    const files = ['-config', 'tsa.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr'];
    const made = this.openssl('ts', '-reply', ...files);
    if (made.status !== 0) throw new Error(made.output);
    return readFileSync(join(this.folder, 'reply.tsr'));
  }

  /** What a verifier that knows the authority is given. */
  spkiSha256(): Uint8Array {
    const { raw } = new X509Certificate(readFileSync(join(this.folder, 'tsa.pem')));
    return parseCertificate(new Uint8Array(raw)).spkiSha256;
  }

  /** Whether openssl finds a token (DER) good, and about this SHA-256 (hex). */
  accepts(token: Uint8Array, about: string): boolean {
    writeFileSync(join(this.folder, 'token.der'), token);
    const what = ['-digest', about, '-token_in', '-in', 'token.der', '-CAfile', 'tsa.pem'];
    return this.openssl('ts', '-verify', ...what).output.includes('Verification: OK');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
