/** What belongs to a class: its marks, what was asked about them, and what its teachers and office keep. */
import { randomUUID } from 'node:crypto';
import { Correction } from '#api/corrections/corrections.entities.js';
import { writeMarkSheets } from '#api/exchange/mark-sheet-workbook.js';
import { targetOf } from '#api/exchange/sheet-import.js';
import { EarlierMark, MarkCell, MarkGround } from '#api/gradebook/gradebook.entities.js';
import { sheetOf } from '#api/school/class-info.js';
import { Classes } from '#api/school/classes.js';
import { Pupil } from '#api/school/school.entities.js';
import { Transcript } from '#api/transcripts/transcripts.entities.js';
import type { IssuingJobAnswer } from '#contracts/issuing-jobs.js';
import type { AppealAnswer } from '#contracts/appeals.js';
import type { CorrectionsAnswer } from '#contracts/corrections.js';
import type { EvidenceAnswer } from '#contracts/evidence.js';
import type { SheetImportPreviewAnswer } from '#contracts/gradebook.js';
import { PNG } from '../evidence-files.js';
import type { Desk, TestClass, TestSchool, TestServer } from '../school.js';
import { must } from './must.js';
import type { Things } from './world.js';

export const AREA = 'TOAN';
export const PERIOD = 'HK2';
export const ELECTIVE = 'NGOAI_NGU_2';
const NO_EVENT = 999_999_999;

/** A class with those who are at home there. */
export interface ClassPlace {
  readonly server: TestServer;
  readonly school: TestSchool;
  readonly target: TestClass;
  readonly vice: Desk;
  /** Keeps the register. */
  readonly sealer: Desk;
  readonly teacher: Desk;
  readonly homeroom: Desk;
  /** Of the first pupil. */
  readonly family: Desk;
}

/** Of every kind that there is in an open class and in a locked one. */
export async function classThings(place: ClassPlace): Promise<Things> {
  const { server, school, target, teacher, homeroom, family } = place;
  const [pupilId = ''] = target.pupilIds;
  const marks = await server.database.read.find(MarkCell, {
    where: { schoolId: school.id, classId: target.id, area: AREA, period: PERIOD },
    order: { columnCode: 'ASC', pupilId: 'ASC' },
  });
  const [first, second] = marks.filter((mark) => mark.pupilId === pupilId);
  const appeal = { markId: second?.id, version: second?.version, reason: 'Con em làm đúng câu 3' };
  const asked = must(await family.post<AppealAnswer>('/api/appeals', appeal));
  const moved = { fields: { birthPlace: 'Tỉnh Sông Mây' }, reason: 'Giấy khai sinh ghi nơi sinh khác' };
  const change = must(await homeroom.post<{ id: string }>(`/api/pupils/${pupilId}/changes`, moved));
  return {
    ...{ classId: target.id, pupilId, movedId: pupilId, joinedId: pupilId, area: AREA, period: PERIOD },
    ...{ markId: first?.id ?? '', markColumn: first?.columnCode ?? '', teacherId: teacher.id },
    ...{ markVersion: String(first?.version ?? 0), eventSeq: String(first?.eventSeq ?? NO_EVENT) },
    ...{ appealId: asked.id, pupilChangeId: change.id },
    ...(await corrections(place, marks.slice(-3))),
    ...(await papers(place, pupilId)),
    ...(await scratchColumn(place, pupilId)),
    ...(await workbook(place, pupilId)),
  };
}

/** Corrections that wait: for the confirmation, for the approval, for who applies them. */
async function corrections(place: ClassPlace, marks: readonly MarkCell[]): Promise<Things> {
  const { server, school, target, vice, teacher, homeroom } = place;
  const made: CorrectionsAnswer['corrections'] = [];
  for (const { pupilId, columnCode: column, version, value } of marks) {
    const asked = await teacher.post<CorrectionsAnswer>('/api/corrections', {
      ...{ classId: target.id, area: AREA, period: PERIOD, reason: 'Nhập nhầm dòng của bạn bên cạnh' },
      cells: [{ pupilId, column, newValue: value === '5' ? '6' : '5', version }],
    });
    made.push(...must(asked).corrections);
  }
  const [toConfirm, toApprove, toApply] = made;
  for (const { id } of made.slice(1)) {
    const waiting = await server.database.read.findOneByOrFail(Correction, { schoolId: school.id, id });
    if (waiting.state !== 'requested' || waiting.confirmationSkipped !== null) continue;
    must(await homeroom.post(`/api/corrections/${id}/confirm`));
  }
  const approval = { correctionIds: [toApply?.id] };
  must(await vice.stepUp('correction.approve', approval, '/api/corrections/approve'));
  const about = { about: 'correction', aboutId: toConfirm?.requestId ?? '' };
  const file = must(await teacher.upload<EvidenceAnswer>('/api/evidence', PNG, about));
  return {
    ...{ correctionId: toConfirm?.id ?? '', confirmedId: toApprove?.id ?? '', approvedId: toApply?.id ?? '' },
    ...{ requestId: about.aboutId, evidenceId: file.id },
  };
}

/**
 * A make-up test noted, and marks of another school that wait. Written straight in: in a class that is locked from the
 * year's first day nobody would enter either.
 */
