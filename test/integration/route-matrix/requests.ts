/** What is sent to each route: by default the examples of its DTO with the ids of the place, or what is said here. */
import { randomUUID } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import { described, type Route } from './routes.js';
import type { Things } from './world.js';

/** A request as it is sent. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: string | FormData;
  /** Text by which two requests are compared. */
  readonly text: string;
}

/** Where the generic body or id does not do. */
interface Recipe {
  /** Path parameter → name of the thing. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: (things: Things) => Readonly<Record<string, string>>;
  readonly body?: (things: Things) => object;
}

const NO_THING = randomUUID();
const BOGUS_ACT = { id: randomUUID(), method: 'totp', code: '123456' };
const decision = { decisionNumber: '21/QĐ-HT', decidedOn: '2027-05-16' };
const sheet = ({ classId, area, period }: Things) => ({ classId, area, period });
const correction = { ids: { id: 'correctionId' } };
const confirmed = { ids: { id: 'confirmedId' } };
const subjectApproval = (t: Things) => ({
  changeIds: [t['changeId'] ?? NO_THING],
  decision: 'Quyết định số 07/QĐ-HT',
});
const settings = { switches: { recordWithdrawal: true }, ...decision };

const of = (things: Things, ...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, things[name] ?? NO_THING]));
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
const meeting = (t: Things) => ({
  ...of(t, 'yearId'),
  ...{ chairId: t['principalId'], secretaryId: t['personId'], heldOn: '2027-05-17', members: 9, present: 9 },
  minutes: 'Hội đồng xét kết quả của lớp.',
  votes: [{ classId: t['classId'], votesFor: 9, votesAgainst: 0, abstained: 0 }],
});

/** By route; `:id` means something else under each. */
const RECIPES: Readonly<Record<string, Recipe>> = {
  'POST /api/corrections/:id/confirm': correction,
  'POST /api/corrections/:id/withdraw': correction,
  'POST /api/corrections/:id/approve': confirmed,
  'POST /api/corrections/:id/reject': confirmed,
  'GET /api/corrections/:id/effect': confirmed,
  'POST /api/corrections/approve': { body: (t) => ({ correctionIds: [t['confirmedId']] }) },
  'POST /api/corrections/apply': { body: (t) => ({ correctionIds: [t['confirmedId']] }) },
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
  'POST /api/windows/:id/open': { ids: { id: 'windowId' } },
  'POST /api/windows/:id/close': { ids: { id: 'openWindowId' } },
  'GET /api/marks/:id/history': { ids: { id: 'markId' } },
  'GET /api/receipts/:seq': { ids: { seq: 'eventSeq' } },
  'GET /api/transcripts/:id': { ids: { id: 'transcriptId' } },
  'GET /api/transcripts/:id/pdf': { ids: { id: 'transcriptId' } },
  'GET /api/transcripts/batches/:id': { ids: { id: 'batchId' } },
  'POST /api/transcripts/batches/:id/sign': { ids: { id: 'batchId' } },
  'POST /api/transcripts/batches/:id/seal': { ids: { id: 'batchId' } },
  'POST /api/transcripts/batches/:id/paper': { ids: { id: 'batchId' } },
  'POST /api/transcripts/batches/:id/return': { ids: { id: 'batchId' } },
  'POST /api/guardianships/:id/end': { ids: { id: 'guardianshipId' } },
  'POST /api/erasures/:id/approve': { ids: { id: 'erasureId' } },
  'POST /api/erasures/:id/refuse': { ids: { id: 'erasureId' } },
  'POST /api/erasures/:id/withdraw': { ids: { id: 'erasureId' } },
  'PUT /api/classes/:classId/sheets/:area/:period/drafts': {
    body: (t) => ({ cells: [{ pupilId: t['pupilId'], column: 'GK', value: '7', version: 0 }] }),
  },
  'POST /api/classes/:classId/sheets/:area/:period/record': { body: () => ({ columns: ['GK'] }) },
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
  'POST /api/classes/:classId/sheets/:area/:period/import': { body: () => ({ basis: '0'.repeat(64) }) },
  'POST /api/classes/:classId/sheets/:area/:period/record/withdraw': {
    body: () => ({ columns: ['TX1'], reason: 'Ghi nhầm cột của lớp khác' }),
  },
  'POST /api/appeals/:id/answer': { body: () => ({ outcome: 'keep', answer: 'Bài đã chấm đúng.' }) },
  'POST /api/transcripts/batches': { body: (t) => of(t, 'classId') },
  'POST /api/locks': { body: (t) => ({ sheets: [sheet(t)], gapsReason: 'Số liệu để thử' }) },
  'POST /api/locks/reopen': { body: (t) => ({ sheets: [sheet(t)], reason: 'Bổ sung điểm kiểm tra bù' }) },
};

/** What stating an act says of the change. */
export const ACT_PARAMS: Readonly<Record<string, (things: Things) => object>> = {
  'settings.change': () => settings,
  'erasure.approve': (t) => of(t, 'erasureId'),
  'subject.approve': (t) => ({ ...of(t, 'classId'), ...subjectApproval(t) }),
  'correction.approve': (t) => ({ correctionIds: [t['confirmedId']] }),
  'correction.reject': (t) => ({ correctionIds: [t['confirmedId']], reason: 'Chưa đính kèm bài làm.' }),
  'period.lock': (t) => ({ sheets: [sheet(t)], gapsReason: 'Số liệu để thử' }),
  'period.reopen': (t) => ({ sheets: [sheet(t)], reason: 'Bổ sung điểm kiểm tra bù' }),
  'year.close': (t) => of(t, 'yearId'),
  'transcript.sign.homeroom': (t) => ({ batchId: t['batchId'] ?? NO_THING }),
  'transcript.sign.principal': (t) => ({ batchId: t['batchId'] ?? NO_THING }),
  'account.confirm-recovery': (t) => of(t, 'recoveryId'),
  'appointment.make': appointment,
  'appointment.end': ending('appointmentId'),
  'delegation.make': delegation,
  'delegation.end': ending('delegationId'),
  'passkey.revoke': (t) => of(t, 'passkeyId'),
  'transcript.seal': (t) => ({ batchId: t['batchId'] ?? NO_THING }),
};

/** The request of a route about the things of one place. */
export function requestOf(document: OpenAPIObject, route: Route, things: Things): Sent {
  const recipe = RECIPES[route.name] ?? {};
  const { body, upload, query } = described(document, route);
  const path = route.path
    .replace(/:(\w+)/g, (_all, name: string) => things[recipe.ids?.[name] ?? name] ?? NO_THING)
    .replace('*', `/${things['school'] ?? ''}/tile/0/000`);
  const asked =
    recipe.query?.(things) ?? Object.fromEntries(query.map((name) => [name, thingNamed(name, things)]));
  const search = Object.keys(asked).length === 0 ? '' : `?${new URLSearchParams(asked).toString()}`;
  const own = recipe.body?.(things);
  const made = body === undefined && own === undefined ? undefined : withAct(own, placed(body, things, ''));
  const text = `${path}${search} ${JSON.stringify(made) ?? ''}`;
  if (upload) return { method: route.method, path: path + search, body: formOf(made), text };
  const sent = made === undefined ? {} : { body: JSON.stringify(made) };
  return { method: route.method, path: path + search, ...sent, text };
}

/** A body said by hand still needs the act that its DTO asks for. */
function withAct(own: object | undefined, generic: unknown): unknown {
  if (own === undefined) return generic;
  const asksAct = typeof generic === 'object' && generic !== null && 'act' in generic;
  return asksAct ? { ...own, act: BOGUS_ACT } : own;
}

/** The generic body, with the ids of the place where a field names one. */
function placed(value: unknown, things: Things, field: string): unknown {
  if (field === 'act') return BOGUS_ACT;
  if (Array.isArray(value)) return value.map((one) => placed(one, things, field.replace(/s$/, '')));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, placed(inner, things, name)]),
    );
  }
  return things[field] ?? (/Id$/.test(field) ? NO_THING : value);
}

function thingNamed(name: string, things: Things): string {
  return things[name.replace(/s$/, '')] ?? things[name] ?? NO_THING;
}

function formOf(fields: unknown): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries((fields ?? {}) as Record<string, unknown>)) {
    if (name !== 'file') form.append(name, String(value));
  }
  form.append('file', new Blob([Uint8Array.from([1, 2, 3])]), 'tep.xlsx');
  return form;
}
