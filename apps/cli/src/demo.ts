/**
 * `socai demo`: plays the whole main job through the API against a fresh data folder, and says what each step proves.
 * `socai demo code`: the one-time code of a demo account, for signing in.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DemoSlug } from '#fixtures/model.js';
import { ClassStory } from './demo/class-story.js';
import { demoCodeCommand } from './demo/code.js';
import { checkAudit, checkVerification } from './demo/checks.js';
import { startServer } from './demo/server-process.js';
import { StepFailed, Steps } from './demo/steps.js';
import { EXIT, type CommandIo } from './io.js';

const USAGE = `usage: socai demo [--out DIR] [--only th-ben-tram|thcs-song-may]
       socai demo code ACCOUNT [--data DIR]

Plays one primary and one lower-secondary class from the class list to verified transcripts.
The files are left in DIR (data/demo), which is made anew.
code prints the 6 digits that the account's authenticator app would show now. ACCOUNT is a user name, or its beginning;
DIR is the data folder (SOCAI_DATA_DIR, data).
`;
const SLUGS: readonly DemoSlug[] = ['th-ben-tram', 'thcs-song-may'];
/** Only a folder that an earlier demo made is removed. */
const MARKER = '.socai-demo';

/** Runs the demo; exit status 0 only when every step holds. */
export async function demoCommand(args: readonly string[], io: CommandIo): Promise<number> {
  if (args[0] === 'code') return demoCodeCommand(args.slice(1), USAGE, io);
  const options = readOptions(args);
  if (options === null) {
    io.stderr.write(USAGE);
    return EXIT.usage;
  }
  if (!(await freshFolder(options.out))) {
    io.stderr.write(
      `socai demo: ${options.out} is there and was not made by the demo; choose another folder with --out\n`,
    );
    return EXIT.usage;
  }
  const steps = new Steps(io.stdout);
  try {
    await play(options.out, options.slugs, steps, io);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    io.stderr.write(`socai demo: ${error.message}\n`);
    return EXIT.fails;
  }
  io.stdout.write(
    `\nMọi bước đều đúng (every step holds): ${steps.count} bước, ${steps.seconds()} s. Xem tệp ở ${options.out}\n`,
  );
  return EXIT.ok;
}

function readOptions(args: readonly string[]): { out: string; slugs: readonly DemoSlug[] } | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { out: { type: 'string' }, only: { type: 'string' } },
    });
    const only = SLUGS.find((slug) => slug === values.only);
    if (values.only !== undefined && only === undefined) return null;
    return { out: resolve(values.out ?? 'data/demo'), slugs: only === undefined ? SLUGS : [only] };
  } catch {
    return null;
  }
}

async function freshFolder(out: string): Promise<boolean> {
  if (existsSync(out) && !existsSync(join(out, MARKER))) return false;
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, 'transcripts'), { recursive: true });
  await writeFile(join(out, MARKER), '');
  return true;
}

async function play(out: string, slugs: readonly DemoSlug[], steps: Steps, io: CommandIo): Promise<void> {
  const dataDir = join(out, 'data');
  const server = await steps.do(
    '0',
    'Máy chủ mới, thư mục dữ liệu trống',
    'trường có khóa, chứng thư, Sổ Cái và người làm chứng riêng',
    () => startServer(dataDir, io.env),
  );
  const issued: string[] = [];
  try {
    const accounts = JSON.parse(await readFile(join(dataDir, 'demo-accounts.json'), 'utf8')) as {
      accounts: [];
    };
    for (const slug of slugs) {
      const story = new ClassStory(slug, server.url, accounts.accounts, steps, io);
      issued.push(...(await story.play(join(out, 'transcripts'))));
    }
    await checkVerification({ out, dataDir, url: server.url, files: issued, steps, io });
  } finally {
    await server.stop();
  }
  await checkAudit({ out, dataDir, slugs, steps, io });
}
