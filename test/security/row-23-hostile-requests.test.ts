/**
 * Row 23: every write of the API, its bodies and addresses fuzzed by somebody who may do everything. Nothing breaks, what
 * is refused is refused in Vietnamese and leaves nothing behind, and no sent text ever stands in an SQL statement.
 * SOCAI_SEED changes what is tried.
 */
import { getDataSourceToken } from '@nestjs/typeorm';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AbstractLogger, MoreThanOrEqual, type DataSource } from 'typeorm';
import { auditSchool } from '#api/audit/audit-school.js';
import { JournalEvent, JournalHead } from '#api/audit/journal.entities.js';
import { School } from '#api/school/school.entities.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import { ENGINE } from '../integration/engine.js';
import { requestOf } from '../integration/route-matrix/requests.js';
import { described, routesOf, type Route } from '../integration/route-matrix/routes.js';
import {
  HOMEROOM,
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type ProblemBody,
  type TestSchool,
} from '../integration/school.js';
import { BROKEN_BODIES, HOSTILE_IDS, hostileBodies, MARKER, type Json } from './hostile-requests.js';

const SEED = process.env['SOCAI_SEED'] ?? 'so-cai';
/** Values tried at each place of a body, besides those that are always tried. */
const EACH = process.env['SOCAI_FULL'] === '1' ? 4 : 1;
/** Ends the session of whoever asks, and with it the test. */
const LEFT_OUT = ['DELETE /api/session', 'DELETE /api/session/others'];
const VIETNAMESE = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;

jest.setTimeout(120_000);

let server: TestServer;
let school: TestSchool;
let everybody: Desk;
let document: OpenAPIObject;
let routes: readonly Route[];
let things: Readonly<Record<string, string>>;
/** Statements in which a sent text stands. */
const injected: string[] = [];

class StatementLogger extends AbstractLogger {
  override logQuery(query: string): void {
    if (query.includes(MARKER)) injected.push(query.slice(0, 200));
  }
  protected writeLog(): void {}
}

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-gian-doi', 'LOWER_SECONDARY');
  const roles = ['principal', 'vice-principal', 'it-officer', 'clerk', 'teacher', 'sealer', 'inspector'];
  everybody = await school.person('moi-viec', ...roles);
  const target = await school.class('6A1', 6, ['An', 'Bình'], ['TOAN', 'GDCD']);
  await school.assign(everybody, target, 'TOAN', HOMEROOM);
  await openEverything(everybody, school, server.clock, 'HK1');
  await recordColumn(everybody, target, 'TOAN/HK1', 'TX1', ['8', '7']);
  const cell = { pupilId: target.pupilIds[0], column: 'TX1', newValue: '9', version: 2 };
  const asked = await everybody.post<CorrectionsAnswer>('/api/corrections', {
    ...{ classId: target.id, area: 'TOAN', period: 'HK1', reason: 'Nhập nhầm dòng của bạn bên cạnh' },
    cells: [cell],
  });
  things = {
    ...{ classId: target.id, pupilId: target.pupilIds[1] ?? '', area: 'TOAN', period: 'HK1', column: 'TX2' },
    ...{ yearId: school.yearId, markColumn: 'TX1', markVersion: '2', personId: everybody.id },
    ...{ correctionId: asked.body.corrections[0]?.id ?? '', school: school.slug },
  };
  routes = routesOf(server).filter(({ path, name }) => path.startsWith('/api/') && !LEFT_OUT.includes(name));
  document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as OpenAPIObject;
  const logger = new StatementLogger('all');
  for (const token of [getDataSourceToken(), getDataSourceToken('reader')]) {
    server.app.get<DataSource>(token).setOptions({ logger, logging: true });
  }
}, 60_000);
afterAll(() => server.stop());

async function events(): Promise<number> {
  return (await server.database.read.findOneByOrFail(JournalHead, { schoolId: school.id })).count;
}

/** Whether the person has written something since then; the server's own timers write too. */
async function wrote(since: number): Promise<boolean> {
  if ((await events()) === since) return false;
  const where = { schoolId: school.id, seq: MoreThanOrEqual(since) };
  const later = await server.database.read.findBy(JournalEvent, where);
  return later.some(({ payload }) => payload?.includes(`"actor":"${everybody.id}"`) !== false);
}

/** What is wrong with an answer to such a request; undefined when nothing is. */
async function faultOf(response: Response): Promise<string | undefined> {
  const text = await response.text();
  if (response.status < 300) return undefined;
  if (response.status >= 500) return `${response.status} ${text.slice(0, 300)}`;
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) {
    return `${response.status} is no problem document: ${text.slice(0, 100)}`;
  }
  const { code, detail, items = [] } = JSON.parse(text) as Partial<ProblemBody>;
  const said = [detail ?? '', ...items.map(({ message }) => message)];
  const foreign = said.filter((sentence) => !VIETNAMESE.test(sentence));
  return code === undefined || foreign.length > 0 ? `says ${JSON.stringify([code, ...foreign])}` : undefined;
}

