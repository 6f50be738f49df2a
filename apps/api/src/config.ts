/** The only reader of the process's environment: every setting, its default, and a clear message for each wrong value. */
import { isIP } from 'node:net';
import { isAbsolute, join, resolve } from 'node:path';

/** Settings of one API process, checked. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where everything the installation owns lives: database, keys, ledger trees, trust. Absolute. */
  readonly dataDir: string;
  readonly database:
    | { readonly engine: 'sqlite'; readonly file: string }
    | { readonly engine: 'postgres'; readonly url: string };
  /** A file holding the passphrase of the keys on disk; by default one made on first start in the data folder. */
  readonly keyPassphraseFile: string;
  /**
   * A tlog-policy file: the witnesses that the logs ask, and how many are enough. Null only in a demonstration, which
   * then runs two of its own.
   */
  readonly witnessPolicy: string | null;
  /** Publish checkpoints without a quorum of witnesses; shown wherever the ledger's health is shown. */
  readonly failOpen: boolean;
  /** What is made on first start in an empty data folder: the demo schools, only their staff and keys, or nothing. */
  readonly demo: 'small' | 'school' | 'staff-only' | 'none';
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Origin under which people reach this server, as printed in links; no trailing slash. */
  readonly publicUrl: string;
  /**
   * Addresses of the proxies in front, which alone are believed when they say whom a request is from; without any, all
   * who come through a proxy count as one address.
   */
  readonly trustedProxies?: readonly string[];
  /** Who gives RFC 3161 timestamps about the seal; nobody by default. */
  readonly timestamps?: {
    readonly url: string;
    /** Milliseconds after the seal for which issuing waits for an authority that is away; then it goes on without. */
    readonly patience: number;
  };
  /** The token that holds the schools' seals; by default they are files like the other keys. */
  readonly signingToken?: {
    /** The PKCS#11 module. */
    readonly module: string;
    /** The token's label. */
    readonly label: string;
    readonly pinFile: string;
  };
}

