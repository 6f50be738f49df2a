// What the tests that are mutated against use of `@jest/globals`: they are written down here and run by in-process.mjs.
// Jest's own `expect`; anything else of Jest's that a test should need is missing, and fails when it is loaded.
import { jestExpect } from '@jest/expect';

export const expect = jestExpect;

/** The file being loaded: its tests in order, and what runs before and after all of them. */
let open;
let path = [];
/** What runs around each test of the describe blocks that are open, the outermost first. */
let scopes = [];

/** Loads a test file (by `load`) and answers its tests: {id, run}. */
export async function collect(file, load) {
  open = { tests: [], ids: new Set(), before: [], after: [] };
  path = [file];
  scopes = [{ before: [], after: [] }];
  await load();
  return open;
}

function idOf(name) {
  const full = [...path, name].join(' › ');
  let id = full;
  for (let twin = 2; open.ids.has(id); twin++) id = `${full} (${String(twin)})`;
  open.ids.add(id);
  return id;
}

/** The arguments of each row: a table of lists only is spread, as Jest does it; in any other a row is one argument. */
const tableOf = (rows) => (rows.every(Array.isArray) ? rows : rows.map((row) => [row]));

export function test(name, run) {
  const around = [...scopes];
  const inScopes = async () => {
    for (const { before } of around) for (const step of before) await step();
    try {
      await run();
    } finally {
      for (const { after } of around.toReversed()) for (const step of after) await step();
    }
  };
  open.tests.push({ id: idOf(name), run: inScopes });
}
test.each = (rows) => (name, run) => {
  for (const row of tableOf(rows)) test(name, () => run(...row));
};
test.skip = () => undefined;

export function describe(name, define) {
  path.push(name);
  scopes.push({ before: [], after: [] });
  define();
  scopes.pop();
  path.pop();
}
describe.each = (rows) => (name, define) => {
  for (const row of tableOf(rows)) describe(`${name} ${JSON.stringify(row)}`, () => define(...row));
};

export const beforeAll = (run) => void open.before.push(run);
export const afterAll = (run) => void open.after.push(run);
export const beforeEach = (run) => void scopes.at(-1).before.push(run);
export const afterEach = (run) => void scopes.at(-1).after.push(run);