/** Sends one request; faults are put together, so that one run tells all of them. */
async function attack(
  faults: string[],
  { name, method }: Route,
  path: string,
  hostile: { readonly what: string; readonly body?: string; readonly isText?: boolean },
): Promise<boolean> {
  const before = await events();
  const type = hostile.body === undefined ? undefined : 'application/json';
  const response = await everybody.respond(method, path, hostile.body, type);
  const fault = await faultOf(response);
  const taken = response.status < 300;
  if (fault !== undefined) faults.push(`${name} ${hostile.what}: ${fault}`);
  if (taken && hostile.isText !== true) faults.push(`${name} ${hostile.what}: ${response.status}`);
  if (!taken && (await wrote(before))) faults.push(`${name} ${hostile.what}: refused, and written`);
  return taken;
}

const writes = () => routes.filter(({ method }) => method !== 'GET');

describe(`row 23 on ${ENGINE}`, () => {
  test('row 23: hostile bodies are refused in Vietnamese and write nothing', async () => {
    const faults: string[] = [];
    let [sent, taken] = [0, 0];
    for (const route of writes()) {
      const { path, body } = requestOf(document, route, things);
      if (typeof body !== 'string') continue;
      for (const hostile of hostileBodies(`${SEED} ${route.name}`, JSON.parse(body) as Json, EACH)) {
        // The same in every step-up.
        if (hostile.what.startsWith('act.') && route.name !== 'POST /api/locks') continue;
        sent++;
        if (await attack(faults, route, path, hostile)) taken++;
      }
    }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(1000);
    // Text that somebody may have meant is kept as text: the fuzz gets that far.
    expect(taken).toBeGreaterThan(0);
  });

  test('row 23: what is no JSON body, or far too deep or large, is refused before anything is done', async () => {
    const faults: string[] = [];
    for (const route of writes()) {
      const { path } = requestOf(document, route, things);
      if (described(document, route).upload || described(document, route).body === undefined) continue;
      for (const [what, body] of BROKEN_BODIES) await attack(faults, route, path, { what, body });
    }
    expect(faults).toEqual([]);
  });

  test('row 23: hostile ids and parameters in an address find nothing', async () => {
    const faults: string[] = [];
    let sent = 0;
    for (const route of routes) {
      const names = [...route.path.matchAll(/:(\w+)/g)].flatMap(([, name]) => name ?? []);
      const { query } = described(document, route);
      const good = requestOf(document, route, things);
      const body = typeof good.body === 'string' ? { body: good.body } : {};
      for (const id of HOSTILE_IDS) {
        for (const name of names) {
          sent++;
          const parts = route.path.replace(/:(\w+)/g, (_, part: string) =>
            part === name ? id : (things[part] ?? 'x'),
          );
          await attack(faults, route, parts, { what: `${name}=${id}`, ...body });
        }
        for (const name of query) {
          sent++;
          const search = query.map((one) => `${one}=${one === name ? id : (things[one] ?? '')}`).join('&');
          const path = `${good.path.split('?')[0] ?? ''}?${search}`;
          await attack(faults, route, path, { what: `?${name}=${id}`, ...body });
        }
      }
    }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(400);
  });

  test('row 23: a server error, an answer that is no problem document, an English sentence would each be a fault', async () => {
    const problem = (body: object, status = 400) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } });
    const detail = 'Dữ liệu gửi lên có 1 chỗ chưa đúng.';
    const good = { code: 'VALIDATION', detail, items: [{ message: 'Ở đây phải là chữ.' }] };
    expect(await faultOf(problem(good))).toBeUndefined();
    expect(await faultOf(problem(good, 500))).toMatch(/^500/);
    expect(await faultOf(problem({ ...good, code: undefined }))).toMatch(/^says/);
    expect(await faultOf(problem({ ...good, items: [{ message: 'x must be a string' }] }))).toMatch(
      /must be/,
    );
    expect(await faultOf(new Response('{}', { status: 400 }))).toMatch(/no problem document/);
    const before = await events();
    const sheet = `/api/classes/${things['classId'] ?? ''}/sheets/TOAN/HK1`;
    const draft = { cells: [{ pupilId: things['pupilId'], column: 'GK', value: '7', version: 0 }] };
    expect((await everybody.put(`${sheet}/drafts`, draft)).status).toBe(200);
    expect((await everybody.post(`${sheet}/record`, { columns: ['GK'] })).status).toBe(200);
    expect(await wrote(before)).toBe(true);
  });

  test('row 23: no text that was sent stood in an SQL statement, and a statement with it would have been seen', async () => {
    expect(injected).toEqual([]);
    await server.database.read.query(`SELECT '${MARKER}'`);
    expect(injected).toHaveLength(1);
  });

  test('row 23: afterwards the book is as the journal says', async () => {
    const row = await server.database.read.findOneByOrFail(School, { id: school.id });
    const outside = {
      school: row,
      ledger: undefined,
      trust: undefined,
      outside: {},
      now: server.clock.now(),
    };
    const { findings } = await auditSchool(server.database.read, outside);
    expect(findings.filter(({ table }) => !table.startsWith('ledger'))).toEqual([]);
  });
});