/** Every wrong setting at once, each with its name, what was given and what is allowed. */
export class ConfigError extends Error {
  readonly code = 'CONFIG_INVALID';
  constructor(readonly problems: readonly string[]) {
    super(`The settings cannot be used:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const DEMO_MODES = ['small', 'school', 'staff-only', 'none'] as const;
const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** What to do when no witnesses are named. */
export const NO_WITNESSES =
  'SOCAI_WITNESS_POLICY is not set: a checkpoint is public only once witnesses have cosigned it. Name a tlog-policy ' +
  'file with a witness line (name, key, URL) for each and a quorum line; a file that says "quorum none" is the ' +
  'explicit choice to publish without witnesses';

/**
 * Reads and checks the settings.
 * @param env the environment, given by main.ts
 * @param cwd folder that relative paths start from
 * @throws ConfigError naming every wrong value
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const problems: string[] = [];
  const oneOf = <T extends string>(name: string, allowed: readonly T[], fallback: T): T => {
    const value = env[name];
    if (value === undefined || value === '') return fallback;
    const found = allowed.find((a) => a === value);
    if (found === undefined) problems.push(`${name}=${value}: must be one of ${allowed.join(', ')}`);
    return found ?? fallback;
  };
  const port = portOf(env['PORT'], problems);
  const dataDir = resolve(cwd, env['SOCAI_DATA_DIR'] || 'data');
  const publicUrl = (env['SOCAI_PUBLIC_URL'] || `http://localhost:${port}`).replace(/\/$/, '');
  if (!/^https?:\/\/[^/\s]+$/.test(publicUrl)) {
    problems.push(`SOCAI_PUBLIC_URL=${publicUrl}: must be http(s)://host[:port] without a path`);
  }
  const config: Config = {
    port,
    host: env['HOST'] || '127.0.0.1',
    dataDir,
    database: databaseOf(env['SOCAI_DATABASE_URL'], dataDir, problems),
    keyPassphraseFile: pathOf(env['SOCAI_KEY_PASSPHRASE_FILE'], cwd) ?? join(dataDir, 'keys', 'passphrase'),
    witnessPolicy: pathOf(env['SOCAI_WITNESS_POLICY'], cwd) ?? null,
    failOpen: oneOf('SOCAI_FAIL_OPEN', ['0', '1'], '0') === '1',
    demo: oneOf('SOCAI_DEMO', DEMO_MODES, 'small'),
    logLevel: oneOf('SOCAI_LOG', LOG_LEVELS, 'warn'),
    publicUrl,
    trustedProxies: proxiesOf(env['SOCAI_TRUSTED_PROXIES'], problems),
    ...timestampsOf(env['SOCAI_TSA_URL'], env['SOCAI_TSA_PATIENCE'], problems),
    ...tokenOf(env, cwd, problems),
  };
  if (config.demo === 'none' && config.witnessPolicy === null) problems.push(NO_WITNESSES);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** SOCAI_TSA_PATIENCE is in minutes; ten by default. */
function timestampsOf(
  url: string | undefined,
  minutes: string | undefined,
  problems: string[],
): Pick<Config, 'timestamps'> {
  if (url === undefined || url === '') return {};
  if (!/^https?:\/\/\S+$/.test(url)) problems.push(`SOCAI_TSA_URL=${url}: must be an http(s) URL`);
  const patience = minutes === undefined || minutes === '' ? 10 : Number(minutes);
  if (!Number.isInteger(patience) || patience < 0 || patience > 24 * 60) {
    problems.push(`SOCAI_TSA_PATIENCE=${minutes ?? ''}: must be minutes, from 0 to 1440`);
  }
  return { timestamps: { url, patience: patience * 60_000 } };
}

function tokenOf(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  problems: string[],
): Pick<Config, 'signingToken'> {
  const module = pathOf(env['SOCAI_PKCS11_MODULE'], cwd);
  const label = env['SOCAI_PKCS11_TOKEN'] ?? '';
  const pinFile = pathOf(env['SOCAI_PKCS11_PIN_FILE'], cwd);
  if (module === undefined) return {};
  if (label === '' || pinFile === undefined) {
    problems.push(
      'SOCAI_PKCS11_MODULE is set: SOCAI_PKCS11_TOKEN (the label of the token) and SOCAI_PKCS11_PIN_FILE must be too',
    );
    return {};
  }
  return { signingToken: { module, label, pinFile } };
}

/** "10.0.0.5, 10.0.1.0/24". */
function proxiesOf(value: string | undefined, problems: string[]): string[] {
  const proxies = (value ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
  for (const proxy of proxies) {
    const [address = '', bits, ...rest] = proxy.split('/');
    const most = isIP(address) === 6 ? 128 : 32;
    const inRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most);
    if (isIP(address) === 0 || !inRange || rest.length > 0) {
      problems.push(`SOCAI_TRUSTED_PROXIES=${proxy}: must be an IP address or a range such as 10.0.1.0/24`);
    }
  }
  return proxies;
}

function portOf(value: string | undefined, problems: string[]): number {
  if (value === undefined || value === '') return 3000;
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65535) {
    problems.push(`PORT=${value}: must be a number from 0 to 65535`);
    return 3000;
  }
  return port;
}

function databaseOf(url: string | undefined, dataDir: string, problems: string[]): Config['database'] {
  if (url === undefined || url === '') return { engine: 'sqlite', file: join(dataDir, 'socai.sqlite') };
  if (/^postgres(ql)?:\/\//.test(url)) return { engine: 'postgres', url };
  problems.push('SOCAI_DATABASE_URL: must begin with postgres:// (leave it out for the embedded SQLite)');
  return { engine: 'sqlite', file: join(dataDir, 'socai.sqlite') };
}

function pathOf(value: string | undefined, cwd: string): string | undefined {
  if (value === undefined || value === '') return undefined;
  return isAbsolute(value) ? value : resolve(cwd, value);
}
