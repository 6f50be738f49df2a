/** What belongs to a school and to no class, what was published, and the session in use. */
import { randomUUID } from 'node:crypto';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Appointment, Delegation } from '#api/identity/identity.entities.js';
import { Erasure } from '#api/privacy/privacy.entities.js';
import { CouncilMeeting } from '#api/results/council.entities.js';
import { Guardianship, Pupil } from '#api/school/school.entities.js';
import { Transcript } from '#api/transcripts/transcripts.entities.js';
import type { IssuedCodeAnswer } from '#contracts/accounts.js';
import type { InspectionAnswer } from '#contracts/reports.js';
import type { OwnSessionsAnswer } from '#contracts/session.js';
import type { NoticeAnswer } from '#contracts/windows.js';
import { issueClass, type DecidedClass } from '../decided-class.js';
import { openEverything, type Desk, type TestServer } from '../school.js';
import { PERIOD } from './class-things.js';
import { must } from './must.js';
import type { Things } from './world.js';

/** Who did what of it: asked for the erasure, is the family joined to a pupil, was checked. */
interface Parts {
  readonly asks: Desk;
  readonly family: Desk;
  readonly checked: Desk;
}

export async function schoolThings(
  server: TestServer,
  { school, principal, vice }: DecidedClass,
  { asks, family, checked }: Parts,
): Promise<Things> {
  const { id: schoolId, yearId } = school;
  const it = await school.person('cntt2', 'it-officer');
  const somebody = await school.person('ai', 'teacher');
  await school.delegate(principal, vice, 'transcript.sign.principal');
  await openEverything(vice, school, server.clock, PERIOD);
  const due = { period: 'HK1', opensAt: '2027-05-17T01:00:00.000Z', closesAt: '2027-05-30T00:00:00.000Z' };
  const notice = await vice.post<NoticeAnswer>('/api/notices', {
    ...{ number: `TB-${randomUUID()}`, issuedOn: '2027-05-16', title: 'Mở bằng tay', yearId },
    windows: [1, 2].map(() => ({ ...due, scope: {}, opening: 'hand' })),
  });
  const [window, openWindow] = must(notice).windows.map(({ id }) => id);
  must(await it.post(`/api/windows/${openWindow ?? ''}/open`));
  const lost = { reason: 'Mất điện thoại' };
  const recovery = await it.post<{ recoveryId: string }>(`/api/accounts/${somebody.id}/recovery`, lost);
  const account = { kind: 'family', name: 'ph.moi', fullName: 'Trần Thị Mới', title: 'Cha mẹ học sinh' };
  const letter = must(await it.post<IssuedCodeAnswer>('/api/accounts', account));
  const inspection = await vice.post<InspectionAnswer>('/api/inspections', {
    ...{ yearId, number: '05/BB', conclusion: 'Còn thiếu điểm giữa kì.', checked: [checked.id] },
  });
  const rowId = async <T extends ObjectLiteral>(entity: EntityTarget<T>, where: object) =>
    String((await server.database.read.findOneByOrFail(entity, where))['id']);
  const erasure = {
    ...{ schoolId, id: randomUUID(), pupilId: await rowId(Pupil, { schoolId }), parts: ['family' as const] },
    ...{ ground: 'subject-request' as const, paper: 'Đơn số đến 145', reason: 'Gia đình đã chuyển đi' },
    ...{ state: 'requested' as const, requestedBy: asks.id, requestedAt: server.clock.timestamp() },
    ...{ decidedBy: null, decidedAt: null, decisionReason: null, actId: null },
  };
  // Written straight in: while a pupil learns here nothing of theirs may be asked to be erased.
  await school.founded((base) => base.enter(Erasure, [erasure]));
  return {
    ...{ yearId, personId: somebody.id, noticeId: notice.body.id, school: school.slug },
    ...{ windowId: window ?? '', openWindowId: openWindow ?? '' },
    ...{ newUser: letter.username, activationCode: letter.activationCode, familyUser: family.username },
    appointmentId: await rowId(Appointment, { schoolId, personId: somebody.id }),
    delegationId: await rowId(Delegation, { schoolId }),
    guardianshipId: await rowId(Guardianship, { schoolId, personId: family.id }),
    ...{ viceId: vice.id, principalId: principal.id, passkeyId: principal.passkey?.stored.id ?? '' },
    ...{ recoveryId: must(recovery).recoveryId, erasureId: erasure.id, column: 'GK' },
    ...{ inspectionId: must(inspection).id, meetingId: await rowId(CouncilMeeting, { schoolId }) },
  };
}

/** A sealed transcript: its code opens it to anyone, its batch is the school's own. */
export async function issuedThings(server: TestServer, decided: DecidedClass) {
  const batchId = await issueClass(decided);
  const where = { schoolId: decided.school.id, batchId };
  const { id, documentHash } = await server.database.read.findOneByOrFail(Transcript, where);
  return { anyones: { hash: documentHash }, theirs: { batchId, transcriptId: id } };
}

/** Of what anyone reads: the last tile of a school's log, and the trust bundle in force. */
export async function ledgerThings({ url }: TestServer, slug: string): Promise<Things> {
  const read = async (path: string) => (await fetch(`${url}/ledger/${path}`)).text();
  const [, size = ''] = (await read(`${slug}/checkpoint`)).split('\n');
  const serial = /^serial (\d+)$/m.exec(await read('trust'))?.[1] ?? '';
  return { tile: `${slug}/tile/0/000.p/${size}`, serial };
}

/** The session that a person works in now. */
export async function sessionOf(desk: Desk): Promise<Things> {
  const { sessions } = must(await desk.get<OwnSessionsAnswer>('/api/session/list'));
  return { sessionId: sessions[0]?.id ?? '' };
}
