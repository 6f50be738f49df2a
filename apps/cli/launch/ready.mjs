// Makes a checkout ready to run with nothing but Node: installs what the lockfile says when it changed, builds what is
// stale. Node built-ins only; everything it has to say goes to standard error.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

const MINIMUM = [20, 19];
const SOURCE_FOLDERS = ['apps', 'libs', 'ledger', 'fixtures'];
const BUILD_FILES = ['package.json', 'nest-cli.json', '.swcrc', 'tsconfig.json'];
const INSTALL_STAMP = join(ROOT, 'node_modules', '.socai-installed');
const BUILD_STAMP = join(ROOT, 'dist', '.socai-built');

/** Installs and builds as needed. */
export async function ready() {
  checkNode();
  await install();
  await build();
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  say(
    `Node ${process.versions.node} is too old: Sổ Cái needs ${MINIMUM.join('.')} or newer (22 or 24 recommended).`,
  );
  process.exit(2);
}

/** `npm ci` when node_modules is not what the lockfile describes. */
export async function install() {
  const wanted = hashOf([join(ROOT, 'package-lock.json'), join(ROOT, 'package.json')]);
  if (readIfThere(INSTALL_STAMP) === wanted) return;
  say('Installing packages (the first time takes a few minutes: sqlite3 may be compiled) …');
  const npm = process.env.npm_execpath;
  const command = npm ? [process.execPath, npm] : ['npm'];
  await run([...command, 'ci', '--no-audit', '--no-fund', '--include=dev']);
  writeFileSync(INSTALL_STAMP, wanted);
}

/** Builds dist/ when a source is newer than the last build. */
export async function build() {
  const wanted = sourceState();
  if (readIfThere(BUILD_STAMP) === wanted) return;
  say('Building …');
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  await run([process.execPath, join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js'), 'build', '--all']);
  if (existsSync(join(ROOT, 'apps/web/vite.config.ts'))) {
    await run([
      process.execPath,
      join(ROOT, 'node_modules/vite/bin/vite.js'),
      'build',
      'apps/web',
      '--logLevel',
      'warn',
    ]);
  }
  mkdirSync(dirname(BUILD_STAMP), { recursive: true });
  writeFileSync(BUILD_STAMP, wanted);
}

/** Runs a command with its output on standard error; ends this process when it fails. */
async function run(command) {
  const child = spawn(command[0], command.slice(1), { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.pipe(process.stderr, { end: false });
  const code = await new Promise((done, failed) => child.on('error', failed).on('close', done));
  if (code === 0) return;
  say(`This failed with status ${code}: ${command.slice(1).join(' ')}`);
  process.exit(1);
}

/** One text that changes when a source file is added, removed or saved. */
function sourceState() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const stat = statSync(path);
    if (!stat.isDirectory()) {
      hash.update(`${path.slice(ROOT.length)} ${stat.size} ${stat.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(path).sort()) if (name !== 'node_modules') visit(join(path, name));
  };
  for (const name of [...SOURCE_FOLDERS, ...BUILD_FILES])
    if (existsSync(join(ROOT, name))) visit(join(ROOT, name));
  return hash.digest('hex');
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
