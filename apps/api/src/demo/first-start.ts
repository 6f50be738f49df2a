/**
 * The first start of a demonstration: two schools with their staff and keys and, unless only the staff is wanted, two
 * school years played through the API itself under a clock that tells the story's time.
 */
import { mkdir, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { demoClass } from '#fixtures/demo-class.js';
import { generateSchool } from '#fixtures/generate-school.js';
import type { DemoSchool, DemoSlug } from '#fixtures/model.js';
import { Desks } from '#fixtures/play/client.js';
import { SchoolPlay } from '#fixtures/play/school-play.js';
import { timeline } from '#fixtures/play/timeline.js';
import type { Installation } from '../app.module.js';
import { vietnamDate } from '../clock.js';
import type { Config } from '../config.js';
import { Database } from '../database/database.js';
import { totpCode } from '../identity/totp.js';
import { installationPassphrase } from '../identity/installation-key.js';
import { SchoolLogs } from '../ledger-host/school-logs.js';
import { createServer } from '../server.js';
import { DemoPasswords, writeDemoAccounts, type DemoAccount } from './demo-accounts.js';
import { DemoBase } from './demo-base.js';
import { startDemoWitnesses } from './demo-witnesses.js';
import { putInPlace } from './put-in-place.js';
import { StoryClock } from './story-clock.js';

const SLUGS: readonly DemoSlug[] = ['th-ben-tram', 'thcs-song-may'];
/** The story begins when the staff of the closed year is in place. */
const BEGINNING = '2025-08-01T00:00:00.000Z';

/**
 * Makes the demo. With the embedded database everything is made in a folder beside and put in place at the end, so
 * that an interrupted first start leaves nothing half done.
 * @param say told of the progress, one line a step
 */
export async function makeDemo(
  installation: Omit<Installation, 'passphrase'>,
  say: (line: string) => void,
): Promise<void> {
  const { config } = installation;
  const making = config.database.engine === 'sqlite' ? `${config.dataDir}.making` : config.dataDir;
  if (making !== config.dataDir) await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true, mode: 0o700 });
  const there = movedTo(config, making);
  const passphrase = await installationPassphrase(there.keyPassphraseFile);
  const witnesses = await startDemoWitnesses(there, passphrase);
  try {
    await play({ ...installation, config: witnesses.config, passphrase }, say);
  } finally {
    await witnesses.stop();
  }
  if (config.database.engine === 'sqlite') {
    await putInPlace(making, config.dataDir, basename(config.database.file));
  }
}

/** The same settings with everything under the data folder elsewhere. */
function movedTo(config: Config, folder: string): Config {
  const moved = (path: string) =>
    path.startsWith(`${config.dataDir}/`) ? join(folder, relative(config.dataDir, path)) : path;
  const { database } = config;
  return {
    ...config,
    dataDir: folder,
    database: database.engine === 'sqlite' ? { ...database, file: moved(database.file) } : database,
    keyPassphraseFile: moved(config.keyPassphraseFile),
  };
}

async function play(installation: Installation, say: (line: string) => void): Promise<void> {
  const now = installation.clock?.now() ?? new Date();
  const today = vietnamDate(now);
  const { demo } = installation.config;
  const staffOnly = demo !== 'small' && demo !== 'school';
  const clock = new StoryClock(staffOnly ? now.toISOString() : BEGINNING);
  const app = await createServer({ ...installation, clock }, false);
  await app.listen(0, '127.0.0.1');
  try {
    const schools = staffOnly
      ? SLUGS.map((slug) => staffOf(slug, today))
      : SLUGS.map((slug) => generateSchool({ slug, size: demo, today }));
    const accounts = await writeBase(app, schools, say);
    if (!staffOnly) await playYears(app, clock, schools, accounts, now, say);
    await writeDemoAccounts(installation.config.dataDir, accounts);
  } finally {
    await app.close();
  }
}

/** A school with its people and the class of `socai demo`, before the class list is imported. */
function staffOf(slug: DemoSlug, today: string): DemoSchool {
  const demo = demoClass(slug);
  const running = generateSchool({ slug, size: 'small', today }).years.filter(
    (year) => year.status === 'running',
  );
  return {
    school: demo.school,
    staff: demo.staff,
    pupils: [],
    years: running.map((year) => ({
      ...year,
      classes: [{ ...demo.schoolClass, pupilIds: [] }],
      homerooms: demo.homerooms,
      teaching: demo.teaching,
      notices: [],
      sheets: [],
      corrections: [],
      notes: [],
    })),
  };
}

async function writeBase(
  app: NestFastifyApplication,
  schools: readonly DemoSchool[],
  say: (line: string) => void,
): Promise<DemoAccount[]> {
  const base = app.get(DemoBase, { strict: false });
  const passwords = await DemoPasswords.make();
  const accounts: DemoAccount[] = [];
  for (const school of schools) {
    accounts.push(...(await app.get(Database).write((tx) => base.write(tx, school, passwords))));
    await app.get(SchoolLogs, { strict: false }).open(school.school.id);
    say(`${school.school.name}: ${school.staff.length} người, ${school.pupils.length} học sinh`);
  }
  return accounts;
}

async function playYears(
  app: NestFastifyApplication,
  clock: StoryClock,
  schools: readonly DemoSchool[],
  accounts: readonly DemoAccount[],
  now: Date,
  say: (line: string) => void,
): Promise<void> {
  const desks = new Desks(await app.getUrl(), accounts, {
    now: () => clock.now(),
    waitUntil: async (until) => clock.goTo(until),
    code: totpCode,
  });
  const player = new SchoolPlay(desks);
  for (const event of timeline(schools)) {
    if (Date.parse(event.at) > now.getTime()) break;
    clock.goTo(new Date(event.at));
    await player.perform(event);
    if (event.kind === 'lock' || event.kind === 'issue' || event.kind === 'close')
      say(`${event.at.slice(0, 10)} ${event.school.school.name}: ${PROGRESS[event.kind]}`);
  }
}

const PROGRESS = { lock: 'khóa sổ', issue: 'phát hành học bạ một lớp', close: 'đóng năm học' } as const;