async function papers({ server, school, target, teacher, homeroom }: ClassPlace, pupilId: string) {
  const at = server.clock.timestamp();
  const cell = { schoolId: school.id, classId: target.id, area: AREA, pupilId };
  const ground: MarkGround = {
    ...{ ...cell, id: randomUUID(), period: PERIOD, columnCode: 'CK', kind: 'make-up' },
    ...{ reason: 'Nằm viện', evidence: 'Giấy ra viện số 123/GRV', notifiedOn: null, notifiedHow: null },
    ...{ enteredBy: teacher.id, enteredAt: at, withdrawnAt: null, withdrawnBy: null },
  };
  const earlier: EarlierMark = {
    ...{ ...cell, id: randomUUID(), requestId: randomUUID(), period: 'HK1', columnCode: 'GK', value: '7.5' },
    ...{ because: 'joined', origin: 'Trường THCS Đoàn Kết', evidence: 'Phiếu điểm HK I', state: 'entered' },
    ...{ enteredBy: homeroom.id, enteredAt: at, decidedBy: null, decidedAt: null, decisionReason: null },
  };
  await school.founded(async (base) => {
    await base.enter(MarkGround, [ground]);
    await base.enter(EarlierMark, [earlier]);
  });
  return { groundId: ground.id, earlierId: earlier.requestId };
}

/** The teacher's own column outside the book, with a result in it. */
async function scratchColumn({ target, teacher }: ClassPlace, pupilId: string): Promise<Things> {
  const path = `/api/classes/${target.id}/sheets/${AREA}/${PERIOD}/scratch`;
  const { id } = must(await teacher.post<{ id: string }>(path, { name: 'Hỏi bài đầu giờ' }));
  must(await teacher.put(`${path}/${id}/marks`, { marks: [{ pupilId, value: '8', version: 0 }] }));
  return { scratchId: id };
}

/** A filled-in sheet, and the state of the book that its preview was made against. */
async function workbook({ server, school, target, teacher }: ClassPlace, pupilId: string): Promise<Things> {
  const info = await server.app.get(Classes, { strict: false }).load(school.id, target.id);
  const sheet = sheetOf(info, AREA, PERIOD);
  if (sheet === null) throw new Error('the class has no such sheet');
  const pupil = await server.database.read.findOneByOrFail(Pupil, { schoolId: school.id, id: pupilId });
  const { code, fullName } = pupil;
  const filled = { ...targetOf({ info, sheet }), schoolName: 'Trường thử' };
  const bytes = await writeMarkSheets([{ ...filled, pupils: [{ code, fullName, values: { CK: '3' } }] }]);
  const path = `/api/classes/${target.id}/sheets/${AREA}/${PERIOD}/preview`;
  const { basis } = must(await teacher.upload<SheetImportPreviewAnswer>(path, bytes));
  return { workbook: Buffer.from(bytes).toString('base64'), basis };
}

/** What there is only in a class whose year goes on: a pupil who came, one who may go, a gap to be reminded of. */
export async function openClassThings({ target, vice, sealer, homeroom }: ClassPlace): Promise<Things> {
  const path = `/api/classes/${target.id}`;
  const joined = await sealer.post<{ pupilId: string }>(`${path}/pupils`, {
    pupil: { code: `${target.name}-101`, fullName: 'Lý Mai', sex: 'NU', birthDate: '2015-03-08' },
    ...{ on: '2027-05-10', paper: 'Giấy giới thiệu chuyển trường số 14/GT' },
  });
  const changed = await homeroom.post<{ id: string }>(`${path}/subject-changes`, {
    ...{ pupilId: target.pupilIds[1], dropped: ELECTIVE, taken: null, effectiveOn: '2027-05-10' },
    ...{ reason: 'Không theo kịp môn tự chọn', application: 'Đơn ngày 08/05/2027' },
  });
  const gap = { classId: target.id, area: AREA, period: PERIOD };
  const [reminder] = must(await vice.post<{ id: string }[]>('/api/reminders', gap));
  return {
    ...{ joinedId: must(joined).pupilId, movedId: target.pupilIds[2] ?? '' },
    ...{ changeId: must(changed).id, reminderId: reminder?.id ?? '' },
  };
}

/** A batch of transcripts that a job composed, that was signed on paper and waits for its first electronic signature. */
export async function waitingBatch({ server, school, target, homeroom }: ClassPlace): Promise<Things> {
  const job = must(
    await homeroom.post<IssuingJobAnswer>('/api/issuing-jobs', { scope: 'class', classId: target.id }),
  );
  const batchId = await composedBatch(homeroom, job.id);
  must(await homeroom.post(`/api/transcripts/batches/${batchId}/paper`));
  const transcript = await server.database.read.findOneByOrFail(Transcript, { schoolId: school.id, batchId });
  return { batchId, transcriptId: transcript.id, jobId: job.id };
}

/** The batch of a class's job, once it is composed. */
async function composedBatch(desk: Desk, jobId: string): Promise<string> {
  for (;;) {
    const { state, classes } = must(await desk.get<IssuingJobAnswer>(`/api/issuing-jobs/${jobId}`));
    if (state !== 'running') return classes[0]?.batchId ?? '';
    await new Promise((wake) => setTimeout(wake, 20));
  }
}
