import { describe, expect, test } from '@jest/globals';
import { ACTION_NAMES } from '#policy/actions.js';
import { decide } from '#policy/decide.js';
import { mayAsk } from '#policy/may-ask.js';
import { rightOf } from '#policy/rights.js';
import { TABLE } from '#policy/table.js';
import { ROLES, type Flag, type Relation, type Role } from '#policy/types.js';
import { actor } from './actors.js';

/** Every combination of values of what an action needs to know. */
function states(needs: readonly Flag[]): Relation[] {
  return needs.reduce<Relation[]>(
    (made, flag) =>
      made.flatMap((one) => valuesOf(flag).map((value): Relation => ({ ...one, [flag]: value }))),
    [{ paperSigned: true }],
  );
}

function valuesOf(flag: Flag): readonly unknown[] {
  if (flag === 'confirmation') return ['needed', 'done', 'skipped'];
  return flag === 'appointedRole' ? ROLES : [true, false];
}

const MINE: Relation = {
  teachesColumn: true,
  homeroomOfClass: true,
  inGroup: true,
  inScope: true,
  ownChild: true,
};

describe('a button is shown exactly when some state of things would let it through', () => {
  test.each(ACTION_NAMES)('%s', (action) => {
    for (const role of ROLES) {
      const who = actor({ roles: [role] });
      for (const relation of [{}, MINE]) {
        const could = states(TABLE[action].needs.filter((flag) => !(flag in relation))).some(
          (state) => decide(who, action, { ...state, ...relation }).allow,
        );
        expect([role, mayAsk(who, action, relation).allow]).toEqual([role, could]);
      }
    }
  });

  test('what the page does know counts', () => {
    const teacher = actor({ roles: ['teacher'] });
    expect(mayAsk(teacher, 'sheet.draft', { teachesColumn: true }).allow).toBe(true);
    expect(mayAsk(teacher, 'sheet.draft', { teachesColumn: true, locked: true })).toMatchObject({
      allow: false,
      rule: 'R1.3',
    });
    expect(mayAsk(teacher, 'sheet.draft', {}).rule).toBe('R1.4');
  });
});

describe('what I may do', () => {
  const right = (roles: Role[], action: (typeof ACTION_NAMES)[number], mine: Relation = {}) =>
    rightOf(actor({ roles }), action, mine);

  test('always, for what is one’s own, or never', () => {
    expect(right(['principal'], 'class.read').extent).toBe('always');
    expect(right(['teacher'], 'class.read', { teachesClass: true }).extent).toBe('own');
    expect(right(['teacher'], 'class.read')).toMatchObject({ extent: 'never', decision: { rule: 'R0.2' } });
    expect(right(['teacher'], 'correction.withdraw').extent).toBe('own');
  });

  test('who teaches one class still decides on the corrections of others', () => {
    const vice = right(['vice-principal'], 'correction.approve', { inScope: true, teachesClass: true });
    expect(vice.extent).toBe('own');
    expect(vice.limits.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['R3.1', 'R3.4', 'R2.4']));
  });

  test('what can still forbid is told only to those who may at all', () => {
    expect(right(['clerk'], 'period.lock').limits).toEqual([]);
    expect(right(['principal'], 'period.lock').limits.map(({ rule }) => rule)).toContain('R5.8');
  });
});
