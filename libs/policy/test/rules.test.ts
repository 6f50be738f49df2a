import { describe, expect, test } from '@jest/globals';
import { charterAt } from '#regulations/charter.js';
import { ACTIONS, ACTION_NAMES, needsSecondFactor } from '#policy/actions.js';
import { charterOn, NEW_CHARTER_FROM } from '#policy/charter.js';
import { decide, UNDECIDED_RULE } from '#policy/decide.js';
import { switchesOf } from '#policy/switches.js';
import { TABLE } from '#policy/table.js';
import { TRUSTED_ROLES, weightiest } from '#policy/trusted-roles.js';
import type { Actor, Relation, Role } from '#policy/types.js';
import { actor } from './actors.js';

const principal = actor({ roles: ['principal'] });
const vice = actor({ roles: ['vice-principal'] });
const it = actor({ roles: ['it-officer'] });
const teacher = actor({ roles: ['teacher'] });
const groupHead = actor({ roles: ['group-head', 'teacher'] });

/** A correction that waits for its approval, asked and confirmed by others. */
const PENDING: Relation = {
  requester: false,
  teacherOfRecord: false,
  confirmer: false,
  appellant: false,
  teachesClass: false,
  inScope: true,
  confirmation: 'done',
};

function rule(who: Actor, action: Parameters<typeof decide>[1], relation: Relation): string {
  const { allow, rule: number } = decide(who, action, relation);
  return `${allow ? 'yes' : 'no'} ${number}`;
}

describe('R1 draft → recorded → locked', () => {
  const open: Relation = { teachesColumn: true, windowOpen: true, recorded: false, locked: false };

  test('a draft is the teacher’s own while the window is open', () => {
    expect(rule(teacher, 'sheet.draft', open)).toBe('yes R1.1');
  });

  test.each(['sheet.draft', 'sheet.import', 'sheet.record'] as const)(
    '%s stops at a closed window, a recorded mark, a lock',
    (action) => {
      expect(rule(teacher, action, { ...open, windowOpen: false })).toBe('no R5.1');
      expect(rule(teacher, action, { ...open, recorded: true })).toBe('no R1.2');
      expect(rule(teacher, action, { ...open, locked: true })).toBe('no R1.3');
    },
  );

  test('nobody’s rank opens a locked sheet', () => {
    for (const roles of [
      ['principal'],
      ['vice-principal'],
      ['it-officer'],
      ['principal', 'teacher'],
    ] as Role[][]) {
      expect(decide(actor({ roles }), 'sheet.draft', { ...open, locked: true }).allow).toBe(false);
    }
  });

  test('the IT officer enters no mark, a vice-principal only in a subject they teach', () => {
    expect(rule(it, 'sheet.draft', open)).toBe('no R1.4');
    expect(rule(vice, 'sheet.draft', { ...open, teachesColumn: false })).toBe('no R1.4');
    expect(rule(vice, 'sheet.draft', open)).toBe('yes R1.1');
  });

  test('what was never recorded needs no correction; a gap after a lock does', () => {
    const mine: Relation = { teachesColumn: true, teacherOfRecord: true, recorded: false, locked: false };
    expect(rule(teacher, 'correction.request', mine)).toBe('no R1.5');
    expect(rule(teacher, 'correction.request', { ...mine, recorded: true })).toBe('yes R2.1');
    expect(rule(teacher, 'correction.request', { ...mine, teacherOfRecord: false, locked: true })).toBe(
      'yes R2.2',
    );
  });
});

