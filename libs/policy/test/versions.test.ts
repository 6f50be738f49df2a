import { describe, expect, test } from '@jest/globals';
import { BASES, cite } from '#policy/basis.js';
import { charterOn, isInForce } from '#policy/charter.js';
import { decide } from '#policy/decide.js';
import { SWITCHES, SWITCH_NAMES, switchesOf, type Switches } from '#policy/switches.js';
import { actor } from './actors.js';

const BEFORE = '2026-05-09';
const AFTER = '2026-05-10';

describe('R14: versions go by the day of the event, also inside the school year 2025-2026', () => {
  test('the day decides, to the day', () => {
    expect(charterOn(BEFORE, 'primary')).toBe('Thông tư 28/2020/TT-BGDĐT');
    expect(charterOn(BEFORE, 'secondary')).toBe('Thông tư 32/2020/TT-BGDĐT');
    expect(charterOn(AFTER, 'primary')).toBe('Thông tư 15/2026/TT-BGDĐT');
    expect(charterOn(AFTER, 'secondary')).toBe('Thông tư 15/2026/TT-BGDĐT');
    expect(charterOn(BEFORE, undefined)).toBe('Thông tư 28/2020/TT-BGDĐT, Thông tư 32/2020/TT-BGDĐT');
  });

  test('a row of one version decides only in its time', () => {
    const on = (date: string) =>
      decide(actor({ roles: ['principal'], date }), 'transcript.paper', { schoolLevel: 'primary' });
    expect(on(BEFORE)).toMatchObject({ allow: true, rule: 'R6.16' });
    expect(on(AFTER)).toMatchObject({ allow: false, rule: 'R6.15', basis: 'Thông tư 15/2026/TT-BGDĐT Đ.21' });
  });

  test('where the charters do not differ one row answers, and cites the charter of the day', () => {
    const on = (date: string) =>
      decide(actor({ roles: ['principal'], date }), 'delegation.make', {
        schoolLevel: 'primary',
        self: false,
      });
    expect([on(BEFORE).rule, on(AFTER).rule]).toEqual(['R10.3', 'R10.3']);
    expect([on(BEFORE).basis, on(AFTER).basis]).toEqual([
      'Thông tư 28/2020/TT-BGDĐT Đ.11',
      'Thông tư 15/2026/TT-BGDĐT',
    ]);
  });

  test('a passage of another level or time is not cited', () => {
    expect(cite(BASES.privacy, BEFORE, 'secondary').text).toBe(
      'Thông tư 22/2021/TT-BGDĐT Đ.20; Luật 91/2025/QH15 Đ.24; Thông tư 32/2020/TT-BGDĐT',
    );
    expect(cite(BASES.privacy, AFTER, 'primary').text).toBe(
      'Thông tư 15/2026/TT-BGDĐT Đ.22 k.2; Luật 91/2025/QH15 Đ.24',
    );
    expect(cite(BASES.corrections, AFTER, 'primary').text).not.toContain('22/2021');
    expect(cite(BASES.corrections, AFTER, 'secondary').text).toContain('22/2021');
  });

  test('what is our own understanding is marked as such', () => {
    expect(cite(BASES.leaders, BEFORE, 'primary').understood).toBe(false);
    expect(cite(BASES.leaders, AFTER, 'primary').understood).toBe(true);
    expect(cite(BASES.records, AFTER, 'primary').understood).toBe(false);
  });

  test('limits are inclusive, and of an unknown level both hold', () => {
    const row = { from: BEFORE, until: AFTER, level: 'primary' } as const;
    expect([BEFORE, AFTER].map((date) => isInForce(row, date, 'primary'))).toEqual([true, true]);
    expect(['2026-05-08', '2026-05-11'].map((date) => isInForce(row, date, 'primary'))).toEqual([
      false,
      false,
    ]);
    expect(isInForce(row, BEFORE, 'secondary')).toBe(false);
    expect(isInForce(row, BEFORE, undefined)).toBe(true);
    expect(isInForce({}, BEFORE, 'secondary')).toBe(true);
  });
});

describe('R15: what a school decides for itself', () => {
  const by = (switches: Partial<Switches>) => switchesOf(switches);

  test('what it says nothing of stands at the default, and a default is a choice', () => {
    expect(switchesOf({})).toMatchObject({
      whoApplies: 'server',
      homeroomConfirms: true,
      groupHeadConfirms: true,
      windowOpening: 'either',
      allowTotpStepUp: false,
      recordWithdrawal: false,
      paperLane: false,
      appealDays: 15,
      correctionDays: 14,
    });
    for (const name of SWITCH_NAMES) {
      const values = SWITCHES[name].choices.map(({ value }) => value);
      expect([name, values.filter((value) => value === switchesOf({})[name])]).toHaveProperty('1.length', 1);
      expect(values.length).toBeGreaterThan(1);
      for (const value of values) expect(switchesOf({ [name]: value })[name]).toBe(value);
    }
  });

  test('nobody opens by hand where the clock opens; closing by hand stays', () => {
    const it = (windowOpening: Switches['windowOpening'], action: 'window.open' | 'window.close') =>
      decide(actor({ roles: ['it-officer'], switches: by({ windowOpening }) }), action, {
        noticeAnnounced: true,
      }).rule;
    expect([it('clock', 'window.open'), it('hand', 'window.open'), it('either', 'window.open')]).toEqual([
      'R5.11',
      'R5.5',
      'R5.5',
    ]);
    expect(it('clock', 'window.close')).toBe('R5.5');
  });

  test('a recording is withdrawn only where the school lets it, the same day, unseen', () => {
    const state = {
      ...{ locked: false, recordedToday: true, seenByOthers: false, windowOpen: true },
      ...{ teachesColumn: true, teacherOfRecord: true },
    };
    const asked = (over: object, recordWithdrawal = true) =>
      decide(actor({ roles: ['teacher'], switches: by({ recordWithdrawal }) }), 'sheet.withdraw', {
        ...state,
        ...over,
      }).rule;
    expect(asked({})).toBe('R11.1');
    expect(asked({}, false)).toBe('R11.2');
    expect(asked({ recordedToday: false })).toBe('R11.3');
    expect(asked({ seenByOthers: true })).toBe('R11.4');
    expect(asked({ locked: true })).toBe('R1.3');
    expect(asked({ windowOpen: false })).toBe('R5.1');
  });

  test('where paper is signed first, nobody signs electronically before that is kept', () => {
    const signs = (paperLane: boolean, paperSigned: boolean) =>
      decide(actor({ roles: ['principal'], switches: by({ paperLane }) }), 'transcript.sign.principal', {
        ...{ earlierSigned: true, signedAlready: false, paperSigned },
      }).rule;
    expect([signs(true, false), signs(true, true), signs(false, false)]).toEqual(['R6.17', 'R6.8', 'R6.8']);
  });
});
