/** What is said by hand to each route and act: which thing of the place is meant, and a body that could succeed. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { classListFile } from '#fixtures/node/make-files.js';
import { PNG } from '../evidence-files.js';
import { PASSWORD } from '../school.js';
import type { Things } from './world.js';

/** Where the generic body or id does not do. */
export interface Recipe {
  /** Path parameter → name of the thing. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: (things: Things) => Readonly<Record<string, string>>;
  readonly body?: (things: Things) => object;
  readonly file?: (things: Things) => Uint8Array;
}

const SHEET = '/api/classes/:classId/sheets/:area/:period';
const CLASS_LIST = readFileSync(`fixtures/files/${classListFile('6A2')}`);
const NEW_PASSWORD = 'con thuyền buồm vàng qua sông lúc chiều';
export const NO_THING = randomUUID();
const decision = { decisionNumber: '21/QĐ-HT', decidedOn: '2027-05-16' };
const sheet = ({ classId, area, period }: Things) => ({ classId, area, period });
const correction = { ids: { id: 'correctionId' } };
const confirmed = { ids: { id: 'confirmedId' } };
const subjectApproval = (t: Things) => ({
  changeIds: [t['changeId'] ?? NO_THING],
  decision: 'Quyết định số 07/QĐ-HT',
});
/** Base64 that is no certificate: who may bring one in is what is looked at. */
const certificate = { holder: 'self', chain: ['AAAA', 'AAAA'] };
/** A PNG that is none: who may put a picture in is what is looked at. */
const CUT_OFF = PNG.subarray(0, 20);
const style = { version: 0, texts: { motto: 'Học để biết' }, ...decision };
const settings = { switches: { appealDays: 30 }, ...decision };

const sheetFile = (t: Things) => Buffer.from(t['workbook'] ?? '', 'base64');

const of = (things: Things, ...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, things[name] ?? NO_THING]));
const bookEvent = (t: Things, kind: string) => ({
  ...of(t, 'transcriptId'),
  ...{ kind, decision: 'Quyết định số 51/QĐ-THCS ngày 17/05/2027', reason: 'Số liệu để thử' },
  otherSchool: kind === 'transfer' ? 'Trường THCS Bản Lầu' : null,
});
const ending = (name: string) => (t: Things) => ({ id: t[name], reason: 'Chuyển công tác' });
const appointment = (t: Things) => ({
  ...of(t, 'personId'),
  ...{ role: 'clerk', from: '2027-05-17', decisionNumber: '27/QĐ-HT' },
});
const delegation = (t: Things) => ({
  ...{ toPersonId: t['viceId'], scope: 'correction.approve', from: '2027-05-17', to: '2027-05-20' },
  decisionNumber: '31/QĐ-HT',
});
const notice = (t: Things) => ({
  ...of(t, 'yearId'),
  ...{ number: '77/TB-HT', issuedOn: '2027-05-17', title: 'Cập nhật điểm' },
  windows: [
    {
      ...{ period: t['period'], scope: { classIds: [t['classId']] }, opening: 'clock' },
      ...{ opensAt: '2027-05-18T00:00:00.000Z', closesAt: '2027-05-20T00:00:00.000Z' },
    },
  ],
});
const reseal = (t: Things) => ({
  ...of(t, 'classId'),
  ...{ decision: 'Quyết định số 12/QĐ-THCS', reason: 'Khóa RSA 2048 sắp hết hạn' },
});
const meeting = (t: Things) => ({
  ...of(t, 'yearId'),
  ...{ chairId: t['principalId'], secretaryId: t['personId'], heldOn: '2027-05-17', members: 9, present: 9 },
  minutes: 'Hội đồng xét kết quả của lớp.',
  votes: [{ classId: t['classId'], votesFor: 9, votesAgainst: 0, abstained: 0 }],
});