describe('R2 and R3: corrections and separation of duties', () => {
  test('the vice-principal in charge approves', () => {
    expect(rule(vice, 'correction.approve', PENDING)).toBe('yes R2.5');
    expect(rule(vice, 'correction.approve', { ...PENDING, inScope: false })).toBe('no R2.6');
  });

  test.each([
    ['requester', 'R3.1'],
    ['teacherOfRecord', 'R3.2'],
    ['confirmer', 'R3.3'],
    ['appellant', 'R3.12'],
  ] as const)('who is the %s approves nothing, whatever the rank or delegation', (flag, number) => {
    const delegate = actor({
      roles: ['teacher', 'vice-principal', 'principal'],
      delegations: [{ scope: '*', decisionNumber: '1/QĐ' }],
    });
    for (const action of ['correction.approve', 'correction.reject'] as const) {
      for (const who of [principal, vice, delegate]) {
        expect(rule(who, action, { ...PENDING, [flag]: true })).toBe(`no ${number}`);
      }
    }
  });

  test('a vice-principal who teaches the class does not approve; another, or the principal, does', () => {
    const teaches = { ...PENDING, teachesClass: true };
    expect(rule(vice, 'correction.approve', teaches)).toBe('no R3.4');
    expect(rule(vice, 'correction.approve', PENDING)).toBe('yes R2.5');
    expect(rule(principal, 'correction.approve', teaches)).toBe('yes R10.1');
  });

  test('no step is skipped: before the confirmation nobody approves, but it can be refused', () => {
    const unconfirmed = { ...PENDING, confirmation: 'needed' as const };
    expect(rule(vice, 'correction.approve', unconfirmed)).toBe('no R2.4');
    expect(rule(principal, 'correction.approve', unconfirmed)).toBe('no R2.4');
    expect(rule(vice, 'correction.reject', unconfirmed)).toBe('yes R2.5');
  });

  test('where the confirmation is skipped (primary) it goes straight to approval', () => {
    const skipped = { ...PENDING, confirmation: 'skipped' as const };
    expect(rule(vice, 'correction.approve', skipped)).toBe('yes R2.5');
    expect(rule(teacher, 'correction.confirm', { ...skipped, homeroomOfClass: true })).toBe('no R2.16');
  });

  test('the homeroom teacher confirms, once, and not their own', () => {
    const asked: Relation = { ...PENDING, confirmation: 'needed', homeroomOfClass: true };
    expect(rule(teacher, 'correction.confirm', asked)).toBe('yes R2.3');
    expect(rule(teacher, 'correction.confirm', { ...asked, confirmation: 'done' })).toBe('no R2.17');
    expect(rule(teacher, 'correction.confirm', { ...asked, requester: true })).toBe('no R3.5');
    expect(rule(teacher, 'correction.confirm', { ...asked, teacherOfRecord: true })).toBe('no R3.10');
    expect(rule(teacher, 'correction.confirm', { ...asked, homeroomOfClass: false })).toBe('no R2.3');
  });

  test('the group head confirms in the homeroom teacher’s place only when that one is involved', () => {
    const asked: Relation = { ...PENDING, confirmation: 'needed', inGroup: true };
    expect(rule(groupHead, 'correction.confirm', { ...asked, homeroomInvolved: true })).toBe('yes R2.18');
    expect(rule(groupHead, 'correction.confirm', { ...asked, homeroomInvolved: false })).toBe('no R2.3');
  });

  test('only who asked withdraws', () => {
    expect(rule(teacher, 'correction.withdraw', { requester: true })).toBe('yes R2.19');
    expect(rule(vice, 'correction.withdraw', { requester: false })).toBe('no R2.19');
  });

  test('IT approves nothing, also with another role and a delegation', () => {
    const both = actor({
      roles: ['it-officer', 'teacher'],
      delegations: [{ scope: '*', decisionNumber: '1/QĐ' }],
    });
    expect(rule(it, 'correction.approve', PENDING)).toBe('no R3.11');
    expect(rule(both, 'correction.approve', PENDING)).toBe('no R3.11');
  });

  test('a family sees what was corrected and what came of its own appeal, not what is still asked for', () => {
    for (const role of ['guardian', 'pupil'] as const) {
      const family = actor({ roles: [role] });
      const own: Relation = { ownChild: true };
      expect(rule(family, 'correction.read', { ...own, applied: true })).toBe('yes R2.14');
      expect(rule(family, 'correction.read', { ...own, appellant: true })).toBe('yes R2.14');
      expect(rule(family, 'correction.read', { ...own, approved: true })).toBe('no R2.8');
      expect(rule(family, 'correction.read', { applied: true })).toBe('no R2.8');
    }
  });

  test('IT applies only what is approved', () => {
    const byHand = actor({ roles: ['it-officer'], switches: switchesOf({ whoApplies: 'it-officer' }) });
    expect(rule(byHand, 'correction.apply', { approved: true })).toBe('yes R2.20');
    expect(rule(byHand, 'correction.apply', { approved: false })).toBe('no R2.21');
    expect(rule(it, 'correction.apply', { approved: true })).toBe('no R2.22');
  });

  test('IT gives nobody, itself included, a role that approves, signs, seals or administers', () => {
    const trusted: Role[] = ['principal', 'vice-principal', 'group-head', 'sealer', 'it-officer', 'clerk'];
    for (const appointedRole of trusted) {
      expect(rule(it, 'appointment.make', { self: false, appointedRole })).toBe('no R3.8');
      expect(rule(it, 'appointment.end', { appointedRole })).toBe('no R3.8');
      expect(rule(principal, 'appointment.make', { self: false, appointedRole })).toBe('yes R3.7');
    }
    expect(rule(it, 'appointment.make', { self: false, appointedRole: 'teacher' })).toBe('yes R3.9');
    expect(rule(it, 'appointment.make', { self: true, appointedRole: 'teacher' })).toBe('no R3.6');
    expect(rule(it, 'assignment.make', { self: true })).toBe('no R3.14');
    expect(rule(it, 'assignment.make', { self: false })).toBe('yes R0.9');
    expect(rule(principal, 'assignment.make', { self: true })).toBe('yes R0.8');
    expect(rule(principal, 'appointment.make', { self: true, appointedRole: 'sealer' })).toBe('no R3.6');
  });
});

