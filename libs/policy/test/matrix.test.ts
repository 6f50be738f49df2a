import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ACTION_NAMES, type Action } from '#policy/actions.js';
import { decide } from '#policy/decide.js';
import { switchesOf } from '#policy/switches.js';
import { ROLES, type Relation, type Role } from '#policy/types.js';
import { actor } from './actors.js';

/** Each column of expected.md: the roles held, and how the person stands to what is their own. */
const WHO: Readonly<Record<string, { readonly roles: readonly Role[]; readonly own: Relation }>> = {
  HT: { roles: ['principal'], own: {} },
  PHT: { roles: ['vice-principal'], own: { inScope: true } },
  CNTT: { roles: ['it-officer'], own: {} },
  VT: { roles: ['clerk'], own: {} },
  TT: { roles: ['group-head'], own: { inGroup: true } },
  GV: { roles: ['teacher'], own: { teachesColumn: true, teachesClass: true } },
  CN: { roles: ['teacher'], own: { homeroomOfClass: true, teachesClass: true } },
  DD: { roles: ['sealer'], own: {} },
  SO: { roles: ['inspector'], own: {} },
  PH: { roles: ['guardian'], own: { ownChild: true } },
  HS: { roles: ['pupil'], own: { ownChild: true } },
};

/** Nobody is involved twice, everything is ready. */
const READY: Relation = {
  teachesClass: false,
  windowOpen: true,
  recorded: false,
  recordedToday: true,
  seenByOthers: false,
  locked: false,
  noticeAnnounced: true,
  requester: false,
  teacherOfRecord: false,
  confirmer: false,
  appellant: false,
  appealOpen: true,
  homeroomInvolved: false,
  confirmation: 'done',
  approved: true,
  applied: true,
  gaps: false,
  reasonGiven: true,
  earlierSigned: true,
  signedAlready: false,
  paperSigned: true,
  issued: true,
  self: false,
  appointedRole: 'teacher',
};
const STATE: { readonly [A in Action]?: Relation } = {
  'correction.request': { recorded: true },
  'mark.history': { recorded: true },
  'correction.confirm': { confirmation: 'needed' },
  'sheet.sign': { locked: true },
  'sheet.withdraw': { recorded: true, teacherOfRecord: true },
};

/** The school has chosen what makes each action possible. */
const SWITCHED = switchesOf({ whoApplies: 'it-officer', recordWithdrawal: true, paperLane: true });

function expectedMatrix(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const text = readFileSync(new URL('./expected.md', import.meta.url), 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('|--'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const [head, ...body] = rows;
  return new Map(
    body.map(([action, ...cells]) => [
      action!,
      new Map(cells.map((cell, index) => [head![index + 1]!, cell])),
    ]),
  );
}

const EXPECTED = expectedMatrix();

describe('role × action, own and other', () => {
  test('the expectation names every action and every role once', () => {
    expect([...EXPECTED.keys()]).toEqual(ACTION_NAMES);
    for (const row of EXPECTED.values()) expect([...row.keys()]).toEqual(Object.keys(WHO));
    expect(new Set(Object.values(WHO).flatMap(({ roles }) => roles))).toEqual(new Set(ROLES));
  });

  test.each(ACTION_NAMES)('%s', (action) => {
    const found = Object.entries(WHO).map(([name, { roles, own }]) => {
      const state = { ...READY, ...STATE[action] };
      const mine = decide(actor({ roles, switches: SWITCHED }), action, { ...state, ...own }).allow;
      const others = decide(actor({ roles, switches: SWITCHED }), action, state).allow;
      return `${name} ${mine ? (others ? 'A' : 'o') : others ? 'only others' : '.'}`;
    });
    expect(found).toEqual([...EXPECTED.get(action)!].map(([name, cell]) => `${name} ${cell}`));
  });

  test('whose roles have been withdrawn may do nothing but see their session and the public ledger', () => {
    const everything = Object.values(WHO).reduce<Relation>((sum, { own }) => ({ ...sum, ...own }), READY);
    const left = ACTION_NAMES.filter(
      (action) =>
        decide(actor({ roles: [], switches: SWITCHED }), action, {
          ...everything,
          requester: true,
          teacherOfRecord: true,
        }).allow,
    );
    expect(left).toEqual(['session.open', 'session.read', 'session.close', 'ledger.read']);
  });
});
