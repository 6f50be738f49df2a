/** Rows 13, 16 and 21: requests from other pages, fields that nobody asked for, names that are not one's own. */
import { randomUUID } from 'node:crypto';
import { getDataSourceToken } from '@nestjs/typeorm';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AbstractLogger, type DataSource } from 'typeorm';
import { Appointment } from '#api/identity/identity.entities.js';
import type { AccountsAnswer, IssuedCodeAnswer } from '#contracts/accounts.js';
import type { SessionAnswer } from '#contracts/session.js';
import { described, routesOf, type Route } from '../integration/route-matrix/routes.js';
import { PASSWORD, TestServer, type Desk, type ProblemBody, type TestSchool } from '../integration/school.js';
import { cookieOf, sendTo, signInAt, type SignedIn } from '../integration/signing-in.js';

jest.setTimeout(60_000);

/** Writes before there is a session. */
const WITHOUT_SESSION = [
  'POST /api/session',
  'POST /api/session/second-factor',
  'POST /api/activation',
  'POST /api/activation/complete',
];

let server: TestServer;
let school: TestSchool;
let principal: Desk;
let it: Desk;
let teacher: Desk;
let routes: readonly Route[];
let document: OpenAPIObject;

beforeAll(async () => {
  server = await TestServer.start();
  school = await server.school('thcs-yeu-cau', 'LOWER_SECONDARY');
  principal = await school.person('ht', 'principal', 'vice-principal');
  it = await school.person('it', 'it-officer');
  teacher = await school.person('gv', 'teacher');
  const own = await school.class('6A1', 6, ['An', 'Bình']);
  await school.assign(teacher, own, 'TOAN', 'GVCN');
  ids = { classId: own.id, pupilId: own.pupilIds[0] ?? '', area: 'TOAN', period: 'HK1' };
  routes = routesOf(server).filter(({ path }) => path.startsWith('/api/'));
  document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as OpenAPIObject;
});
afterAll(() => server.stop());

let ids: Readonly<Record<string, string>>;

/** A route's address with real ids where there are some. */
function addressOf({ path }: Route): string {
  return path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? randomUUID());
}

async function enter(desk: Desk): Promise<SignedIn> {
  server.clock.advance(31_000);
  const entered = await signInAt(server.url, { username: desk.username, password: PASSWORD }, () => ({
    method: 'totp',
    code: desk.code(),
  }));
  // On to codes that the desk itself has not used yet.
  server.clock.advance(61_000);
  return entered;
}

