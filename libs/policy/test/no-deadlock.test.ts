/**
 * Roles.md rule 10: in a school with one principal and one vice-principal, both of whom may teach, every correction finds
 * somebody who may decide it and has no part in it. Every combination is walked.
 */
import { describe, expect, test } from '@jest/globals';
import { decide } from '#policy/decide.js';
import type { Actor, Confirmation, Relation } from '#policy/types.js';
import { actor } from './actors.js';

const STAFF = ['principal', 'vice', 'maths', 'literature'] as const;
type Member = (typeof STAFF)[number];

/** Who has which part in a correction; the class is taught by those listed. */
interface Case {
  readonly requester: Member;
  readonly ofRecord: Member;
  readonly confirmer: Member | null;
  readonly teaching: readonly Member[];
}

const ROLES: Readonly<Record<Member, Actor['roles']>> = {
  principal: ['principal'],
  vice: ['vice-principal'],
  maths: ['teacher'],
  literature: ['teacher'],
};

function subsets(members: readonly Member[]): Member[][] {
  return members.reduce<Member[][]>((all, member) => [...all, ...all.map((set) => [...set, member])], [[]]);
}

/** Every case that can happen: who asks teaches the class or recorded the mark; who confirms did neither. */
function cases(): Case[] {
  return STAFF.flatMap((requester) =>
    STAFF.flatMap((ofRecord) =>
      [null, ...STAFF.filter((member) => member !== requester && member !== ofRecord)].flatMap((confirmer) =>
        subsets(STAFF)
          .filter((teaching) => teaching.includes(requester) || requester === ofRecord)
          .filter((teaching) => confirmer === null || teaching.includes(confirmer))
          .map((teaching) => ({ requester, ofRecord, confirmer, teaching })),
      ),
    ),
  );
}

function may(member: Member, of: Case, delegations: Actor['delegations'] = []): boolean {
  const confirmation: Confirmation = of.confirmer === null ? 'skipped' : 'done';
  const relation: Relation = {
    ...{ schoolLevel: 'secondary', inScope: true, confirmation, appellant: false },
    requester: of.requester === member,
    teacherOfRecord: of.ofRecord === member,
    confirmer: of.confirmer === member,
    teachesClass: of.teaching.includes(member),
  };
  const who = actor({ personId: member, roles: ROLES[member], delegations });
  return decide(who, 'correction.approve', relation).allow;
}

const HELD = [{ scope: 'correction.approve', decisionNumber: '07/QĐ' }];

describe('a school with one principal and one vice-principal', () => {
  test('every correction is decided by one of the two, or by a delegate who has no part in it and does not teach the class', () => {
    const stuck = cases().filter((of) => {
      if (may('principal', of) || may('vice', of)) return false;
      return !(['maths', 'literature'] as const).some((member) => may(member, of, HELD));
    });
    // What is left has all four in it, or all who are not in it teach the class: nobody outside is there to ask.
    const outside = ({ requester, ofRecord, confirmer, teaching }: Case) =>
      (['maths', 'literature'] as const).filter(
        (member) => ![requester, ofRecord, confirmer, ...teaching].includes(member),
      );
    expect(stuck.filter((of) => outside(of).length > 0)).toEqual([]);
  });

  test('with one more teacher who does not teach the class no case is left', () => {
    const outsider = actor({ personId: 'outsider', roles: ['teacher'], delegations: HELD });
    const stuck = cases().filter(({ confirmer }) => {
      const confirmation: Confirmation = confirmer === null ? 'skipped' : 'done';
      const apart = { requester: false, teacherOfRecord: false, confirmer: false, appellant: false };
      const relation: Relation = { ...apart, teachesClass: false, inScope: false, confirmation };
      return !decide(outsider, 'correction.approve', relation).allow;
    });
    expect(stuck).toEqual([]);
  });

  test('the vice-principal who teaches the class is followed by the principal, and a principal who is away by a delegate', () => {
    const of: Case = { requester: 'maths', ofRecord: 'maths', confirmer: null, teaching: ['maths', 'vice'] };
    expect([may('vice', of), may('principal', of)]).toEqual([false, true]);
    expect([may('literature', of), may('literature', of, HELD)]).toEqual([false, true]);
  });

  test('nobody decides in any case what they asked for, recorded or confirmed, also by delegation', () => {
    const wrong = cases().filter((of) =>
      STAFF.some((member) => {
        const involved = [of.requester, of.ofRecord, of.confirmer].includes(member);
        return involved && (may(member, of) || may(member, of, HELD));
      }),
    );
    expect(wrong).toEqual([]);
    expect(cases().length).toBeGreaterThan(200);
  });
});

describe('the confirmation of a correction (roles.md rule 2)', () => {
  const TEAM = ['homeroom', 'subject', 'head', 'successor'] as const;
  type Teacher = (typeof TEAM)[number];

  /** Who asked, who recorded the mark, and who is the class's homeroom teacher today. */
  function confirmers(requester: Teacher, ofRecord: Teacher, homeroom: Teacher | null): Teacher[] {
    const involved = homeroom === null || homeroom === requester || homeroom === ofRecord;
    return TEAM.filter((member) => {
      const relation: Relation = {
        ...{ schoolLevel: 'secondary', confirmation: 'needed', homeroomInvolved: involved },
        requester: requester === member,
        teacherOfRecord: ofRecord === member,
        homeroomOfClass: homeroom === member,
        inGroup: true,
      };
      const roles: Actor['roles'] = member === 'head' ? ['teacher', 'group-head'] : ['teacher'];
      return decide(actor({ personId: member, roles }), 'correction.confirm', relation).allow;
    });
  }

  test('finds exactly one person in every case in which the head is no party to it', () => {
    const found = TEAM.flatMap((requester) =>
      TEAM.flatMap((ofRecord) =>
        [null, ...TEAM].map((homeroom) => ({
          apart: requester !== 'head' && ofRecord !== 'head',
          is: confirmers(requester, ofRecord, homeroom),
          expected: homeroom === null || homeroom === requester || homeroom === ofRecord ? 'head' : homeroom,
        })),
      ),
    );
    expect(found.filter(({ apart }) => apart).map(({ is }) => is)).toEqual(
      found.filter(({ apart }) => apart).map(({ expected }) => [expected]),
    );
    expect(found.filter(({ is }) => is.length > 1)).toEqual([]);
  });

  test('a head who asked or recorded it herself confirms nothing: then it is skipped, and asked for so', () => {
    expect(confirmers('head', 'subject', null)).toEqual([]);
    expect(confirmers('subject', 'head', 'subject')).toEqual([]);
  });
});
