/** Rows 25 to 29 through the real requests: what a sheet takes out with it, what pages may run, and what an upload may hold. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readArchive } from '#api/exchange/zip-archive.js';
import { storeArchive } from '#api/exchange/zip-writing.js';
import type { ClassesAnswer } from '#contracts/school.js';
import { rawParts, rawWorkbook, sheetXml } from '../../apps/api/test/exchange/raw-workbook.js';
import { ENGINE } from '../integration/engine.js';
import {
  openEverything,
  recordColumn,
  TestServer,
  type Desk,
  type ProblemBody,
  type TestClass,
} from '../integration/school.js';

jest.setTimeout(60_000);

const FORMULAS = ['=HYPERLINK("http://a.example","Xem")', '+84 1', '-2+3', '@SUM(A1)'];
const MARKUP = '"><img src=x onerror=alert(1)><script>alert(2)</script>{{1+1}}';

let server: TestServer;
let it: Desk;
let teacher: Desk;
let target: TestClass;
let sheet: string;

beforeAll(async () => {
  server = await TestServer.start();
  const school = await server.school('thcs-tep', 'LOWER_SECONDARY');
  it = await school.person('cntt', 'it-officer');
  teacher = await school.person('gv', 'teacher');
  const vice = await school.person('pho', 'vice-principal');
  target = await school.class('6A1', 6, ['An', 'Bình', 'Cường', 'Dũng', 'Em'], ['TOAN']);
  await school.assign(teacher, target, 'TOAN');
  await openEverything(vice, school, server.clock, 'HK1');
  await recordColumn(teacher, target, 'TOAN/HK1', 'NX', [...FORMULAS, MARKUP]);
  sheet = `/api/classes/${target.id}/sheets/TOAN/HK1`;
});
afterAll(() => server.stop());

/** The parts of a workbook as text. */
function partsOf(workbook: Uint8Array): Map<string, string> {
  const limits = { entries: 100, totalBytes: 5_000_000, ratio: 100, freeBytes: 5_000_000 };
  return new Map(
    [...readArchive(workbook, limits)].map(({ name, data }) => [name, new TextDecoder().decode(data)]),
  );
}

/** Texts of cells that a program would compute; formulas that a part has. */
function formulasIn(parts: ReadonlyMap<string, string>): string[] {
  return [...parts.values()].flatMap((xml) => [
    ...(xml.match(/<f[ >/].*?>/g) ?? []),
    ...[...xml.matchAll(/<t(?: [^>]*)?>([^<]*)</g)].flatMap(([, text = '']) =>
      /^[=+\-@\t\r]/.test(text) ? [text] : [],
    ),
  ]);
}

describe(`row 25 on ${ENGINE}: a remark that is a formula`, () => {
  test('row 25: leaves the school as text, whatever it begins with', async () => {
    const parts = partsOf(await teacher.download(`${sheet}/workbook`));
    expect(formulasIn(parts)).toEqual([]);
    const all = [...parts.values()].join('\n');
    for (const begun of ["'=HYPERLINK", "'+84 1", "'-2+3", "'@SUM"]) {
      expect(all.replaceAll('&apos;', "'").replaceAll('&#39;', "'")).toContain(begun);
    }
  });

  test('row 25: a workbook that computes, or would, is seen', () => {
    const computed = '<c r="A1"><f>1+1</f><v>2</v></c>';
    expect(formulasIn(new Map([['a', computed]]))).toHaveLength(1);
    expect(formulasIn(new Map([['a', '<si><t xml:space="preserve">=1+1</t></si>']]))).toHaveLength(1);
    expect(formulasIn(new Map([['a', "<si><t>'=1+1</t></si>"]]))).toEqual([]);
  });
});

/** What a policy lets a page do that it need not. */
function weaknessesOf(policy: string | null): string[] {
  const directives = new Map(
    (policy ?? '').split(';').map((part): [string, string] => {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      return [name, sources.join(' ')];
    }),
  );
  const wanted = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'connect-src': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
  };
  const wrong = Object.entries(wanted).filter(([name, sources]) => directives.get(name) !== sources);
  const unsafe = /unsafe-|\*|https?:|blob:/.test(policy ?? '') ? ['unsafe'] : [];
  return [...wrong.map(([name]) => name), ...unsafe];
}

