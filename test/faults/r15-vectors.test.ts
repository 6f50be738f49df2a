/** R15: every case of every official set of vectors is judged as the set says. */
import { describe, expect, test } from '@jest/globals';
import { figure } from './figures.js';
import { vectorsAreThere } from '../../ledger/test/official-vectors.js';
import { vectorSets, type Case } from './vector-sets.js';

const withVectors = vectorsAreThere ? describe : describe.skip;
if (!vectorsAreThere) process.stderr.write('skipped: no vectors\n');

function says({ judge }: Case): boolean {
  try {
    return judge();
  } catch {
    return false;
  }
}

withVectors('official vectors (skipped: no vectors, when they are not there)', () => {
  test.each(vectorSets.map((set) => [set.name, set] as const))(
    '%s: N of N',
    (name, { cases, least, leftOut }) => {
      const all = cases();
      const wrong = all.filter((each) => says(each) !== each.good).map((each) => each.name);
      figure({
        id: 'R15',
        what: `official vectors: ${name}`,
        value: `${String(all.length - wrong.length)}/${String(all.length)}`,
        bar: 'N/N',
        holds: all.length >= least && wrong.length === 0,
        ...(leftOut === undefined ? {} : { detail: `left out: ${leftOut}` }),
      });
      expect(all.length).toBeGreaterThanOrEqual(least);
      expect(wrong).toEqual([]);
      // A judge that says yes to everything would not get so far, where the set has bad cases.
      if (name !== 'RFC 8785') expect(all.filter(({ good }) => !good).length).toBeGreaterThan(0);
    },
  );
});
