// Schools whose year is decided and whose transcripts are not composed yet: what P4 issues. Everything up to the council's
// decision goes through the API, under the clock of the demo's story.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { loadConfig } from '#api/config.js';
import { Database } from '#api/database/database.js';
import { DEMO_ACCOUNTS_FILE, DemoPasswords, writeDemoAccounts } from '#api/demo/demo-accounts.js';
import { DemoBase } from '#api/demo/demo-base.js';
import { startDemoWitnesses } from '#api/demo/demo-witnesses.js';
import { StoryClock } from '#api/demo/story-clock.js';
import { installationPassphrase } from '#api/identity/installation-key.js';
import { totpCode } from '#api/identity/totp.js';
import { SchoolLogs } from '#api/ledger-host/school-logs.js';
import { createServer } from '#api/server.js';
import { generateSchool } from '#fixtures/generate-school.js';
import { Desks } from '#fixtures/play/client.js';
import { SchoolPlay } from '#fixtures/play/school-play.js';
import { timeline } from '#fixtures/play/timeline.js';

const SLUGS = ['thcs-song-may', 'th-ben-tram'];
const TODAY = '2026-11-22';
const BEGINNING = '2025-08-01T00:00:00.000Z';
/** Of issuing: after the council's decisions, before the second list. */
export const DAY = '2026-06-10';

/**
 * The closed year of both demo schools, cut down to about `pupils` in all by leaving out classes.
 * @param {number} pupils
 */
export function schoolsOf(pupils) {
  return SLUGS.map((slug) => {
    const school = generateSchool({ slug, size: 'school', today: TODAY });
    const year = school.years.find(({ status }) => status === 'closed');
    const classes = [];
    for (const each of year.classes) {
      if (classes.reduce((sum, { pupilIds }) => sum + pupilIds.length, 0) >= pupils / SLUGS.length) break;
      classes.push(each);
    }
    const ids = new Set(classes.map(({ id }) => id));
    const inIt = new Set(classes.flatMap(({ pupilIds }) => pupilIds));
    const here = ({ classId }) => ids.has(classId);
    const closed = {
      ...{ ...year, classes, sheets: year.sheets.filter(here), corrections: [] },
      ...{ homerooms: year.homerooms.filter(here).map(stillInCharge), teaching: year.teaching.filter(here) },
      notes: year.notes.filter(({ pupilId }) => inIt.has(pupilId)),
    };
    return { ...school, years: [closed], pupils: school.pupils.filter(({ id }) => inIt.has(id)) };
  });
}

/** Whoever has a class at the year's end keeps it: transcripts may be issued later, under today's clock. */
function stillInCharge(held) {
  return held.to !== null && held.to > DAY.slice(0, 7) ? { ...held, to: null } : held;
}

/** @param {string} folder */
export async function openServer(folder, start = `${DAY}T01:00:00.000Z`) {
  mkdirSync(folder, { recursive: true });
  const env = { SOCAI_DATA_DIR: join(folder, 'data'), SOCAI_DEMO: 'small', SOCAI_LOG: 'error' };
  const config = loadConfig({ ...env, SOCAI_PUBLIC_URL: 'http://localhost:3000' }, folder);
  mkdirSync(config.dataDir, { recursive: true });
  const passphrase = await installationPassphrase(config.keyPassphraseFile);
  const log = pino({ level: 'error' });
  const witnesses = await startDemoWitnesses(config, passphrase);
  const clock = new StoryClock(start);
  const app = await createServer({ config: witnesses.config, log, passphrase, clock }, false);
  await app.listen(0, '127.0.0.1');
  const desks = (accounts) =>
    app.getUrl().then(
      (url) =>
        new Desks(url.replace('[::1]', '127.0.0.1'), accounts, {
          now: () => clock.now(),
          waitUntil: async (until) => clock.goTo(until),
          code: totpCode,
        }),
    );
  const close = async () => {
    await app.close();
    await witnesses.stop();
  };
  const accounts = () => JSON.parse(readFileSync(join(config.dataDir, DEMO_ACCOUNTS_FILE), 'utf8')).accounts;
  return { app, clock, config, close, desks, accounts };
}

/**
 * Founds the schools in a new folder and plays their year up to the decisions.
 * @param {string} folder
 * @param {number} pupils
 * @param {(line: string) => void} say
 */
export async function prepare(folder, pupils, say) {
  rmSync(folder, { recursive: true, force: true });
  const server = await openServer(folder, BEGINNING);
  try {
    const schools = schoolsOf(pupils);
    const passwords = await DemoPasswords.make();
    const accounts = [];
    for (const school of schools) {
      const base = server.app.get(DemoBase, { strict: false });
      accounts.push(...(await server.app.get(Database).write((tx) => base.write(tx, school, passwords))));
      await server.app.get(SchoolLogs, { strict: false }).open(school.school.id);
    }
    await writeDemoAccounts(server.config.dataDir, accounts);
    const player = new SchoolPlay(await server.desks(accounts));
    const events = timeline(schools).filter(({ kind }) => kind !== 'issue' && kind !== 'close');
    for (const [i, event] of events.entries()) {
      server.clock.goTo(new Date(event.at));
      await player.perform(event);
      if (i % 100 === 0) say(`${event.at.slice(0, 10)} ${String(i)} of ${String(events.length)}`);
    }
  } finally {
    await server.close();
  }
}
