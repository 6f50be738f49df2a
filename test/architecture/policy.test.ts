import { describe, expect, test } from '@jest/globals';
import { routesOf } from './policy-calls.js';
import { parse, readSources } from './sources.js';

const sources = readSources(process.cwd(), 'apps/api/src');

/** Routes that ask nobody, each with its reason. */
const NOBODY_TO_ASK: Readonly<Record<string, string>> = {
  'SessionController.whoAmI': 'says only who the session belongs to',
  'ActController.state': 'the builder that the feature registered asks; looked at below',
};

/** A controller and its service; `body` is what the service does. */
function planted(body: string): ReturnType<typeof parse> {
  return parse(
    'apps/api/src/planted.ts',
    `class Shelf { constructor(private readonly access: ClassAccess) {} async change(s: Session) { ${body} } }
     @Controller('x') class ShelfController {
       constructor(private readonly shelf: Shelf) {}
       @Post() async change(@CurrentSession() s: Session) { return this.shelf.change(s); }
     }`,
  );
}

describe('every route', () => {
  test('asks the policy on its way, or is public, or has a reason', () => {
    const silent = routesOf(sources).filter(({ isPublic, asks }) => !isPublic && !asks);
    expect(silent.map(({ name }) => name).sort()).toEqual(Object.keys(NOBODY_TO_ASK).sort());
  });

  test('is really looked at: the routes of the main job are among them', () => {
    const names = routesOf(sources).map(({ name }) => name);
    const some = [
      'SheetsController.draft',
      'CorrectionsController.approve',
      'LocksController.lock',
      'RosterController.import',
    ];
    expect(names).toEqual(expect.arrayContaining(some));
    expect(names.length).toBeGreaterThan(30);
  });

  test('that does not ask is caught, and one that asks further down is not', () => {
    expect(routesOf([planted('await this.store.write(s);')])).toMatchObject([{ asks: false }]);
    expect(routesOf([planted(`await this.access.authorize(s, 'sheet.draft');`)])).toMatchObject([
      { asks: true },
    ]);
    expect(routesOf([planted('await this.inner(s);')])).toMatchObject([{ asks: false }]);
  });
});

describe('every act', () => {
  test('is stated by a feature that asks the policy', () => {
    const registering = sources.filter(({ tree }) => /\bacts\.register\(/.test(tree.text));
    expect(registering.length).toBeGreaterThan(1);
    for (const { path, tree } of registering) {
      expect([path, /\.authorize\(/.test(tree.text)]).toEqual([path, true]);
    }
  });
});