/** Ways by which code of ours could make markup out of text. */
const MARKUP_MADE =
  /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcdoc|new Function\(|\beval\(/i;

describe(`row 26 on ${ENGINE}: a name or remark that is markup`, () => {
  test('row 26: goes to the page as data that no browser takes for a page', async () => {
    const response = await teacher.respond('GET', sheet);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toContain(JSON.stringify(MARKUP));
    const refused = await teacher.respond('GET', `/api/classes/${encodeURIComponent(MARKUP)}`);
    expect(refused.status).toBe(404);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  test('row 26: stays text in a workbook', async () => {
    const parts = partsOf(await teacher.download(`${sheet}/workbook`));
    const all = [...parts.values()].join('\n');
    expect(all).not.toMatch(/<img|<script/);
    expect(all).toContain('&lt;img');
  });

  test('row 26: every answer forbids scripts and styles that are not files of ours', async () => {
    for (const path of ['/', '/api/health', '/api/session', sheet, '/khong-co', '/api/%ff']) {
      const response = await fetch(`${server.url}${path}`);
      const policy = response.headers.get('content-security-policy');
      if (path === '/api/%ff') expect([path, response.status]).toEqual([path, 400]);
      else expect([path, weaknessesOf(policy)]).toEqual([path, []]);
    }
  });

  test('row 26: a weaker policy would be seen', () => {
    const good =
      "default-src 'none';script-src 'self';style-src 'self';connect-src 'self';form-action 'self';frame-ancestors 'none';base-uri 'none'";
    expect(weaknessesOf(good)).toEqual([]);
    expect(weaknessesOf(null)).toHaveLength(7);
    for (const weaker of [
      good.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
      good.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
      good.replace("default-src 'none'", "default-src 'self'"),
      good.replace("base-uri 'none'", ''),
      `${good};img-src *`,
    ]) {
      expect([weaker, weaknessesOf(weaker).length > 0]).toEqual([weaker, true]);
    }
  });

  test('row 26: no page of ours makes markup out of text', () => {
    const sources = readdirSync('apps/web/src', { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name): [string, string] => [name, readFileSync(join('apps/web/src', name), 'utf8')]);
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter(([, text]) => MARKUP_MADE.test(text)).map(([name]) => name)).toEqual([]);
    for (const made of [
      '<p dangerouslySetInnerHTML={{ __html: name }} />',
      'node.innerHTML = name',
      'eval(name)',
    ]) {
      expect(made).toMatch(MARKUP_MADE);
    }
  });
});

/** An archive of one deflated entry that says of itself that it is small. */
function bomb(): Uint8Array {
  const [name, packed] = ['xl/workbook.xml', deflateRawSync(new Uint8Array(60 * 1024 * 1024))];
  const bytes = storeArchive([{ name, data: packed }]);
  const view = new DataView(bytes.buffer);
  const directory = bytes.length - 22 - 46 - name.length;
  for (const at of [8, directory + 10]) view.setUint16(at, 8, true);
  for (const at of [22, directory + 24]) view.setUint32(at, 1000, true);
  return bytes;
}

const withDtd = () =>
  storeArchive(
    rawParts([{ name: 'Trang 1', xml: sheetXml([['a']]) }]).map(({ name, data }) => ({
      name,
      data: new TextEncoder().encode(
        `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${new TextDecoder().decode(data)}`,
      ),
    })),
  );
const climbing = () =>
  storeArchive([
    ...rawParts([{ name: 'Trang 1', xml: sheetXml([['a']]) }]),
    { name: '../../../leo-ra-ngoai.xml', data: new Uint8Array(3) },
  ]);

const UPLOADS: readonly (readonly [string, () => Uint8Array, string])[] = [
  ['row 27: a bomb of 60 MB in 60 kB that says it is small', bomb, 'WORKBOOK_LIMIT'],
  ['row 28: a document type with an entity of a file on the server', withDtd, 'DTD_REFUSED'],
  ['row 29: a part whose name climbs out of the archive', climbing, 'DAMAGED_WORKBOOK'],
];

describe(`rows 27 to 29 on ${ENGINE}: what an upload holds`, () => {
  test.each(UPLOADS)(
    '%s is refused where a list and where marks are sent, and nothing is written',
    async (_, make, code) => {
      const file = make();
      expect(file.length).toBeLessThan(200_000);
      for (const [desk, path] of [
        [it, '/api/roster/preview'],
        [it, '/api/roster/import'],
        [teacher, `${sheet}/preview`],
      ] as const) {
        const { status, body } = await desk.upload<ProblemBody>(path, file);
        expect([path, status, body.items?.map((item) => item.code)]).toEqual([path, 422, [code]]);
      }
      const { classes } = (await it.get<ClassesAnswer>('/api/classes')).body;
      expect(classes.map(({ name }) => name)).toEqual(['6A1']);
      expect(existsSync(join(process.cwd(), '..', '..', '..', 'leo-ra-ngoai.xml'))).toBe(false);
    },
  );

  test('rows 27, 28, 29: a workbook with nothing of the kind is looked at', async () => {
    const good = rawWorkbook([
      {
        name: 'Trang 1',
        rows: [
          ['Mã học sinh', 'Họ và tên'],
          ['7400000001', 'Trần An'],
        ],
      },
    ]);
    const { status, body } = await it.upload<ProblemBody>('/api/roster/preview', good, { className: '6A2' });
    expect(JSON.stringify([status, body])).not.toMatch(/WORKBOOK_LIMIT|DTD_REFUSED|DAMAGED_WORKBOOK/);
  });
});