describe('R5 windows and locks', () => {
  test('IT opens and closes only on a notice', () => {
    expect(rule(it, 'window.open', { noticeAnnounced: false })).toBe('no R5.4');
    expect(rule(it, 'window.close', { noticeAnnounced: true })).toBe('yes R5.5');
  });

  test('a lock with gaps needs a reason, a reopening always does', () => {
    expect(rule(vice, 'period.lock', { gaps: true, inScope: true })).toBe('no R5.8');
    expect(rule(vice, 'period.lock', { gaps: true, reasonGiven: true, inScope: true })).toBe('yes R5.9');
    expect(rule(vice, 'period.lock', { gaps: false, inScope: true })).toBe('yes R5.9');
    expect(rule(principal, 'period.reopen', { reasonGiven: false })).toBe('no R5.10');
  });
});

describe('R6 signing routes', () => {
  test('a sheet is signed by who teaches it, once it is locked', () => {
    const own: Relation = { teachesColumn: true };
    expect(rule(teacher, 'sheet.sign', { ...own, locked: true })).toBe('yes R6.20');
    expect(rule(teacher, 'sheet.sign', { ...own, locked: false })).toBe('no R6.19');
    expect(rule(teacher, 'sheet.sign', { locked: true })).toBe('no R6.20');
    expect(rule(vice, 'sheet.sign', { locked: true, inScope: true })).toBe('no R6.20');
  });

  const ready: Relation = { earlierSigned: true, signedAlready: false };

  test('in order, one place a person', () => {
    expect(rule(principal, 'transcript.sign.principal', { ...ready, earlierSigned: false })).toBe('no R6.2');
    expect(rule(principal, 'transcript.sign.principal', { ...ready, signedAlready: true })).toBe('no R6.4');
    expect(rule(principal, 'transcript.sign.principal', ready)).toBe('yes R6.8');
    for (const manager of [principal, vice]) {
      expect(rule(manager, 'transcript.sign.vice-principal', ready)).toBe('yes R6.18');
      const early = { ...ready, earlierSigned: false };
      expect(rule(manager, 'transcript.sign.vice-principal', early)).toBe('no R6.2');
    }
  });

  test('a vice-principal signs in the principal’s place only under a delegation for it', () => {
    const with_ = (scope: string) =>
      actor({ roles: ['vice-principal'], delegations: [{ scope, decisionNumber: '7/QĐ' }] });
    expect(rule(vice, 'transcript.sign.principal', ready)).toBe('no R6.9');
    expect(rule(with_('correction.approve'), 'transcript.sign.principal', ready)).toBe('no R6.9');
    expect(rule(with_('transcript.sign.principal'), 'transcript.sign.principal', ready)).toBe('yes R6.9');
    const anyone = actor({ roles: ['teacher'], delegations: [{ scope: '*', decisionNumber: '7/QĐ' }] });
    expect(rule(anyone, 'transcript.sign.principal', ready)).toBe('no R6.9');
  });

  test('the seal comes last and only from who is appointed to seal', () => {
    const sealer = actor({ roles: ['clerk', 'sealer'] });
    expect(rule(sealer, 'transcript.seal', { earlierSigned: false })).toBe('no R6.3');
    expect(rule(sealer, 'transcript.seal', { earlierSigned: true })).toBe('yes R6.11');
    expect(rule(actor({ roles: ['clerk'] }), 'transcript.seal', { earlierSigned: true })).toBe('no R6.10');
    expect(rule(principal, 'transcript.seal', { earlierSigned: true })).toBe('no R6.10');
  });
});

