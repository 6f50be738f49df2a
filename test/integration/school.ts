/**
 * A running server with small schools in it: people in the roles, one password, known TOTP secrets, a clock that tests
 * move. Schools, people and assignments are written straight into the database; everything else goes through HTTP.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { getDataSourceToken } from '@nestjs/typeorm';
import { pino } from 'pino';
import { AbstractLogger, type DataSource, type EntityManager } from 'typeorm';
import { BaseRows } from '#api/audit/base-rows.js';
import { Journal } from '#api/audit/journal.js';
import { Clock } from '#api/clock.js';
import type { Config } from '#api/config.js';
import { Database } from '#api/database/database.js';
import { Appointment, Delegation, Login, Person } from '#api/identity/identity.entities.js';
import { hashPassword } from '#api/identity/passwords.js';
import { SecretBox } from '#api/identity/secret-box.js';
import { newTotpSecret, totpCode } from '#api/identity/totp.js';
import { HOMEROOM } from '#api/school/class-info.js';
import {
  ClassSubject,
  Enrolment,
  Pupil,
  School,
  SchoolClass,
  SchoolYear,
  TeachingAssignment,
  type SchoolSettings,
} from '#api/school/school.entities.js';
import { createServer } from '#api/server.js';
import type { ActMethod, StatedActAnswer } from '#contracts/acts.js';
import type { MadeAssertion, SoftwarePasskey } from '#fixtures/play/software-passkey.js';
import { compulsorySubjects } from '#regulations/subjects.js';
import { freshDatabase } from './engine.js';
import { signInAt } from './signing-in.js';
import { givePasskey, TEST_RP } from './test-passkey.js';
import { TestWitnesses } from './witnesses.js';

export const PASSWORD = 'một mật khẩu dài để thử';
/** As random as the one an installation makes, so that key files are quick to open. */
const PASSPHRASE = randomBytes(32).toString('base64url');
let passwordHash: Promise<string> | undefined;
/** Who has a passkey from the start; the others confirm with TOTP. */
const APPROVERS: ReadonlySet<string> = new Set(['principal', 'vice-principal', 'sealer']);

/** A clock that stands until it is moved. */
export class TestClock extends Clock {
  private at: number;

  constructor(start: string) {
    super();
    this.at = Date.parse(start);
  }

  override now(): Date {
    return new Date(this.at);
  }

  moveTo(instant: string): void {
    this.at = Date.parse(instant);
  }

  advance(ms: number): void {
    this.at += ms;
  }
}

/** An answer of the API. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** A problem document, as far as tests look at it. */
export interface ProblemBody {
  readonly code: string;
  readonly detail: string;
  readonly rule?: string;
  readonly items?: readonly { where: string; code: string; message: string }[];
  readonly conflicts?: readonly Record<string, unknown>[];
}

/** The answer to a stated act, as it is sent. */
export type TestActAnswer =
  | { readonly id: string; readonly method: 'totp'; readonly code: string }
  | { readonly id: string; readonly method: 'passkey'; readonly assertion: MadeAssertion };

/** One person at the application, over HTTP. */
export class Desk {
  private cookie = '';
  private csrf = '';
  private usedAt = -Infinity;
  private signing: Promise<void> = Promise.resolve();

  constructor(
    private readonly server: TestServer,
    readonly id: string,
    readonly username: string,
    readonly fullName: string,
    private readonly totpSecret: string,
    readonly passkey: SoftwarePasskey | null = null,
  ) {}

  get<T = ProblemBody>(path: string): Promise<Answer<T>> {
    return this.send<T>('GET', path);
  }

  post<T = ProblemBody>(path: string, body: object = {}): Promise<Answer<T>> {
    return this.send<T>('POST', path, JSON.stringify(body), 'application/json');
  }

  put<T = ProblemBody>(path: string, body: object): Promise<Answer<T>> {
    return this.send<T>('PUT', path, JSON.stringify(body), 'application/json');
  }

  upload<T = ProblemBody>(
    path: string,
    file: Uint8Array,
    fields: Readonly<Record<string, string>> = {},
  ): Promise<Answer<T>> {
    const form = new FormData();
    for (const [key, value] of Object.entries(fields)) form.append(key, value);
    form.append('file', new Blob([Uint8Array.from(file)]), 'tep.xlsx');
    return this.send<T>('POST', path, form);
  }

