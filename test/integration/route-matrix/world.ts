/** Two schools as the matrix of routes and roles needs them: somebody in every role, and something of every kind. */
import type { OnModuleDestroy } from '@nestjs/common';
import { CorrectionExpiry } from '#api/corrections/correction-expiry.js';
import { Anchors } from '#api/ledger-host/anchors.js';
import { Pruning } from '#api/privacy/pruning.js';
import { WindowClock } from '#api/windows/window-clock.js';
import { decidedClass, type DecidedClass } from '../decided-class.js';
import { HOMEROOM, recordColumn, type Desk, type TestClass, type TestServer } from '../school.js';
import { AREA, classThings, ELECTIVE, openClassThings, PERIOD, waitingBatch } from './class-things.js';
import { must } from './must.js';
import { issuedThings, ledgerThings, schoolThings, sessionOf } from './school-things.js';

/** Where the thing asked for lies, seen by who asks. */
export type Place = 'own' | 'locked' | 'other' | 'foreign';
export const PLACES: readonly Place[] = ['own', 'locked', 'other', 'foreign'];

/** One of every kind of thing in a place; a random id where there is none. */
export type Things = Readonly<Record<string, string>>;

export interface World {
  /** Column of the expected table → who sends; null is nobody. */
  readonly people: ReadonlyMap<string, Desk | null>;
  readonly things: Readonly<Record<Place, Things>>;
}

/** The columns of expected.md. */
export const COLUMNS = [
  'HT',
  'PHT',
  'P2',
  'CNTT',
  'VT',
  'TT',
  'GV',
  'CN',
  'DD',
  'SO',
  'PH',
  'HS',
  'off',
  '–',
];

/** The council's day is over, the year is not. */
export const NOW = '2027-05-17T02:00:00.000Z';
/** So that no step is left out or done by the server. */
const EVERY_STEP = { whoApplies: 'it-officer', recordWithdrawal: true, paperLane: true };

/** The world, in which the server does nothing more by itself. */
export async function buildWorld(server: TestServer): Promise<World> {
  const ours = await decidedClass(server, 'thcs-song-may', 1);
  const theirs = await decidedClass(server, 'thcs-song-may', 1, undefined, 'thcs-khac');
  await choose(ours, EVERY_STEP);
  await choose(theirs, { whoApplies: 'it-officer' });
  const { school, vice, sealer } = ours;
  const pupils = ['Trần An', 'Bùi Bình', 'Vũ Cường'];
  const own = await school.class('6A8', 6, pupils, [AREA, 'GDCD', ELECTIVE]);
  const other = await school.class('6A9', 6, pupils, [AREA, 'GDCD', ELECTIVE]);
  const spare = { spareClassId: (await school.class('6A10', 6, [], [AREA])).id };
  const teacher = await school.person('mon', 'teacher');
  const homeroom = await school.person('chunhiem', 'teacher');
  const otherTeacher = await school.person('khac', 'teacher');
  const otherHomeroom = await school.person('cnkhac', 'teacher');
  await school.assign(teacher, own, AREA);
  await school.assign(teacher, ours.target, AREA);
  await school.assign(homeroom, own, HOMEROOM);
  // The class that is locked has one homeroom teacher: the one whom the table calls so.
  const only = { area: HOMEROOM, personId: homeroom.id, from: '2027-05-17', replaces: true };
  must(await vice.post(`/api/classes/${ours.target.id}/assignments`, { assignments: [only] }));
  await school.assign(otherTeacher, other, AREA);
  await school.assign(otherHomeroom, other, HOMEROOM);
  const people = await everyRole(ours, own, { teacher, homeroom });
  const family = people.get('PH') as Desk;
  const otherFamily = await school.person('bo', 'guardian');
  const theirFamily = await theirs.school.person('me', 'guardian');
  await joinFamily(sealer, otherFamily, 'father', other.pupilIds[0]);
  await joinFamily(theirs.sealer, theirFamily, 'mother', theirs.target.pupilIds[0]);

  const asks = people.get('CNTT') as Desk;
  const shared = { ...(await schoolThings(server, ours, { asks, family, checked: teacher })), ...spare };
  const theirIt = await theirs.school.person('cntt', 'it-officer');
  const foreign = await schoolThings(server, theirs, {
    ...{ asks: theirIt, family: theirFamily, checked: theirs.homeroom },
  });
  for (const [by, target] of [
    [teacher, own],
    [otherTeacher, other],
  ] as const) {
    await recordColumn(by, target, `${AREA}/${PERIOD}`, 'TX1', ['8', '7']);
    await recordColumn(by, target, `${AREA}/${PERIOD}`, 'TX2', ['5', '8']);
    await recordColumn(by, target, `${AREA}/${PERIOD}`, 'TX3', ['6', '9']);
  }
  const issued = await issuedThings(server, theirs);
  const inOwn = { server, school, vice, sealer, target: own, teacher, homeroom, family };
  const inLocked = { ...inOwn, target: ours.target };
  const inOther = {
    ...{ ...inOwn, target: other, teacher: otherTeacher },
    ...{ homeroom: otherHomeroom, family: otherFamily },
  };
  const inForeign = { ...theirs, server, teacher: theirs.homeroom, family: theirFamily };
  const things = {
    own: { ...shared, ...(await classThings(inOwn)), ...(await openClassThings(inOwn)) },
    locked: { ...shared, ...(await classThings(inLocked)), ...(await waitingBatch(inLocked)) },
    other: { ...shared, ...(await classThings(inOther)), ...(await openClassThings(inOther)) },
    foreign: { ...foreign, ...(await classThings(inForeign)), ...issued.theirs },
  };
  // What the server does by itself meanwhile would be undone together with somebody's request.
  for (const timer of [Anchors, CorrectionExpiry, Pruning, WindowClock]) {
    await server.app.get<OnModuleDestroy>(timer, { strict: false }).onModuleDestroy();
  }
  for (const desk of people.values()) await desk?.get('/api/session');
  const anyones = { ...issued.anyones, ...(await ledgerThings(server, theirs.school.slug)) };
  const here = { ...anyones, ...(await sessionOf(people.get('HT') as Desk)) };
  return {
    people,
    things: {
      own: { ...things.own, ...here },
      locked: { ...things.locked, ...here },
      other: { ...things.other, ...here },
      foreign: { ...things.foreign, ...anyones, ...(await sessionOf(theirs.principal)) },
    },
  };
}

