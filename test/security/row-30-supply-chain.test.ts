/** Row 30: what is installed is what was reviewed: no version floats, every archive has its digest, few scripts run. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, string>>;
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}
interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}
interface Lockfile {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
}

/** Packages whose script may run when they are installed. */
const REVIEWED_SCRIPTS = ['pkcs11js', 'sqlite3'];
const NAMES_IN_DEPENDENCIES = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'overrides',
] as const;

const read = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T;
const manifest = read<Manifest>('package.json');
const lockfile = read<Lockfile>('package-lock.json');

/** What of a manifest and its lockfile would let something in that nobody looked at. */
function faultsOf(made: Manifest, locked: Lockfile): string[] {
  const faults: string[] = [];
  for (const part of NAMES_IN_DEPENDENCIES) {
    for (const [name, version] of Object.entries(made[part] ?? {})) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) faults.push(`${name} ${version} is no exact version`);
      const found = locked.packages[`node_modules/${name}`]?.version;
      if (part !== 'overrides' && found !== version) faults.push(`${name} is locked at ${String(found)}`);
    }
  }
  if (locked.lockfileVersion < 3) faults.push('the lockfile is of an old form');
  for (const [path, { integrity, link, resolved, hasInstallScript }] of Object.entries(locked.packages)) {
    if (path === '') continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (name === 'xlsx') faults.push('xlsx of npm is unmaintained and has known holes');
    if (link === true || !/^sha512-[\w+/]{86}==$/.test(integrity ?? '')) faults.push(`${name} has no digest`);
    if (resolved !== undefined && !resolved.startsWith('https://'))
      faults.push(`${name} comes by ${resolved}`);
    if (hasInstallScript !== true) continue;
    const allowed = made.allowScripts?.[name];
    if (allowed === undefined) faults.push(`${name} has an install script that nobody decided about`);
    if (allowed === true && !REVIEWED_SCRIPTS.includes(name)) faults.push(`${name} may run a script`);
  }
  return faults;
}

describe('row 30', () => {
  test('row 30: versions are exact and locked with digests, install scripts are named one by one, and there is no npm xlsx', () => {
    expect(faultsOf(manifest, lockfile)).toEqual([]);
    expect(Object.keys(lockfile.packages).length).toBeGreaterThan(500);
  });

  test('row 30: each way in is noticed: a range, another locked version, a missing or weak digest, a link, a new script, xlsx', () => {
    const withPackage = (path: string, locked: Locked): Lockfile => ({
      ...lockfile,
      packages: { ...lockfile.packages, [path]: { ...lockfile.packages[path], ...locked } },
    });
    const digest = `sha512-${'A'.repeat(86)}==`;
    const ranged = { ...manifest, dependencies: { ...manifest.dependencies, fastify: '^5.12.8' } };
    const loose = { ...manifest, allowScripts: { ...manifest.allowScripts, '@swc/core': true } };
    const fewer = Object.fromEntries(
      Object.entries(manifest.allowScripts ?? {}).filter(([name]) => name !== '@swc/core'),
    );
    const attacks: readonly (readonly [Manifest, Lockfile, RegExp])[] = [
      [ranged, lockfile, /no exact version/],
      [manifest, withPackage('node_modules/fastify', { version: '5.0.0' }), /locked at 5\.0\.0/],
      [manifest, withPackage('node_modules/new', { version: '1.0.0' }), /no digest/],
      [manifest, withPackage('node_modules/fastify', { integrity: 'sha1-AAAA' }), /no digest/],
      [manifest, withPackage('node_modules/fastify', { link: true }), /no digest/],
      [manifest, withPackage('node_modules/a/node_modules/xlsx', { integrity: digest }), /xlsx/],
      [manifest, withPackage('node_modules/fastify', { resolved: 'http://a.example/x.tgz' }), /comes by/],
      [
        manifest,
        withPackage('node_modules/new', { integrity: digest, hasInstallScript: true }),
        /nobody decided/,
      ],
      [{ ...manifest, allowScripts: fewer }, lockfile, /nobody decided/],
      [loose, lockfile, /may run a script/],
    ];
    for (const [made, locked, fault] of attacks) {
      expect(faultsOf(made, locked)).toContainEqual(expect.stringMatching(fault));
    }
  });
});