  /** A file. @throws when there is none for this person */
  async download(path: string): Promise<Uint8Array> {
    await this.signedIn();
    const response = await fetch(`${this.server.url}${path}`, { headers: { cookie: this.cookie } });
    if (response.status !== 200) throw new Error(`${path}: ${await response.text()}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Has a change stated and confirms it: with the passkey where there is one. @throws when it is not stated */
  async act(action: string, params: object, method?: ActMethod): Promise<TestActAnswer> {
    const stated = await this.post<StatedActAnswer>('/api/acts', { action, params });
    if (stated.status !== 201) throw new Error(`act ${action}: ${JSON.stringify(stated.body)}`);
    return method === 'totp' || this.passkey === null
      ? this.answer(stated.body.id)
      : this.sign(stated.body, this.passkey);
  }

  /** A passkey's answer to a stated act, the own one's by default. */
  async sign(stated: StatedActAnswer, passkey = this.passkey): Promise<TestActAnswer> {
    if (passkey === null || stated.passkey === undefined) throw new Error('no passkey was asked for');
    const assertion = await passkey.sign(stated.passkey, TEST_RP.origin);
    return { id: stated.id, method: 'passkey', assertion };
  }

  /** The second factor's answer to a stated act; the clock moves on to a code that was never used. */
  answer(actId: string): { id: string; method: 'totp'; code: string } {
    this.server.clock.advance(31_000);
    return { id: actId, method: 'totp', code: totpCode(this.totpSecret, this.server.clock.now()) };
  }

  /** States an act and does what it is for. */
  async stepUp<T = ProblemBody>(action: string, params: object, path: string): Promise<Answer<T>> {
    return this.post<T>(path, { ...params, act: await this.act(action, params) });
  }

  /** Sends a request as it is and gives the whole response. */
  async respond(method: string, path: string, body?: string | FormData, type?: string): Promise<Response> {
    await this.signedIn();
    const headers: Record<string, string> = { cookie: this.cookie, 'x-csrf-token': this.csrf };
    if (type !== undefined) headers['content-type'] = type;
    const init = { method, headers, ...(body === undefined ? {} : { body }) };
    return fetch(`${this.server.url}${path}`, init);
  }

  private async send<T>(
    method: string,
    path: string,
    body?: string | FormData,
    type?: string,
  ): Promise<Answer<T>> {
    const response = await this.respond(method, path, body, type);
    const text = await response.text();
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as T };
  }

  private async signedIn(): Promise<void> {
    const now = this.server.clock.now().getTime();
    const idle = Math.abs(now - this.usedAt);
    this.usedAt = now;
    if (idle >= 10 * 60_000) this.signing = this.signIn();
    await this.signing;
  }

  private async signIn(): Promise<void> {
    const { username, passkey } = this;
    const { cookie, csrf } = await signInAt(
      this.server.url,
      { username, password: PASSWORD },
      async (pending) =>
        pending.passkey !== undefined && passkey !== null
          ? { method: 'passkey', assertion: await passkey.sign(pending.passkey, TEST_RP.origin) }
          : // Of the step before: that of now may be wanted for an act.
            { method: 'totp', code: this.code(-30_000) },
    );
    this.cookie = cookie;
    this.csrf = csrf;
  }

  /** The one-time code at the present moment, or a little earlier or later. */
  code(offsetMs = 0): string {
    return totpCode(this.totpSecret, new Date(this.server.clock.now().getTime() + offsetMs));
  }
}

/** A class in the database. */
export interface TestClass {
  readonly id: string;
  readonly name: string;
  readonly grade: number;
  /** In the order given. */
  readonly pupilIds: readonly string[];
  readonly subjects: readonly string[];
}

/** A school in the database, to be peopled. */
export class TestSchool {
  constructor(
    private readonly server: TestServer,
    readonly id: string,
    readonly slug: string,
    readonly yearId: string,
  ) {}

  /** @param name also the user name, before the school's slug */
  async person(name: string, ...roles: string[]): Promise<Desk> {
    const id = randomUUID();
    const secret = newTotpSecret();
    const schoolId = this.id;
    const username = `${name}.${this.slug}`;
    const fullName = `Người ${name}`;
    passwordHash ??= hashPassword(PASSWORD);
    const hash = await passwordHash;
    const family = roles.length > 0 && roles.every((role) => role === 'guardian' || role === 'pupil');
    const totpSecret = family ? null : this.server.box.seal(secret, `totp/${id}`);
    await this.founded(async (base) => {
      await base.enter<Partial<Person>>(Person, [
        {
          ...{ schoolId, id, username, fullName, title: 'Giáo viên', passwordHash: hash },
          ...{ totpSecret, totpLastStep: 0, activatedAt: this.server.clock.timestamp(), disabledAt: null },
        },
      ]);
      await base.enter(Login, [{ username, schoolId, personId: id }]);
      const held = { schoolId, personId: id, fromDate: '2020-01-01' };
      await base.enter<Partial<Appointment>>(
        Appointment,
        roles.map((role) => ({ ...held, id: randomUUID(), role })),
      );
    });
    const approves = roles.some((role) => APPROVERS.has(role));
    const passkey = approves ? await givePasskey(this.server, schoolId, id) : null;
    return new Desk(this.server, id, username, fullName, secret, passkey);
  }

  /** @param subjects all compulsory ones of the grade by default */
  async class(
    name: string,
    grade: number,
    pupilNames: readonly string[],
    subjects: readonly string[] = compulsorySubjects(grade).map(({ code }) => code),
  ): Promise<TestClass> {
    const schoolId = this.id;
    const id = randomUUID();
    const periods = new Map(
      compulsorySubjects(grade).map(({ code, periodsPerYear }) => [code, periodsPerYear]),
    );
    const pupils = pupilNames.map((fullName, i) => ({
      ...{ schoolId, id: randomUUID(), code: `${name}-${String(i + 1).padStart(3, '0')}`, personalId: null },
      ...{ registerNumber: null, fullName, sex: 'NAM' as const, birthDate: '2014-03-08', birthPlace: null },
      ...{ ethnicity: null, nationality: null, address: null, guardians: [], erasedAt: null },
    }));
    await this.founded(async (base) => {
      await base.enter(SchoolClass, [{ schoolId, id, yearId: this.yearId, name, grade }]);
      await base.enter(
        ClassSubject,
        subjects.map((subjectCode) => ({
          ...{ schoolId, classId: id, subjectCode, periodsPerYear: periods.get(subjectCode) ?? 35 },
        })),
      );
      await base.enter(Pupil, pupils);
      await base.enter(
        Enrolment,
        pupils.map((pupil) => ({
          ...{
            schoolId,
            id: randomUUID(),
            classId: id,
            pupilId: pupil.id,
            fromDate: '2026-09-05',
            toDate: null,
          },
        })),
      );
    });
    return { id, name, grade, pupilIds: pupils.map((pupil) => pupil.id), subjects };
  }

  /** Assigns areas of a class from the year's first day; GVCN makes the homeroom teacher. */
  async assign(person: Desk, to: TestClass, ...areas: string[]): Promise<void> {
    const held = {
      schoolId: this.id,
      classId: to.id,
      personId: person.id,
      fromDate: '2026-09-05',
      toDate: null,
    };
    await this.founded((base) =>
      base.enter(
        TeachingAssignment,
        areas.map((area) => ({ ...held, id: randomUUID(), area })),
      ),
    );
  }

  /** A principal's written delegation for the year. */
  async delegate(from: Desk, to: Desk, scope: string): Promise<void> {
    await this.founded((base) =>
      base.enter<Partial<Delegation>>(Delegation, [
        {
          ...{ schoolId: this.id, id: randomUUID(), fromPersonId: from.id, toPersonId: to.id, scope },
          ...{ fromDate: '2026-09-05', toDate: '2027-05-31', decisionNumber: '07/QĐ-HT' },
        },
      ]),
    );
  }

  /** Rows as a school begins with them, each with its event: audit knows of every row whether it may be there. */
  founded(work: (base: BaseRows, tx: EntityManager) => Promise<void>): Promise<void> {
    return this.server.database.write(async (tx) => {
      const base = new BaseRows(tx, this.id, this.server.clock.timestamp());
      await work(base, tx);
      await base.record(this.server.app.get(Journal));
    });
  }
}

/** Tables that only requests touch: the ledger looks at its own by timers. */
const OF_REQUESTS =
  /"(marks|pupils|enrolments|classes|class_subjects|windows|locks|teaching_assignments)"|INSERT INTO/;

class CountingLogger extends AbstractLogger {
  constructor(private readonly counted: () => void) {
    super('all');
  }

  override logQuery(query: string): void {
    if (OF_REQUESTS.test(query)) this.counted();
  }

  protected writeLog(): void {}
}

/** The server of one test file. */
export class TestServer {
  private constructor(
    readonly app: NestFastifyApplication,
    /** Where the desks turn to: another process's, when a test has it take over. */
    public url: string,
    readonly clock: TestClock,
    private readonly drop: () => Promise<void>,
    /** What another process needs to take over. */
    readonly installation: { readonly config: Config; readonly passphrase: string },
  ) {}

  /**
   * @param start what the clock shows first
   * @param settings those that the test is about
   */
  static async start(
    start = '2026-11-10T02:00:00.000Z',
    settings: Partial<Config> = {},
  ): Promise<TestServer> {
    const place = await freshDatabase();
    const clock = new TestClock(start);
    const witnesses = await TestWitnesses.start(place.folder, () => clock.now().getTime());
    const config: Config = {
      ...{ port: 0, host: '127.0.0.1', dataDir: place.folder, database: place.config },
      ...{
        keyPassphraseFile: `${place.folder}/passphrase`,
        witnessPolicy: witnesses.policy,
        failOpen: false,
        demo: 'none' as const,
        logLevel: 'silent' as const,
      },
      ...{ publicUrl: 'http://localhost:3000', trustedProxies: ['127.0.0.1'] },
      ...settings,
    };
    const log = pino({ level: 'silent' });
    const app = await createServer({ config, log, passphrase: PASSPHRASE, clock }, false);
    await app.listen(0, '127.0.0.1');
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    const drop = async () => {
      await witnesses.close();
      await place.drop();
    };
    return new TestServer(app, url, clock, drop, { config, passphrase: PASSPHRASE });
  }

  get database(): Database {
    return this.app.get(Database);
  }

  get box(): SecretBox {
    return this.app.get(SecretBox);
  }

  async school(
    slug: string,
    level: School['level'],
    settings: Partial<SchoolSettings> = {},
  ): Promise<TestSchool> {
    const id = randomUUID();
    const yearId = randomUUID();
    await this.database.write(async (tx) => {
      const base = new BaseRows(tx, id, this.clock.timestamp());
      const row: School = {
        ...{
          id,
          slug,
          code: slug,
          name: `Trường ${slug}`,
          level,
          commune: 'Phường Thử',
          province: 'Tỉnh Thử',
        },
        origin: `test.example/${slug}`,
        settings: { homeroomConfirms: true, allowTotpStepUp: true, demo: true, ...settings },
      };
      await base.enter(School, [row]);
      const [startsOn, endsOn] = ['2026-09-05', '2027-05-31'];
      await base.enter<Partial<SchoolYear>>(SchoolYear, [
        { schoolId: id, id: yearId, label: '2026-2027', startsOn, endsOn, closedAt: null },
      ]);
      await this.app.get(Journal).open(tx, id);
      await base.record(this.app.get(Journal));
    });
    return new TestSchool(this, id, slug, yearId);
  }

  /** How many SQL statements on the gradebook's tables both data sources run while `work` does. */
  async statements(work: () => Promise<unknown>): Promise<number> {
    let count = 0;
    const logger = new CountingLogger(() => (count += 1));
    const sources = [getDataSourceToken(), getDataSourceToken('reader')].map((token) =>
      this.app.get<DataSource>(token),
    );
    for (const source of sources) source.setOptions({ logger, logging: true });
    await work();
    for (const source of sources) source.setOptions({ logging: false });
    return count;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.drop();
  }
}

/** Announces a window over everything in the given periods, opened by the clock for 14 days from now. */
export async function openEverything(
  vice: Desk,
  school: TestSchool,
  clock: Clock,
  ...periods: string[]
): Promise<void> {
  const opensAt = clock.timestamp();
  const closesAt = new Date(clock.now().getTime() + 14 * 86_400_000).toISOString();
  const announced = await vice.post('/api/notices', {
    number: `TB-${randomUUID()}`,
    issuedOn: clock.today(),
    title: 'Cập nhật điểm',
    yearId: school.yearId,
    windows: periods.map((period) => ({ period, scope: {}, opensAt, closesAt, opening: 'clock' })),
  });
  if (announced.status !== 201) throw new Error(JSON.stringify(announced.body));
}

/** Saves and records one value a pupil in a column. */
export async function recordColumn(
  teacher: Desk,
  target: TestClass,
  sheet: string,
  column: string,
  values: readonly string[],
): Promise<void> {
  const base = `/api/classes/${target.id}/sheets/${sheet}`;
  const cells = values.map((value, i) => ({ pupilId: target.pupilIds[i], column, value, version: 0 }));
  const drafted = await teacher.put(`${base}/drafts`, { cells });
  if (drafted.status !== 200) throw new Error(JSON.stringify(drafted.body));
  const recorded = await teacher.post(`${base}/record`, { columns: [column] });
  if (recorded.status !== 200) throw new Error(JSON.stringify(recorded.body));
}

export { HOMEROOM };
