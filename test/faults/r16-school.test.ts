/**
 * R16, the documents' part in full: all files of an issued school before every judge. Only where SOCAI_ISSUED names the
 * folder (as `npm run demo` leaves one):
 *
 *   SOCAI_ISSUED=data/demo npm run test:faults -- R16
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { startBrowser } from '../e2e/browser.js';
import {
  hasOpenssl,
  hasPoppler,
  judgeByCli,
  judgeByGo,
  judgeByOpenssl,
  judgeByPdfsig,
  keysIn,
  nssDatabase,
  onEveryCore,
  outputOf,
} from '../conformance/file-judges.js';
import { buildGoChecker, goIsThere } from '../conformance/go-checker.js';
import { readIssuedFolder, type IssuedFile, type IssuedFolder } from '../conformance/issued-folder.js';
import { judgeByPage } from '../conformance/page-judge.js';
import { missingWords, textOf } from '../conformance/printed-data.js';
import { figure } from './figures.js';

jest.setTimeout(3_600_000);

const FOLDER = process.env['SOCAI_ISSUED'];
const EVERY = Number(process.env['SOCAI_ISSUED_EVERY'] ?? '1');
const withSchool = FOLDER === undefined ? describe.skip : describe;
const withPoppler = hasPoppler ? test : test.skip;
const withOpenssl = hasOpenssl ? test : test.skip;
const withGo = goIsThere ? test : test.skip;

let scratch: string;
let school: IssuedFolder;
let files: readonly IssuedFile[];
let started: number;

withSchool('all files of an issued school', () => {
  beforeAll(() => {
    scratch = mkdtempSync(join(tmpdir(), 'socai-school-'));
    school = readIssuedFolder(FOLDER ?? '', EVERY);
    files = school.files;
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  test('are one for each pupil of a class and year', () => {
    const whose = files.map(({ document: { data, type, event } }) => {
      const pupil = 'pupil' in data ? data.pupil.code : '';
      const year = 'year' in data ? data.year.schoolYear : '';
      return `${type} ${data.school.code} ${pupil} ${year} ${String(event)}`;
    });
    report('files of an issued school, each of another pupil', new Set(whose).size);
    expect(new Set(whose).size).toBe(files.length);
  });

  test('are valid for `socai verify`, with the log read to its end', () => {
    begin();
    const disagreeing = [...school.logs].flatMap(([origin, log]) => {
      const own = files.filter(({ document }) => document.origin === origin);
      const said = judgeByCli(
        own.map(({ path }) => path),
        school.trust,
        log,
      );
      return own.filter((_, i) => said[i] !== 'valid').map(({ name }, i) => `${name}: ${said[i] ?? ''}`);
    });
    report('files of an issued school valid for socai verify', files.length - disagreeing.length);
    expect(disagreeing).toEqual([]);
  });

  test('are valid for the page in Chromium, all dropped at once', async () => {
    const browser = await startBrowser();
    if (typeof browser === 'string') return process.stderr.write(`skipped: ${browser}\n`);
    begin();
    const said = await judgeByPage(
      browser.browser,
      files.map(({ path }) => path),
      {
        trust: school.trust,
        logs: school.logs,
      },
    );
    const good = files.filter(({ name }) => said.get(name) === 'valid').length;
    report('files of an issued school valid for the page in Chromium', good);
    await browser.stop();
    expect([...said].filter(([, verdict]) => verdict !== 'valid')).toEqual([]);
    return expect(said.size).toBe(files.length);
  });

  withPoppler('have all signatures valid and trusted for pdfsig', async () => {
    begin();
    const nss = nssDatabase(join(scratch, 'nss'), school.authorities);
    const said = await onEveryCore(files, ({ path, document }) =>
      judgeByPdfsig(path, nss, document.route.length),
    );
    told('valid and trusted for pdfsig', said);
  });

  withOpenssl('have every CMS good for openssl', async () => {
    begin();
    const authorities = join(scratch, 'authorities.pem');
    writeFileSync(authorities, school.authorities.map((path) => readFileSync(path, 'utf8')).join('\n'));
    const said = await onEveryCore(files, ({ path, document }, slot) =>
      judgeByOpenssl(
        readFileSync(path),
        authorities,
        join(scratch, `cms-${String(slot)}`),
        document.route.length,
      ),
    );
    told('good for openssl cms', said);
  });

  withGo('carry proofs that hold for the Go library, and so do the logs', async () => {
    const go = buildGoChecker(scratch);
    begin();
    for (const [origin, log] of school.logs) {
      const { vkey, witnesses } = keysIn(school.trust, origin);
      expect([origin, go(log, vkey, { witnesses }).status]).toEqual([origin, 0]);
    }
    const said = files.map(({ path, document }) =>
      judgeByGo(readFileSync(path), go, join(scratch, 'proof'), keysIn(school.trust, document.origin)),
    );
    told('proven for the Go library', said);
  });

  withPoppler('say on their pages what their data say, on as many pages as planned', async () => {
    begin();
    const wrong = await onEveryCore(files, async ({ path, document, name }) => {
      const missing = missingWords(document, textOf(path));
      const { plan } = await readTranscriptPdf(new Uint8Array(readFileSync(path)));
      const { pages } = plan;
      const stated = /Pages: +(\d+)/.exec(outputOf('pdfinfo', [path]))?.[1];
      return [...missing, ...(stated === String(pages.length) ? [] : [`${stated ?? ''} pages`])].map(
        (each) => `${name}: ${each}`,
      );
    });
    report('files whose text is their data', wrong.filter((each) => each.length === 0).length);
    expect(wrong.flat().slice(0, 20)).toEqual([]);
  });
});

function begin(): void {
  started = performance.now();
}

function told(what: string, said: readonly ('accepts' | 'refuses')[]): void {
  report(`files of an issued school ${what}`, said.filter((each) => each === 'accepts').length);
  const refused = files.filter((_, i) => said[i] !== 'accepts').map(({ name }) => name);
  expect(refused).toEqual([]);
}

function report(what: string, right: number): void {
  const all = files.length;
  const ms = (performance.now() - started) / all;
  figure({
    id: 'R16',
    what,
    value: `${String(right)}/${String(all)}`,
    bar: 'N/N',
    holds: right === all,
    ...(Number.isNaN(ms) ? {} : { detail: `${ms.toFixed(1)} ms a file` }),
  });
}