/** Sends a request of a route with these headers. */
async function send(route: Route, headers: Readonly<Record<string, string>>, body: unknown = {}) {
  const response = await fetch(`${server.url}${addressOf(route)}`, {
    method: route.method,
    headers: { ...headers, ...(route.method === 'GET' ? {} : { 'content-type': 'application/json' }) },
    ...(route.method === 'GET' ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  return { status: response.status, problem: isProblem ? (JSON.parse(text) as ProblemBody) : null };
}

const writes = () => routes.filter(({ method }) => method !== 'GET');

describe('row 13: a page of somebody else', () => {
  test('row 13: the cookies are __Host-, HttpOnly, Secure, SameSite=Strict, for the whole host and no domain', async () => {
    const body = { username: teacher.username, password: PASSWORD };
    const first = await sendTo(server.url, '/api/session', body);
    const cookie = cookieOf(first, '__Host-socai-pending');
    const answer = { method: 'totp', code: teacher.code() };
    const second = await sendTo(server.url, '/api/session/second-factor', answer, { cookie });
    for (const set of [...first.headers.getSetCookie(), ...second.headers.getSetCookie()]) {
      expect(set).toMatch(/^__Host-socai(-pending)?=/);
      const attributes = set.split('; ').slice(1);
      expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']));
      expect(set).not.toMatch(/domain/i);
    }
  });

  test('row 13: no write goes without the session’s own token', async () => {
    const [mine, other] = [await enter(teacher), await enter(it)];
    const guarded = writes().filter(({ name }) => !WITHOUT_SESSION.includes(name));
    expect(guarded.length).toBeGreaterThan(40);
    for (const route of guarded) {
      for (const token of [{}, { 'x-csrf-token': other.csrf }]) {
        const { status, problem } = await send(route, { cookie: mine.cookie, ...token });
        expect([route.name, status, problem?.code]).toEqual([route.name, 403, 'CSRF']);
      }
    }
  });

  test('row 13: another site’s page writes nothing, not even signing the victim in as the attacker', async () => {
    const { cookie, csrf } = await enter(teacher);
    const refused = async (route: Route, site: string) => {
      const headers = { cookie, 'x-csrf-token': csrf, 'sec-fetch-site': site };
      const { status, problem } = await send(route, headers);
      expect([route.name, site, status, problem?.code]).toEqual([route.name, site, 403, 'CSRF']);
    };
    for (const route of writes()) await refused(route, 'cross-site');
    await refused({ method: 'POST', path: '/api/session', name: 'POST /api/session' }, 'same-site');
    const same = { cookie, 'x-csrf-token': csrf, 'sec-fetch-site': 'same-origin' };
    expect((await send({ method: 'DELETE', path: '/api/session/others', name: '' }, same)).status).toBe(200);
  });

  test('row 13: a form cannot sign in: it sends no JSON', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const response = await fetch(`${server.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify({ username: teacher.username, password: PASSWORD }),
      });
      expect([type, response.status]).toEqual([type, 400]);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  test('row 13: no GET changes anything but the notes of who was here and who looked', async () => {
    const changed: string[] = [];
    class WriteLogger extends AbstractLogger {
      override logQuery(query: string): void {
        const table = /^(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "?(\w+)/i.exec(query.trim())?.[1];
        if (table !== undefined) changed.push(table);
      }
      protected writeLog(): void {}
    }
    const source = server.app.get<DataSource>(getDataSourceToken());
    await Promise.all([principal, it, teacher].map((desk) => desk.get('/api/session')));
    source.setOptions({ logger: new WriteLogger('all'), logging: true });
    const asked: string[] = [];
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      for (const desk of [principal, it, teacher]) {
        const query = described(document, route).query.map((name) => `${name}=${ids[name] ?? randomUUID()}`);
        const path = `${addressOf(route)}${query.length > 0 ? `?${query.join('&')}` : ''}`;
        const response = await desk.respond('GET', path);
        await response.arrayBuffer();
        if (response.status === 200) asked.push(route.name);
      }
    }
    source.setOptions({ logging: false });
    expect(new Set(asked).size).toBeGreaterThan(15);
    const notes = [
      // When a session was last used; who has read a sheet; whose data was looked at.
      ...['sessions', 'sheet_reads', 'class_accesses'],
      // The server's own timers.
      ...['ledger_logs', 'ledger_outbox', 'ledger_entries', 'ledger_stage', 'journal_heads', 'windows'],
    ];
    expect(changed.filter((table) => !notes.includes(table))).toEqual([]);
  });
});

describe('row 16: fields that nobody asked for', () => {
  test('row 16: every write refuses approvedBy, role, schoolId and personId by name', async () => {
    const { cookie, csrf } = await enter(principal);
    const withBody = writes().filter((route) => {
      const { body, upload } = described(document, route);
      return body !== undefined && !upload;
    });
    expect(withBody.length).toBeGreaterThan(30);
    for (const route of withBody) {
      const body = described(document, route).body as Readonly<Record<string, unknown>>;
      const fields = ['approvedBy', 'role', 'schoolId', 'personId'].filter((name) => !known(route, name));
      const extra = Object.fromEntries(fields.map((name) => [name, school.id]));
      const headers = { cookie, 'x-csrf-token': csrf };
      const { status, problem } = await send(route, headers, { ...body, ...extra });
      const named = problem?.items?.filter(({ code }) => code === 'UNKNOWN_FIELD').map(({ where }) => where);
      expect([route.name, status, named?.sort()]).toEqual([route.name, 400, fields.sort()]);
    }
  });

  /** Whether a route has such an (optional) field of its own. */
  function known({ method, path }: Route, field: string): boolean {
    const item = document.paths[path.replace(/:(\w+)/g, '{$1}')] as Record<string, unknown>;
    const text = JSON.stringify(item[method.toLowerCase()]);
    const name = /#\/components\/schemas\/(\w+)/.exec(text.slice(text.indexOf('requestBody')))?.[1] ?? '';
    const schema = document.components?.schemas?.[name] as { properties?: object } | undefined;
    return schema?.properties !== undefined && field in schema.properties;
  }
});

describe('row 21: somebody else’s name', () => {
  test('row 21: a session is only ever the own one: no field, header or address makes it another’s', async () => {
    const { cookie } = await enter(it);
    for (const field of [{ personId: principal.id }, { actAs: principal.id }]) {
      const body = { username: it.username, password: PASSWORD, ...field };
      const response = await sendTo(server.url, '/api/session', body);
      expect([response.status, response.headers.getSetCookie()]).toEqual([400, []]);
    }
    for (const headers of [
      { 'x-user': principal.id },
      { 'x-forwarded-user': principal.username },
      { authorization: `Bearer ${principal.id}` },
    ]) {
      const response = await fetch(`${server.url}/api/session?personId=${principal.id}`, {
        headers: { cookie, ...headers },
      });
      expect(((await response.json()) as SessionAnswer).person.id).toBe(it.id);
    }
  });

  test('row 21: the routes that open a session are the two steps of signing in, and no others', async () => {
    const opening: string[] = [];
    const { cookie, csrf } = await enter(it);
    for (const route of writes().filter(({ name }) => !name.endsWith('/api/session'))) {
      const { body } = described(document, route);
      const response = await fetch(`${server.url}${addressOf(route)}`, {
        method: route.method,
        headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (cookieOf(response, '__Host-socai') !== '') opening.push(route.name);
      await response.arrayBuffer();
    }
    expect(opening).toEqual([]);
  });

  test('row 21: the IT officer makes no approver, neither of another nor of themself', async () => {
    for (const personId of [teacher.id, it.id]) {
      for (const role of ['vice-principal', 'principal', 'sealer', 'group-head']) {
        const params = { personId, role, from: '2026-11-10', decisionNumber: '1/QĐ-HT' };
        const { status, body } = await it.post('/api/acts', { action: 'appointment.make', params });
        expect([role, status, body.code]).toEqual([role, 403, 'FORBIDDEN']);
      }
    }
  });

  test('row 21: the IT officer takes nobody’s approving away with their account, nor gives it back', async () => {
    const vice = await school.person('pho.khoa', 'vice-principal');
    const coming = await school.person('sap.duoc.giao', 'teacher');
    const from = { fromDate: '2027-01-04', toDate: null, decisionNumber: '9/QĐ', appointedBy: principal.id };
    await school.founded((base) =>
      base.enter<Partial<Appointment>>(Appointment, [
        { ...from, schoolId: school.id, id: randomUUID(), personId: coming.id, role: 'principal' },
      ]),
    );
    const reason = { reason: 'Nghi lộ mật khẩu' };
    for (const approver of [principal, vice, coming]) {
      expect(await it.post(`/api/accounts/${approver.id}/disable`, reason)).toMatchObject({
        status: 403,
        body: { rule: 'R9.31' },
      });
      expect((await approver.get('/api/session')).status).toBe(200);
    }
    expect((await principal.post(`/api/accounts/${principal.id}/disable`, reason)).status).toBe(403);
    expect((await principal.post(`/api/accounts/${vice.id}/disable`, reason)).status).toBe(204);
    expect((await vice.get('/api/session')).status).toBe(401);
    expect(await it.post(`/api/accounts/${vice.id}/enable`, reason)).toMatchObject({
      status: 403,
      body: { rule: 'R9.31' },
    });
    expect((await principal.post(`/api/accounts/${vice.id}/enable`, reason)).status).toBe(204);
    const plain = await school.person('gv.thuong', 'teacher');
    expect((await it.post(`/api/accounts/${plain.id}/disable`, reason)).status).toBe(204);
  });

  test('row 21: who makes an account learns neither its password nor its second factor', async () => {
    const account = { kind: 'staff', name: 'gv.rieng', fullName: 'Vũ Thị Riêng', title: 'Giáo viên' };
    const made = await it.post<IssuedCodeAnswer>('/api/accounts', account);
    expect(Object.keys(made.body).sort()).toEqual([
      'activationCode',
      'expiresAt',
      'fullName',
      'personId',
      'username',
    ]);
    const { accounts } = (await it.get<AccountsAnswer>('/api/accounts')).body;
    expect(accounts.find(({ id }) => id === made.body.personId)).toMatchObject({
      state: 'waiting',
      roles: [],
    });
    expect(JSON.stringify(accounts)).not.toContain(made.body.activationCode);
  });

  test('row 21: the month’s list is signed off by the management alone, for what was looked at', async () => {
    const { body: list } = await principal.get<AccountsAnswer>('/api/accounts');
    const { reportHash } = list;
    expect(await it.post('/api/accounts/review', { reportHash })).toMatchObject({ status: 403 });
    await it.post(`/api/accounts/${teacher.id}/disable`, { reason: 'Xin nghỉ việc' });
    const stale = await principal.post('/api/accounts/review', { reportHash });
    expect([stale.status, stale.body.code]).toEqual([409, 'STALE_VERSION']);
    const now = (await principal.get<AccountsAnswer>('/api/accounts')).body;
    const unseen = ({ accounts }: AccountsAnswer) =>
      accounts.filter(({ remarks }) => remarks.includes('NEW')).map(({ id }) => id);
    expect(unseen(now)).toContain(principal.id);
    const signed = await principal.post<AccountsAnswer>('/api/accounts/review', {
      reportHash: now.reportHash,
    });
    expect(signed.body.reviews).toEqual([
      expect.objectContaining({
        month: '2026-11',
        reportHash: now.reportHash,
        reviewedBy: principal.fullName,
      }),
    ]);
    expect(unseen(signed.body)).toEqual([]);
    expect(signed.body.accounts.find(({ id }) => id === teacher.id)).toMatchObject({
      state: 'disabled',
      remarks: ['DISABLED_WITH_ROLE'],
    });
    const again = await principal.post('/api/accounts/review', { reportHash: now.reportHash });
    expect(again.body.code).toBe('ALREADY_EXISTS');
  });
});
