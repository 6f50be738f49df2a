/** An authority such as a government's: root, issuing authority and certificates of people, made by openssl. */
import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `-subj` and an extensions file say. */
export interface PublicRequest {
  /** "/C=VN/O=…/OU=…/CN=…" */
  readonly subject: string;
  readonly extensions?: readonly string[];
}

/** As such authorities write them for people. */
export const SIGNER_EXTENSIONS = [
  'basicConstraints=CA:FALSE',
  'keyUsage=critical,digitalSignature,nonRepudiation',
  'extendedKeyUsage=emailProtection,clientAuth',
  'crlDistributionPoints=URI:http://ca.example/public.crl',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
] as const;

const AUTHORITY_EXTENSIONS = ['keyUsage=critical,keyCertSign,cRLSign', 'subjectKeyIdentifier=hash'];

export interface ListRequest {
  readonly revoked?: readonly {
    readonly certificate: Uint8Array;
    readonly from: Date;
    readonly reason?: string;
  }[];
  readonly at: Date;
  readonly until: Date;
  /** Of the list itself. */
  readonly extensions?: string;
}

/** As openssl's database and options want it. */
function utc(moment: Date): string {
  return `${moment.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`;
}

export class PublicCa {
  private serial = 10;

  private constructor(
    readonly folder: string,
    /** Root and issuing authority, DER. */
    readonly root: Uint8Array,
    readonly issuing: Uint8Array,
  ) {}

  /** @param issuing what the issuing authority's certificate says besides the usual */
  static make(issuing: readonly string[] = ['basicConstraints=critical,CA:TRUE,pathlen:0']): PublicCa {
    const folder = mkdtempSync(join(tmpdir(), 'socai-public-ca-'));
    const subject = '/C=VN/O=Cơ quan chứng thực thử nghiệm/CN=Root CA thử nghiệm';
    const extensions = ['basicConstraints=critical,CA:TRUE', AUTHORITY_EXTENSIONS[0] ?? ''];
    openssl(folder, [
      ...'req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 7300 -utf8 -subj'.split(' '),
      ...[subject, ...extensions.flatMap((one) => ['-addext', one])],
    ]);
    const request = { subject: '/C=VN/O=Cơ quan chứng thực thử nghiệm/CN=CA cấp phát', extensions: issuing };
    certify(folder, 'issuing', 'root', 2, { ...request, extensions: [...issuing, ...AUTHORITY_EXTENSIONS] });
    return new PublicCa(folder, derOf(folder, 'root'), derOf(folder, 'issuing'));
  }

  /** A key pair and its certificate, with the chain up to the root, DER. */
  issue({ subject, extensions = SIGNER_EXTENSIONS }: PublicRequest): {
    readonly key: KeyObject;
    readonly chain: readonly Uint8Array[];
  } {
    this.serial += 1;
    const name = `holder-${String(this.serial)}`;
    certify(this.folder, name, 'issuing', this.serial, { subject, extensions });
    const key = createPrivateKey(readFileSync(join(this.folder, `${name}.key`)));
    return { key, chain: [derOf(this.folder, name), this.issuing, this.root] };
  }

  /** A revocation list of the issuing authority, DER. */
  list({
    revoked = [],
    at,
    until,
    extensions = 'authorityKeyIdentifier=keyid:always',
  }: ListRequest): Uint8Array {
    const lines = revoked.map(({ certificate, from, reason }) => {
      const { serialNumber } = new X509Certificate(certificate);
      return `R\t491231235959Z\t${utc(from)}${reason === undefined ? '' : `,${reason}`}\t${serialNumber}\tunknown\t/CN=x\n`;
    });
    writeFileSync(join(this.folder, 'index'), lines.join(''));
    const settings = [
      'database = index',
      'default_md = sha256',
      'crlnumber = crlnumber',
      'crl_extensions = list',
    ];
    const sections = ['[ca]', 'default_ca = one', '[one]', ...settings, '[list]', extensions, ''];
    writeFileSync(join(this.folder, 'crlnumber'), '01\n');
    writeFileSync(join(this.folder, 'list.cnf'), sections.join('\n'));
    const when = ['-crl_lastupdate', utc(at), '-crl_nextupdate', utc(until)];
    const files = '-config list.cnf -keyfile issuing.key -cert issuing.pem -out list.pem'.split(' ');
    openssl(this.folder, ['ca', '-gencrl', ...files, ...when]);
    openssl(this.folder, 'crl -in list.pem -outform DER -out list.der'.split(' '));
    return new Uint8Array(readFileSync(join(this.folder, 'list.der')));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function certify(
  folder: string,
  name: string,
  issuer: string,
  serial: number,
  { subject, extensions = [] }: PublicRequest,
): void {
  const request = `req -new -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr -utf8 -subj`;
  openssl(folder, [...request.split(' '), subject]);
  writeFileSync(join(folder, 'extensions'), `${extensions.join('\n')}\n`);
  const sign = `x509 -req -in ${name}.csr -CA ${issuer}.pem -CAkey ${issuer}.key -days 3650 -out ${name}.pem`;
  openssl(folder, [...sign.split(' '), '-set_serial', String(serial), '-extfile', 'extensions']);
}

function derOf(folder: string, name: string): Uint8Array {
  return new Uint8Array(new X509Certificate(readFileSync(join(folder, `${name}.pem`))).raw);
}

function openssl(folder: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
}
