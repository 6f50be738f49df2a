// What the tests that are mutated against use of `@jest/globals`: they are written down here and run by in-process.mjs.
// Jest's own `expect`; anything else of Jest's that a test should need is missing, and fails when it is loaded.
import { jestExpect } from '@jest/expect';

export const expect = jestExpect;

/** The file being loaded: its tests in order, and what runs around them. */
let open;
let path = [];

/** Loads a test file (by `load`) and answers its tests: {id, run}. */
export async function collect(file, load) {
  open = { tests: [], ids: new Set(), before: [], after: [], afterEach: [] };
  path = [file];
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

/** One row of `each`: a list is spread over the function's arguments. */
const argumentsOf = (row) => (Array.isArray(row) ? row : [row]);

export function test(name, run) {
  open.tests.push({ id: idOf(name), run });
}
test.each = (rows) => (name, run) => {
  for (const row of rows) test(name, () => run(...argumentsOf(row)));
};
test.skip = () => undefined;

export function describe(name, define) {
  path.push(name);
  define();
  path.pop();
}
describe.each = (rows) => (name, define) => {
  for (const row of rows) describe(`${name} ${JSON.stringify(row)}`, () => define(...argumentsOf(row)));
};

export const beforeAll = (run) => void open.before.push(run);
export const afterAll = (run) => void open.after.push(run);
export const afterEach = (run) => void open.afterEach.push(run);
