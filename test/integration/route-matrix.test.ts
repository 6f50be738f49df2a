import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ACTION_NAMES, needsSecondFactor } from '#policy/actions.js';
import { ENGINE } from './engine.js';
import { see } from './route-matrix/answers.js';
import { ACT_PARAMS } from './route-matrix/recipes.js';
import { requestOf, type Sent } from './route-matrix/requests.js';
import { routesOf, type Route } from './route-matrix/routes.js';
import { buildWorld, COLUMNS, NOW, PLACES, type World } from './route-matrix/world.js';
import { TestServer } from './school.js';

/** Row name → column → signs of the four places. */
const EXPECTED = readTable(readFileSync(new URL('./route-matrix/expected.md', import.meta.url), 'utf8'));
/** Row name → cells as found, for the printed matrix. */
const FOUND = new Map<string, readonly string[]>();

let server: TestServer;
let world: World;
let document: OpenAPIObject;
let routes: readonly Route[];

beforeAll(async () => {
  server = await TestServer.start(NOW);
  world = await buildWorld(server);
  document = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as OpenAPIObject;
  routes = routesOf(server);
}, 240_000);
afterAll(async () => {
  if (process.argv.some((argument) => argument.includes('route-matrix'))) print();
  await server.stop();
}, 30_000);

/** The cells of one row. Reading is done by everybody at once; whatever writes is done one after another. */
async function rowOf(name: string, requests: readonly Sent[]): Promise<string> {
  const cells: Cell[] = [];
  if (requests.every(({ method }) => method === 'GET')) {
    cells.push(...(await Promise.all(COLUMNS.map((column) => cellOf(column, requests)))));
  } else {
    for (const column of COLUMNS) cells.push(await cellOf(column, requests));
  }
  FOUND.set(
    name,
    cells.map(({ signs, why }) => [signs, ...why].join(' ')),
  );
  return line(
    name,
    cells.map(({ signs }) => signs),
  );
}

interface Cell {
  readonly signs: string;
  readonly why: ReadonlySet<string>;
}

/** One request a person where the places do not differ. */
async function cellOf(column: string, requests: readonly Sent[]): Promise<Cell> {
  const desk = world.people.get(column) ?? null;
  const answers = new Map<string, string>();
  const why = new Set<string>();
  for (const sent of requests) {
    if (answers.has(sent.text)) continue;
    const seen = await see(server, desk, sent);
    answers.set(sent.text, seen.sign);
    if (seen.why !== '') why.add(seen.why);
  }
  return { signs: short(requests.map(({ text }) => answers.get(text) ?? '').join('')), why };
}

/** A cell whose places do not differ is written once. */
function short(signs: string): string {
  return new Set(signs).size === 1 ? (signs[0] ?? '') : signs;
}

function line(name: string, cells: readonly string[]): string {
  return `| ${name} | ${cells.join(' | ')} |`;
}

function cellsOf(row: string): string[] {
  return row
    .split('|')
    .slice(2, -1)
    .map((cell) => cell.trim());
}

function readTable(text: string): ReadonlyMap<string, string> {
  const rows = text.split('\n').filter((row) => /^\| (GET|POST|PUT|PATCH|DELETE|act) /.test(row));
  return new Map(rows.map((row) => [row.split('|')[1]?.trim() ?? '', row.replace(/ +/g, ' ').trim()]));
}

/** The lines of the file that are meant, in the file's order. */
function expectedOf(meant: (row: { readonly name: string }) => boolean): string {
  return [...EXPECTED]
    .filter(([name]) => meant({ name }))
    .map(([, row]) => row)
    .join('\n');
}

function print(): void {
  const head = [
    line('route', COLUMNS),
    line(
      '---',
      COLUMNS.map(() => '---'),
    ),
  ];
  const rows = [...FOUND].map(([name, cells]) => line(name, cells));
  process.stdout.write(`${[...head, ...rows].join('\n')}\n`);
}

describe(`every route × every role × own, locked, other class, other school on ${ENGINE}`, () => {
  test('each route of the running server has its line in expected.md, and each line its route', () => {
    const lines = [...EXPECTED.keys()].filter((name) => !name.startsWith('act '));
    expect(routes.map(({ name }) => name).filter((name) => !EXPECTED.has(name))).toEqual([]);
    expect(lines.filter((name) => !routes.some((route) => route.name === name))).toEqual([]);
    expect(routes.length).toBeGreaterThan(80);
  });

  test('row 14: by the table nobody does or learns anything of another school’s things', () => {
    for (const [name, row] of EXPECTED) {
      const foreign = cellsOf(row).filter((cell) => cell.length === PLACES.length);
      expect([name, foreign.filter((cell) => !/[0x]$/.test(cell))]).toEqual([name, []]);
    }
  });

  test('row 11: by the table a disabled account is nobody', () => {
    for (const [name, row] of EXPECTED) {
      const [off, nobody] = cellsOf(row).slice(-2);
      expect([name, off]).toEqual([name, nobody]);
    }
  });

  test('row 14: each route answers as the table says: nobody finds another school’s, class’s or family’s things', async () => {
    const found = new Map<string, string>();
    // Readings come last: what somebody else has read is no longer taken back on the same day.
    const writing = routes.filter(({ method }) => method !== 'GET');
    for (const route of [...writing, ...routes.filter(({ method }) => method === 'GET')]) {
      const requests = PLACES.map((place) => requestOf(document, route, world.things[place]));
      found.set(route.name, await rowOf(route.name, requests));
    }
    const rows = routes.map(({ name }) => found.get(name));
    expect(rows.join('\n')).toBe(expectedOf(({ name }) => !name.startsWith('act ')));
  }, 600_000);

  test('row 14: each act is stated by whom the table says', async () => {
    const found: string[] = [];
    for (const action of ACTION_NAMES.filter(needsSecondFactor)) {
      const requests = PLACES.map((place) => {
        const params = ACT_PARAMS[action]?.(world.things[place]) ?? {};
        const body = JSON.stringify({ action, params });
        return { method: 'POST', path: '/api/acts', body, text: body };
      });
      found.push(await rowOf(`act ${action}`, requests));
    }
    expect(found.join('\n')).toBe(expectedOf(({ name }) => name.startsWith('act ')));
  }, 240_000);
});