async function everyRole(
  { school, principal, vice, sealer, target }: DecidedClass,
  own: TestClass,
  { teacher, homeroom }: Readonly<Record<'teacher' | 'homeroom', Desk>>,
): Promise<ReadonlyMap<string, Desk | null>> {
  const second = await school.person('pho2');
  const head = await school.person('totruong');
  const parent = await school.person('me', 'guardian');
  const pupil = await school.person('hs', 'pupil');
  const off = await school.person('nghi', 'vice-principal', 'teacher');
  const charge = { name: 'Khối 6', classIds: [own.id, target.id] };
  for (const [desk, role] of [
    [second, 'vice-principal'],
    [head, 'group-head'],
  ] as const) {
    const appointment = { personId: desk.id, role, from: '2027-05-17', decisionNumber: '27/QĐ-HT', charge };
    must(await principal.stepUp('appointment.make', appointment, '/api/appointments'));
  }
  for (const pupilId of [own.pupilIds[0], target.pupilIds[0]]) {
    await joinFamily(sealer, parent, 'mother', pupilId);
    await joinFamily(sealer, pupil, 'self', pupilId);
  }
  await off.get('/api/session');
  must(await principal.post(`/api/accounts/${off.id}/disable`, { reason: 'Nghỉ hưu theo quyết định' }));
  return new Map<string, Desk | null>([
    ['HT', principal],
    ['PHT', vice],
    ['P2', second],
    ['CNTT', await school.person('cntt', 'it-officer')],
    ['VT', await school.person('vanthu', 'clerk')],
    ['TT', head],
    ['GV', teacher],
    ['CN', homeroom],
    ['DD', await school.person('dau', 'sealer')],
    ['SO', await school.person('so', 'inspector')],
    ['PH', parent],
    ['HS', pupil],
    ['off', off],
    ['–', null],
  ]);
}

async function joinFamily(clerk: Desk, person: Desk, relation: string, pupilId = ''): Promise<void> {
  const joined = { personId: person.id, relation, paper: 'Giấy khai sinh số 45/2015' };
  must(await clerk.post(`/api/pupils/${pupilId}/guardianships`, joined));
}

async function choose({ principal }: DecidedClass, switches: object): Promise<void> {
  const params = { switches, decisionNumber: '20/QĐ-HT', decidedOn: '2027-05-16' };
  must(await principal.stepUp('settings.change', params, '/api/school/settings'));
}