/** By route; `:id` means something else under each. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  'POST /api/corrections/:id/confirm': correction,
  'POST /api/corrections/:id/withdraw': correction,
  'POST /api/corrections/:id/approve': confirmed,
  'POST /api/corrections/:id/reject': confirmed,
  'GET /api/corrections/:id/effect': confirmed,
  'POST /api/corrections/approve': { body: (t) => ({ correctionIds: [t['confirmedId']] }) },
  'POST /api/corrections/apply': { body: (t) => ({ correctionIds: [t['approvedId']] }) },
  'POST /api/corrections/reject': {
    body: (t) => ({ correctionIds: [t['confirmedId']], reason: 'Chưa đính kèm bài làm.' }),
  },
  'POST /api/corrections': {
    body: (t) => ({
      ...sheet(t),
      reason: 'Nhập nhầm dòng của bạn bên cạnh',
      cells: [
        {
          ...{ pupilId: t['pupilId'], column: t['markColumn'], newValue: '4' },
          version: Number(t['markVersion']),
        },
      ],
    }),
  },
  'POST /api/classes/:classId/subject-changes': {
    body: (t) => ({
      ...{ pupilId: t['pupilId'], dropped: 'NGOAI_NGU_2', taken: null, effectiveOn: '2027-05-10' },
      ...{ reason: 'Không theo kịp môn tự chọn', application: 'Đơn ngày 08/05/2027' },
    }),
  },
  'POST /api/classes/:classId/subject-changes/approve': { body: subjectApproval },
  'POST /api/classes/:classId/reissues': { body: reseal },
  'POST /api/windows/:id/open': { ids: { id: 'windowId' } },
  'POST /api/windows/:id/close': { ids: { id: 'openWindowId' } },
  'GET /api/marks/:id/history': { ids: { id: 'markId' } },
  'GET /api/receipts/:seq': { ids: { seq: 'eventSeq' } },
  'POST /api/issuing-jobs': { body: (t) => ({ scope: 'class', ...of(t, 'classId') }) },
  'GET /api/issuing-jobs/:id': { ids: { id: 'jobId' } },
  'POST /api/issuing-jobs/:id/cancel': { ids: { id: 'jobId' } },
  'GET /api/transcripts/:id': { ids: { id: 'transcriptId' } },
  'GET /api/transcripts/:id/pdf': { ids: { id: 'transcriptId' } },
  'GET /api/transcripts/:id/events': { ids: { id: 'transcriptId' } },
  'POST /api/transcripts/:id/presentations': { ids: { id: 'transcriptId' } },
  'GET /api/transcripts/batches/:id': { ids: { id: 'batchId' } },
  'POST /api/transcripts/batches/sign': { body: (t) => ({ batchIds: [t['batchId'] ?? NO_THING] }) },
  'POST /api/transcripts/batches/outside': { body: (t) => ({ batchIds: [t['batchId'] ?? NO_THING] }) },
  'POST /api/transcripts/batches/seal': { body: (t) => ({ batchIds: [t['batchId'] ?? NO_THING] }) },
  'POST /api/transcripts/batches/:id/sign': { ids: { id: 'batchId' } },
  'POST /api/transcripts/batches/:id/seal': { ids: { id: 'batchId' } },
  'POST /api/transcripts/batches/:id/outside': { ids: { id: 'batchId' } },
  'POST /api/transcripts/batches/:id/paper': { ids: { id: 'batchId' } },
  'POST /api/transcripts/batches/:id/return': { ids: { id: 'batchId' } },
  'POST /api/guardianships/:id/end': { ids: { id: 'guardianshipId' } },
  'POST /api/erasures/:id/approve': { ids: { id: 'erasureId' } },
  'POST /api/erasures/:id/refuse': { ids: { id: 'erasureId' } },
  'POST /api/erasures/:id/withdraw': { ids: { id: 'erasureId' } },
  [`PUT ${SHEET}/drafts`]: {
    body: (t) => ({ cells: [{ pupilId: t['pupilId'], column: 'GK', value: '7', version: 0 }] }),
  },
  [`POST ${SHEET}/record`]: { body: () => ({ columns: ['GK'] }) },
  'POST /api/school/settings': { body: () => settings },
  'POST /api/accounts/recovery/confirm': { body: (t) => ({ recoveryId: t['recoveryId'] }) },
  'POST /api/accounts/review': { body: () => ({ reportHash: '0'.repeat(64) }) },
  'POST /api/appointments': { body: appointment },
  'POST /api/appointments/end': { body: ending('appointmentId') },
  'POST /api/delegations': { body: delegation },
  'POST /api/delegations/end': { body: ending('delegationId') },
  'POST /api/notices': { body: notice },
  'POST /api/decisions': {
    body: (t) => ({ ...of(t, 'classId', 'meetingId'), number: '46/QĐ-THCS', decidedOn: '2027-05-17' }),
  },
  'POST /api/council-meetings': { body: meeting },
  'POST /api/results/:classId/recognition': {
    body: (t) => ({
      ...{ heldOn: '2027-05-16', present: 1 },
      pupils: [{ pupilId: t['pupilId'], votes: 1, recognised: true }],
    }),
  },
  'POST /api/pupils/:pupilId/guardianships': {
    body: (t) => ({ personId: t['personId'], relation: 'mother', paper: 'Giấy khai sinh số 45/2015' }),
  },
  [`POST ${SHEET}/import`]: { body: (t) => of(t, 'basis'), file: sheetFile },
  [`POST ${SHEET}/preview`]: { file: sheetFile },
  [`POST ${SHEET}/record/withdraw`]: {
    body: () => ({ columns: ['TX1'], reason: 'Ghi nhầm cột của lớp khác' }),
  },
  'POST /api/appeals': {
    body: (t) => ({ ...of(t, 'markId'), version: Number(t['markVersion']), reason: 'Con em làm đúng câu 3' }),
  },
  'POST /api/appeals/:id/answer': {
    ids: { id: 'appealId' },
    body: () => ({ outcome: 'keep', answer: 'Bài đã chấm đúng.' }),
  },
  'POST /api/appeals/:id/withdraw': { ids: { id: 'appealId' } },
  'POST /api/acts': {
    body: (t) => ({ action: 'correction.approve', params: { correctionIds: [t['confirmedId']] } }),
  },
  'POST /api/classes/:classId/earlier-marks': {
    body: (t) => ({
      ...{ pupilId: t['joinedId'], because: 'joined', origin: 'Trường THCS Đoàn Kết' },
      ...{
        evidence: 'Phiếu điểm HK I',
        cells: [{ area: t['area'], period: 'HK1', column: 'CK', value: '8' }],
      },
    }),
  },
  'POST /api/classes/:classId/earlier-marks/:requestId/confirm': { ids: { requestId: 'earlierId' } },
  'POST /api/classes/:classId/earlier-marks/:requestId/refuse': { ids: { requestId: 'earlierId' } },
  'POST /api/classes/:classId/pupils': {
    body: () => ({
      pupil: { code: 'HS-2027-77', fullName: 'Lê Hải Yến', sex: 'NU', birthDate: '2015-03-08' },
      ...{ on: '2027-05-17', paper: 'Giấy giới thiệu chuyển trường số 15/GT' },
    }),
  },
  'POST /api/classes/:classId/pupils/:pupilId/move': {
    ids: { pupilId: 'movedId' },
    body: (t) => ({ toClassId: t['spareClassId'] ?? NO_THING, on: '2027-05-17', paper: 'Quyết định số 21' }),
  },
  [`PUT ${SHEET}/columns/:column/owner`]: { body: (t) => ({ personId: t['teacherId'], version: 0 }) },
  [`POST ${SHEET}/grounds`]: {
    body: (t) => ({
      ...{ ...of(t, 'pupilId'), column: 'GK', kind: 'make-up', reason: 'Nằm viện' },
      evidence: 'Giấy ra viện số 124/GRV',
    }),
  },
  [`PUT ${SHEET}/scratch/:scratchId/marks`]: {
    body: (t) => ({ marks: [{ ...of(t, 'pupilId'), value: '9', version: 1 }] }),
  },
  [`POST ${SHEET}/scratch/choose`]: {
    body: (t) => ({ choices: [{ ...of(t, 'scratchId', 'pupilId'), column: 'TX4', version: 0 }] }),
  },
  'POST /api/evidence': { body: (t) => ({ about: 'correction', aboutId: t['requestId'] }), file: () => PNG },
  'GET /api/evidence/:id': { ids: { id: 'evidenceId' } },
  'POST /api/inspections': {
    body: (t) => ({
      ...{ ...of(t, 'yearId'), number: '77/BB', conclusion: 'Đã đủ.', checked: [t['personId']] },
    }),
  },
  'POST /api/inspections/:id/opinion': { ids: { id: 'inspectionId' } },
  'POST /api/reminders/:id/seen': { ids: { id: 'reminderId' } },
  'POST /api/pupil-changes/:id/confirm': { ids: { id: 'pupilChangeId' } },
  'POST /api/pupil-changes/:id/refuse': { ids: { id: 'pupilChangeId' } },
  'POST /api/pupil-changes/:id/withdraw': { ids: { id: 'pupilChangeId' } },
  'POST /api/pupils/:pupilId/changes': {
    body: () => ({ fields: { ethnicity: 'Khmer' }, reason: 'Giấy khai sinh ghi khác' }),
  },
  'GET /api/progress': { query: (t) => of(t, 'yearId', 'classId') },
  'POST /api/pupils/:pupilId/received-transcripts': { file: () => PNG },
  'POST /api/school/style': { body: () => style },
  'POST /api/school/style/pictures': { file: () => CUT_OFF },
  'POST /api/school/style/signature': { file: () => CUT_OFF },
  'POST /api/roster/preview': { file: () => CLASS_LIST },
  'POST /api/roster/import': { file: () => CLASS_LIST },
  'POST /api/activation': { body: (t) => ({ username: t['newUser'], code: t['activationCode'] }) },
  'POST /api/activation/complete': {
    body: (t) => ({ username: t['newUser'], code: t['activationCode'], password: NEW_PASSWORD }),
  },
  'POST /api/own-account/password': {
    body: () => ({ currentPassword: PASSWORD, newPassword: NEW_PASSWORD }),
  },
  'POST /api/certificates': { body: () => certificate },
  'POST /api/certificates/revocation-lists': { body: () => ({ list: 'AAAA' }) },
  'POST /api/transcripts/outside/:id': {
    body: () => ({ signatures: [{ transcriptId: NO_THING, signature: 'AAAA' }] }),
  },
  'POST /api/session': { body: (t) => ({ username: t['familyUser'], password: PASSWORD }) },
  'POST /api/session/second-factor': { body: () => ({ method: 'totp', code: '123456' }) },
  'POST /api/transcripts/batches': { body: (t) => of(t, 'classId') },
  'POST /api/transcripts/:id/events': { ids: { id: 'transcriptId' }, body: (t) => bookEvent(t, 'revoke') },
  'POST /api/locks': { body: (t) => ({ sheets: [sheet(t)], gapsReason: 'Số liệu để thử' }) },
  'POST /api/sheet-signatures': { body: (t) => ({ sheets: [sheet(t)] }) },
  'POST /api/locks/reopen': { body: (t) => ({ sheets: [sheet(t)], reason: 'Bổ sung điểm kiểm tra bù' }) },
};

/** What stating an act says of the change. */
export const ACT_PARAMS: Readonly<Record<string, (things: Things) => object>> = {
  'settings.change': () => settings,
  'style.change': () => style,
  'certificate.import': () => certificate,
  'certificate.import-seal': () => ({ ...certificate, holder: 'seal' }),
  'erasure.approve': (t) => of(t, 'erasureId'),
  'subject.approve': (t) => ({ ...of(t, 'classId'), ...subjectApproval(t) }),
  'correction.approve': (t) => ({ correctionIds: [t['confirmedId']] }),
  'correction.reject': (t) => ({ correctionIds: [t['confirmedId']], reason: 'Chưa đính kèm bài làm.' }),
  'period.lock': (t) => ({ sheets: [sheet(t)], gapsReason: 'Số liệu để thử' }),
  'period.reopen': (t) => ({ sheets: [sheet(t)], reason: 'Bổ sung điểm kiểm tra bù' }),
  'sheet.sign': (t) => ({ sheets: [sheet(t)] }),
  'year.close': (t) => of(t, 'yearId'),
  'transcript.sign.homeroom': (t) => ({ batchId: t['batchId'] ?? NO_THING }),
  'transcript.sign.vice-principal': (t) => ({ batchId: t['batchId'] ?? NO_THING }),
  'transcript.sign.principal': (t) => ({ batchId: t['batchId'] ?? NO_THING }),
  'account.confirm-recovery': (t) => of(t, 'recoveryId'),
  'appointment.make': appointment,
  'appointment.end': ending('appointmentId'),
  'delegation.make': delegation,
  'delegation.end': ending('delegationId'),
  'passkey.revoke': (t) => of(t, 'passkeyId'),
  'transcript.seal': (t) => ({ batchId: t['batchId'] ?? NO_THING }),
  'transcript.revoke': (t) => bookEvent(t, 'revoke'),
  'transcript.transfer': (t) => bookEvent(t, 'transfer'),
  'transcript.finish': (t) => bookEvent(t, 'finish'),
  'transcript.reseal': reseal,
};
