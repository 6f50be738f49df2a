/** Two schools as the matrix of routes and roles needs them: somebody in every role, and something of every kind. */
import { randomUUID } from 'node:crypto';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Correction } from '#api/corrections/corrections.entities.js';
import { MarkCell } from '#api/gradebook/gradebook.entities.js';
import { Appointment, Delegation } from '#api/identity/identity.entities.js';
import { Erasure } from '#api/privacy/privacy.entities.js';
import { CouncilMeeting } from '#api/results/council.entities.js';
import { Guardianship, Pupil } from '#api/school/school.entities.js';
import { Transcript } from '#api/transcripts/transcripts.entities.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { NoticeAnswer } from '#contracts/windows.js';
import { decidedClass, type DecidedClass } from '../decided-class.js';
import { HOMEROOM, openEverything, recordColumn } from '../school.js';
import type { Desk, TestClass, TestSchool, TestServer } from '../school.js';

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

const NO_EVENT = 999_999_999;
const AREA = 'TOAN';
const PERIOD = 'HK2';
const ELECTIVE = 'NGOAI_NGU_2';
/** The council's day is over, the year is not. */
export const NOW = '2027-05-17T02:00:00.000Z';

export async function buildWorld(server: TestServer): Promise<World> {
  const ours = await decidedClass(server, 'thcs-song-may', 1);
  const theirs = await decidedClass(server, 'thcs-song-may', 1, undefined, 'thcs-khac');
  const { school } = ours;
  const own = await school.class('6A8', 6, ['Trần An', 'Bùi Bình'], [AREA, 'GDCD', ELECTIVE]);
  const other = await school.class('6A9', 6, ['Lê Chi', 'Đỗ Dũng'], [AREA, 'GDCD', ELECTIVE]);
  const staff = {
    teacher: await school.person('mon', 'teacher'),
    homeroom: await school.person('chunhiem', 'teacher'),
    otherTeacher: await school.person('khac', 'teacher'),
    otherHomeroom: await school.person('cnkhac', 'teacher'),
  };
  await school.assign(staff.teacher, own, AREA);
  await school.assign(staff.teacher, ours.target, AREA);
  await school.assign(staff.homeroom, own, HOMEROOM);
  // The class that is locked has one homeroom teacher: the one whom the table calls so.
  const homeroom = { area: HOMEROOM, personId: staff.homeroom.id, from: '2027-05-17', replaces: true };
  must(await ours.vice.post(`/api/classes/${ours.target.id}/assignments`, { assignments: [homeroom] }));
  await school.assign(staff.otherTeacher, other, AREA);
  await school.assign(staff.otherHomeroom, other, HOMEROOM);
  const people = await everyRole(ours, own, staff);
  await recordColumn(staff.teacher, own, `${AREA}/${PERIOD}`, 'TX1', ['8', '7']);
  await recordColumn(staff.otherTeacher, other, `${AREA}/${PERIOD}`, 'TX1', ['6', '9']);
  for (const [teacher, target] of [
    [staff.teacher, own],
    [staff.otherTeacher, other],
  ] as const) {
    await recordColumn(teacher, target, `${AREA}/${PERIOD}`, 'TX2', ['5', '8']);
  }
  const shared = await schoolThings(server, ours, people);
  const foreign = await schoolThings(server, theirs, people);
  const of = async (target: TestClass, teacher: Desk, homeroom: Desk) => ({
    ...(await classThings(server, school, target, teacher, homeroom)),
    ...(target === ours.target ? {} : await subjectChange(target, homeroom)),
  });
  return {
    people,
    things: {
      own: { ...shared, ...(await of(own, staff.teacher, staff.homeroom)) },
      locked: {
        ...shared,
        ...(await of(ours.target, staff.teacher, staff.homeroom)),
        ...(await issued(server, ours, staff.homeroom)),
      },
      other: { ...shared, ...(await of(other, staff.otherTeacher, staff.otherHomeroom)) },
      foreign: {
        ...foreign,
        ...(await classThings(server, theirs.school, theirs.target, theirs.homeroom, theirs.homeroom)),
        ...(await issued(server, theirs, theirs.homeroom)),
      },
    },
  };
}

