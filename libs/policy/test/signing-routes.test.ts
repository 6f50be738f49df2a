/** Roles.md rule 6: the route of each kind of document, as people agreed on it. */
import { describe, expect, test } from '@jest/globals';
import { ACTIONS } from '#policy/actions.js';
import {
  DOCUMENT_TYPES,
  SIGNING_ROUTES,
  supportOf,
  type DocumentRoute,
  type DocumentType,
} from '#policy/signing-routes.js';

const routeOf = (type: DocumentType): DocumentRoute => SIGNING_ROUTES[type];
const words = (type: DocumentType) => {
  const { places, seal } = routeOf(type);
  return [...places.map(({ signer }) => signer), ...(seal === null ? [] : ['seal'])].join(' → ');
};

describe('signing routes (roles.md rule 6)', () => {
  test.each([
    ['hoc-ba', 'homeroom → principal → seal'],
    ['bang-tong-hop', 'homeroom → vice-principal → seal'],
    ['phieu-ket-qua', 'homeroom → vice-principal → seal'],
    ['so-theo-doi-lop', 'homeroom → principal → seal'],
    ['thong-ke', 'homeroom → vice-principal → seal'],
    ['so-theo-doi', 'subject-teachers → vice-principal'],
    ['bien-ban', 'checker → checked'],
  ] as const)('%s: %s', (type, route) => {
    expect(words(type)).toBe(route);
  });

  test('every kind is above, and the seal is an appointment and never alone', () => {
    expect(DOCUMENT_TYPES).toHaveLength(7);
    for (const type of DOCUMENT_TYPES) {
      const { places, seal } = routeOf(type);
      expect(places.length).toBeGreaterThan(1);
      expect([null, 'sealer']).toContain(seal === null ? null : seal.appointed);
    }
  });

  test('a place that can be signed asks the table with a second factor; a kind that cannot says why', () => {
    for (const type of DOCUMENT_TYPES) {
      const { places, seal, notSupported } = routeOf(type);
      const actions = [...places, ...(seal === null ? [] : [seal])].map(({ action }) => action);
      expect(actions.every((action) => (action === undefined) === (notSupported !== null))).toBe(true);
      for (const action of actions) {
        if (action !== undefined) expect(ACTIONS[action].needsSecondFactor).toBe(true);
      }
      if (notSupported === null) expect(supportOf(type)).toBeNull();
      else expect(supportOf(type)).toMatch(/^not supported: \p{Lu}/u);
    }
  });

  test('a deputy signs the học bạ in the principal’s place and is printed so', () => {
    expect(routeOf('hoc-ba').places[1]?.deputy).toEqual({
      onBehalf: 'KT. HIỆU TRƯỞNG',
      title: 'PHÓ HIỆU TRƯỞNG',
    });
  });
});