describe('R10 no deadlock', () => {
  test('for every person involved somebody in a school with one vice-principal can still approve', () => {
    const delegate = actor({
      roles: ['teacher'],
      delegations: [{ scope: 'correction.approve', decisionNumber: '9/QĐ' }],
    });
    for (const viceFlags of [{ requester: true }, { teacherOfRecord: true }, { teachesClass: true }]) {
      expect(decide(vice, 'correction.approve', { ...PENDING, ...viceFlags }).allow).toBe(false);
      expect(decide(principal, 'correction.approve', PENDING).allow).toBe(true);
      expect(rule(delegate, 'correction.approve', { ...PENDING, inScope: false })).toBe('yes R10.2');
    }
  });

  test('a delegate who teaches the class is bound like the vice-principal', () => {
    const delegate = actor({
      roles: ['teacher'],
      delegations: [{ scope: 'correction.approve', decisionNumber: '9/QĐ' }],
    });
    expect(rule(delegate, 'correction.approve', { ...PENDING, teachesClass: true })).toBe('no R3.4');
  });

  test('only the principal delegates, and not to themself', () => {
    expect(rule(principal, 'delegation.make', { self: false })).toBe('yes R10.3');
    expect(rule(principal, 'delegation.make', { self: true })).toBe('no R10.4');
    expect(rule(vice, 'delegation.make', { self: false })).toBe('no R10.3');
  });
});

describe('R12 personal data', () => {
  test('another person of the office confirms', () => {
    expect(rule(it, 'pupil.confirm', { requester: true })).toBe('no R12.4');
    expect(rule(it, 'pupil.confirm', { requester: false })).toBe('yes R12.3');
  });
});

describe('R17 optional subjects', () => {
  test('the homeroom teacher asks, and whoever asked neither approves nor refuses, whatever their office', () => {
    expect(rule(teacher, 'subject.request', { homeroomOfClass: true })).toBe('yes R17.1');
    expect(rule(teacher, 'subject.request', { homeroomOfClass: false })).toBe('no R17.1');
    for (const action of ['subject.approve', 'subject.refuse'] as const) {
      expect(rule(principal, action, { requester: false })).toBe('yes R17.3');
      expect(rule(principal, action, { requester: true })).toBe('no R17.4');
      expect(rule(it, action, { requester: false })).toBe('no R17.3');
    }
    expect(rule(teacher, 'subject.withdraw', { requester: true })).toBe('yes R17.2');
    expect(rule(teacher, 'subject.withdraw', { requester: false })).toBe('no R17.2');
  });
});

describe('R0.1 fail closed', () => {
  test.each(ACTION_NAMES.filter((action) => TABLE[action].needs.length > 0))(
    '%s is refused when the caller says nothing of what could forbid it',
    (action) => {
      const everything = actor({
        roles: ['principal', 'vice-principal', 'it-officer', 'clerk', 'sealer', 'teacher'],
        delegations: [{ scope: '*', decisionNumber: '1/QĐ' }],
      });
      const { allow, rule: number, sentence } = decide(everything, action, { inScope: true });
      expect([allow, number]).toEqual([false, UNDECIDED_RULE]);
      expect(sentence).toContain(TABLE[action].needs[0]);
    },
  );
});

describe('R14 the charter of the day', () => {
  test('is cited with each answer', () => {
    const on = (date: string, schoolLevel: 'primary' | 'secondary') =>
      decide(actor({ roles: ['principal'], date }), 'class.read', { schoolLevel }).basis;
    expect(on('2026-05-08', 'primary')).toBe('Thông tư 28/2020/TT-BGDĐT');
    expect(on('2026-05-09', 'secondary')).toBe('Thông tư 32/2020/TT-BGDĐT');
    expect(on('2026-05-12', 'primary')).toBe('Thông tư 15/2026/TT-BGDĐT');
    expect(decide(vice, 'correction.approve', PENDING).basis).toContain('Thông tư 22/2021/TT-BGDĐT');
    expect(charterOn('2026-05-01', undefined)).toContain('28/2020');
  });

  test('changes on the same day as in the regulations', () => {
    expect(charterAt(NEW_CHARTER_FROM, 'primary').from).toBe(NEW_CHARTER_FROM);
  });
});