interface Staff {
  readonly teacher: Desk;
  readonly homeroom: Desk;
}

async function everyRole(
  { school, principal, vice, target }: DecidedClass,
  own: TestClass,
  { teacher, homeroom }: Staff,
): Promise<ReadonlyMap<string, Desk | null>> {
  const second = await school.person('pho2');
  const head = await school.person('totruong');
  const parent = await school.person('me', 'guardian');
  const pupil = await school.person('hs', 'pupil');
  const it = await school.person('cntt', 'it-officer');
  const clerk = await school.person('vanthu', 'clerk');
  const off = await school.person('nghi', 'vice-principal', 'teacher');
  const charge = { name: 'Khối 6', classIds: [own.id, target.id] };
  for (const [desk, role] of [
    [second, 'vice-principal'],
    [head, 'group-head'],
  ] as const) {
    const appointment = { personId: desk.id, role, from: '2027-05-17', decisionNumber: '27/QĐ-HT', charge };
    must(await principal.stepUp('appointment.make', appointment, '/api/appointments'));
  }
  for (const [desk, relation] of [
    [parent, 'mother'],
    [pupil, 'self'],
  ] as const) {
    for (const pupilId of [own.pupilIds[0], target.pupilIds[0]]) {
      const joined = { personId: desk.id, relation, paper: 'Giấy khai sinh số 45/2015' };
      must(await clerk.post(`/api/pupils/${pupilId ?? ''}/guardianships`, joined));
    }
  }
  await off.get('/api/session');
  must(await principal.post(`/api/accounts/${off.id}/disable`, { reason: 'Nghỉ hưu theo quyết định' }));
  return new Map<string, Desk | null>([
    ['HT', principal],
    ['PHT', vice],
    ['P2', second],
    ['CNTT', it],
    ['VT', clerk],
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

/** What belongs to a school and to no class. */
async function schoolThings(
  server: TestServer,
  { school, principal, vice }: DecidedClass,
  people: ReadonlyMap<string, Desk | null>,
): Promise<Things> {
  const it = await school.person('cntt2', 'it-officer');
  const somebody = await school.person('ai', 'teacher');
  await school.delegate(principal, vice, 'transcript.sign.principal');
  await openEverything(vice, school, server.clock, PERIOD);
  const due = { period: 'HK1', opensAt: '2027-05-17T01:00:00.000Z', closesAt: '2027-05-30T00:00:00.000Z' };
  const notice = await vice.post<NoticeAnswer>('/api/notices', {
    ...{ number: `TB-${randomUUID()}`, issuedOn: '2027-05-16', title: 'Mở bằng tay', yearId: school.yearId },
    windows: [1, 2].map(() => ({ ...due, scope: {}, opening: 'hand' })),
  });
  const [window, openWindow] = must(notice).windows.map(({ id }) => id);
  must(await it.post(`/api/windows/${openWindow ?? ''}/open`));
  const recovery = await it.post<{ recoveryId: string }>(`/api/accounts/${somebody.id}/recovery`, {
    reason: 'Mất điện thoại',
  });
  const rowId = async <T extends ObjectLiteral>(entity: EntityTarget<T>, where: object) =>
    String((await server.database.read.findOneByOrFail(entity, where))['id']);
  const schoolId = school.id;
  const erasure = {
    ...{ schoolId, id: randomUUID(), pupilId: await rowId(Pupil, { schoolId }), parts: ['family' as const] },
    ...{ ground: 'subject-request' as const, paper: 'Đơn số đến 145', reason: 'Gia đình đã chuyển đi' },
    ...{ state: 'requested' as const, requestedBy: it.id, requestedAt: server.clock.timestamp() },
    ...{ decidedBy: null, decidedAt: null, decisionReason: null, actId: null },
  };
  // Written straight in: while a pupil learns here nothing of theirs may be asked to be erased.
  await school.founded((base) => base.enter(Erasure, [erasure]));
  const parent = people.get('PH');
  const children = await server.database.read.findBy(Guardianship, { schoolId, personId: parent?.id ?? '' });
  return {
    ...{ yearId: school.yearId, personId: somebody.id, noticeId: notice.body.id },
    ...{ windowId: window ?? '', openWindowId: openWindow ?? '' },
    appointmentId: await rowId(Appointment, { schoolId, personId: somebody.id }),
    delegationId: await rowId(Delegation, { schoolId }),
    guardianshipId: children[0]?.id ?? randomUUID(),
    ...{ viceId: vice.id, principalId: principal.id, column: 'GK', passkeyId: 'a2hvYQ' },
    hash: '0'.repeat(64),
    recoveryId: must(recovery).recoveryId,
    erasureId: erasure.id,
    meetingId: await rowId(CouncilMeeting, { schoolId }),
    school: school.slug,
  };
}

/** What belongs to a class: a recorded mark, a correction that waits for its confirmation, one for its approval. */
async function classThings(
  server: TestServer,
  school: TestSchool,
  target: TestClass,
  teacher: Desk,
  homeroom: Desk,
): Promise<Things> {
  const { database } = server;
  const at = { schoolId: school.id, classId: target.id, area: AREA, period: PERIOD };
  const marks = await database.read.find(MarkCell, {
    where: at,
    order: { columnCode: 'ASC', pupilId: 'ASC' },
  });
  const ids: string[] = [];
  for (const mark of marks.slice(-2)) {
    const { pupilId, columnCode: column, version, value } = mark;
    const asked = await teacher.post<CorrectionsAnswer>('/api/corrections', {
      ...{ classId: target.id, area: AREA, period: PERIOD, reason: 'Nhập nhầm dòng của bạn bên cạnh' },
      cells: [{ pupilId, column, newValue: value === '5' ? '6' : '5', version }],
    });
    ids.push(must(asked).corrections[0]?.id ?? '');
  }
  const [toConfirm = '', toApprove = ''] = ids;
  const waiting = await database.read.findOneByOrFail(Correction, { schoolId: school.id, id: toApprove });
  if (waiting.state === 'requested' && waiting.confirmationSkipped === null) {
    must(await homeroom.post(`/api/corrections/${toApprove}/confirm`));
  }
  const first = marks.find(({ pupilId }) => pupilId === target.pupilIds[0]) ?? marks[0];
  return {
    ...{ classId: target.id, pupilId: target.pupilIds[0] ?? '', area: AREA, period: PERIOD },
    ...{ correctionId: toConfirm, confirmedId: toApprove, markId: first?.id ?? '' },
    ...{ markColumn: first?.columnCode ?? '', markVersion: String(first?.version ?? 0) },
    eventSeq: String(first?.eventSeq ?? NO_EVENT),
  };
}

/** A pupil's change of subjects that waits for its decision. */
async function subjectChange(target: TestClass, homeroom: Desk): Promise<Things> {
  const asked = await homeroom.post<{ id: string }>(`/api/classes/${target.id}/subject-changes`, {
    ...{ pupilId: target.pupilIds[1], dropped: ELECTIVE, taken: null, effectiveOn: '2027-05-10' },
    ...{ reason: 'Không theo kịp môn tự chọn', application: 'Đơn ngày 08/05/2027' },
  });
  return { changeId: must(asked).id };
}

/** A batch of transcripts that waits for its first signature. */
async function issued(server: TestServer, { school, target }: DecidedClass, homeroom: Desk): Promise<Things> {
  const composed = await homeroom.post<{ id: string }>('/api/transcripts/batches', { classId: target.id });
  const batchId = must(composed).id;
  const transcript = await server.database.read.findOneByOrFail(Transcript, { schoolId: school.id, batchId });
  return { batchId, transcriptId: transcript.id };
}

function must<T>(answer: { readonly status: number; readonly body: T }): T {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