describe('R9 who closes an account', () => {
  test('the IT officer a teacher’s or a family’s; an approver’s the principal alone, and nobody their own', () => {
    const of = (appointedRole: Role, self = false): Relation => ({ self, appointedRole });
    for (const role of ['teacher', 'guardian', 'pupil', 'inspector'] as const) {
      expect(rule(it, 'account.disable', of(role))).toBe('yes R9.5');
    }
    for (const role of TRUSTED_ROLES) {
      expect(rule(it, 'account.disable', of(role))).toBe('no R9.31');
      expect(rule(vice, 'account.disable', of(role))).toBe('no R9.5');
      expect(rule(principal, 'account.disable', of(role))).toBe('yes R9.32');
    }
    expect(rule(principal, 'account.disable', of('principal', true))).toBe('no R9.6');
    const both = actor({ roles: ['it-officer', 'vice-principal'] });
    expect(rule(both, 'account.disable', of('vice-principal'))).toBe('no R9.31');
  });

  test('of several roles the weightiest counts', () => {
    expect(weightiest(['guardian', 'teacher', 'sealer'])).toBe('sealer');
    expect(weightiest(['vice-principal', 'principal'])).toBe('principal');
    expect(weightiest(['guardian'])).toBe('teacher');
    expect(weightiest([])).toBe('teacher');
  });
});

describe('R9 two people reset a second factor', () => {
  const anothers: Relation = { self: false, requester: false, appointedRole: 'teacher' };

  test('one proposes, the principal confirms, and neither is the other or the person', () => {
    expect(rule(it, 'account.propose-recovery', { self: false })).toBe('yes R9.9');
    expect(rule(it, 'account.propose-recovery', { self: true })).toBe('no R9.10');
    expect(rule(principal, 'account.confirm-recovery', anothers)).toBe('yes R9.11');
    expect(rule(principal, 'account.confirm-recovery', { ...anothers, requester: true })).toBe('no R9.12');
    expect(rule(principal, 'account.confirm-recovery', { ...anothers, self: true })).toBe('no R9.10');
    expect(rule(it, 'account.confirm-recovery', anothers)).toBe('no R9.11');
  });

  test('a vice-principal confirms for the principal alone', () => {
    expect(rule(vice, 'account.confirm-recovery', anothers)).toBe('no R9.11');
    expect(rule(vice, 'account.confirm-recovery', { ...anothers, appointedRole: 'principal' })).toBe(
      'yes R9.13',
    );
  });
});

describe('R16: erasing personal data takes two people', () => {
  const clerk = actor({ roles: ['clerk'] });

  test('the office asks, the principal approves or refuses, nobody what they asked for themselves', () => {
    expect(rule(clerk, 'erasure.request', {})).toBe('yes R16.3');
    expect(rule(principal, 'erasure.request', {})).toBe('no R16.3');
    for (const action of ['erasure.approve', 'erasure.refuse'] as const) {
      expect(rule(principal, action, { requester: false })).toBe('yes R16.5');
      expect(rule(principal, action, { requester: true })).toBe('no R16.6');
      expect(rule(vice, action, { requester: false })).toBe('no R16.5');
      expect(rule(principal, action, {})).toBe(`no ${UNDECIDED_RULE}`);
    }
    expect(rule(clerk, 'erasure.withdraw', { requester: false })).toBe('no R16.4');
  });
});

describe('the table', () => {
  test('R4: these ask for the second factor again, the others do not', () => {
    expect(ACTION_NAMES.filter(needsSecondFactor)).toEqual([
      'passkey.add',
      'passkey.revoke',
      'certificate.import',
      'certificate.import-seal',
      'certificate.rotate-credential-key',
      'settings.change',
      'style.change',
      'erasure.approve',
      'sheet.sign',
      'subject.approve',
      'correction.approve',
      'correction.reject',
      'period.lock',
      'period.reopen',
      'year.close',
      'transcript.sign.homeroom',
      'transcript.sign.vice-principal',
      'transcript.sign.principal',
      'transcript.seal',
      'transcript.revoke',
      'transcript.transfer',
      'transcript.finish',
      'transcript.reseal',
      'account.confirm-recovery',
      'appointment.make',
      'appointment.end',
      'delegation.make',
      'delegation.end',
    ]);
    expect(Object.keys(TABLE).sort()).toEqual(Object.keys(ACTIONS).sort());
  });

  test('a number always has the same outcome for the same action, and a sentence for people', () => {
    for (const { rows, otherwise } of Object.values(TABLE)) {
      expect(new Set(rows.map((row) => row.rule)).size).toBe(rows.length);
      for (const row of [...rows, otherwise]) {
        expect(row.rule).toMatch(/^R([0-9]|1[0-9]|2[01])\.[0-9]+$/);
        expect(row.sentence).toMatch(/^\p{Lu}.*\.$/u);
      }
      for (const { when } of rows) expect(when.text.length).toBeGreaterThan(3);
    }
  });
});
