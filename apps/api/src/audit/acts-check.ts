/** Step-ups: does each hash belong to its change, did the right person confirm this very thing, and who used TOTP. */
import { createHash } from 'node:crypto';
import { fromHex } from '#ledger/format/bytes.js';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';
import { changeHash } from '../identity/acts.js';
import type { ActedEvent, JournalCheck, KeptAct } from './journal-check.js';
import type { Finding, WeakAct } from './report.js';
import { valueDigest } from './row-data.js';

type Data = { readonly [key: string]: Json };
/** Whether the confirmed change contains what the event says was done. */
type Covers = (change: Data, event: ActedEvent) => boolean;

/** What may only happen by an act, by which, and how the act must have named it. */
const NEEDED: Readonly<Record<string, { readonly actions: readonly string[]; readonly covers: Covers }>> = {
  'mark.corrected': {
    actions: ['correction.approve'],
    covers: (change, { data }) =>
      listed(change['corrections'], { id: data['correctionId'], new: data['value'] }),
  },
  'correction.approved': {
    actions: ['correction.approve'],
    covers: (change, { subjectId }) => listed(change['corrections'], { id: subjectId }),
  },
  'correction.rejected': {
    actions: ['correction.reject'],
    covers: (change, { subjectId }) => includes(change['corrections'], subjectId),
  },
  'lock.made': { actions: ['period.lock'], covers: coversSheet },
  'lock.lifted': { actions: ['period.reopen'], covers: coversSheet },
  'sheet.signed': {
    actions: ['sheet.sign'],
    covers: ({ sheets }, { data: { classId, area, period, digest } }) =>
      listed(sheets, { classId, area, period, digest }),
  },
  'transcript.signed': {
    actions: [
      ...['transcript.sign.homeroom', 'transcript.sign.vice-principal', 'transcript.sign.principal'],
      'transcript.seal',
    ],
    covers: (change, { subjectId, data }) =>
      listed(change['transcripts'], { id: subjectId.split('/')[0], hash: data['documentHash'] }),
  },
  'transcript.sealed': {
    actions: ['transcript.seal'],
    covers: (change, { subjectId }) => listed(change['transcripts'], { id: subjectId }),
  },
  'transcript.reseal.ordered': {
    actions: ['transcript.reseal'],
    covers: ({ transcripts }, { data }) => listed(transcripts, { id: data['transcriptId'] }),
  },
  'transcript.ended': {
    actions: ['transcript.revoke', 'transcript.transfer', 'transcript.finish'],
    covers: ({ transcripts, action, event = null }, { data }) =>
      action === `transcript.${textOf(data['kind'])}` &&
      listed(transcripts, { id: data['transcriptId'] }) &&
      isObject(event) &&
      ['event', 'decision', 'reason', 'otherSchool'].every(
        (key) => canonicalJson(event[key] ?? null) === canonicalJson(data[key] ?? null),
      ),
  },
  'certificate.imported': {
    actions: ['certificate.import', 'certificate.import-seal'],
    covers: ({ certificate = null }, { data: { role, der } }) => {
      const sha256 = createHash('sha256').update(textOf(der), 'base64').digest('hex');
      return listed([certificate], { role, sha256 });
    },
  },
  'style.changed': {
    actions: ['style.change'],
    covers: ({ style = null }, { data }) => {
      const { version, texts, pictures, decisionNumber, decidedOn } = data;
      const made = { version, texts, pictures, decisionNumber, decidedOn } as Json;
      return canonicalJson(style) === canonicalJson(made);
    },
  },
  'credential-key.retired': {
    actions: ['certificate.rotate-credential-key'],
    covers: ({ replaces }, { data }) => typeof replaces === 'string' && replaces === data['replaced'],
  },
  'appointment.made': {
    actions: ['appointment.make'],
    covers: ({ appointment = null }, { data }) => {
      const { personId, role, fromDate: from, toDate: to, decisionNumber, charge = null } = data;
      return (
        isObject(appointment) &&
        listed([appointment], { personId, role, from, to, decisionNumber }) &&
        canonicalJson(appointment['charge'] ?? null) === canonicalJson(charge)
      );
    },
  },
  'appointment.ended': {
    actions: ['appointment.end'],
    covers: ({ appointment = null, ...change }, event) =>
      listed([appointment], { id: event.subjectId }) && coversEnding(change, event),
  },
  'delegation.made': {
    actions: ['delegation.make'],
    covers: ({ delegation = null }, { data: { toPersonId, scope, fromDate, toDate } }) =>
      listed([delegation], { toPersonId, scope, from: fromDate, to: toDate }),
  },
  'delegation.ended': {
    actions: ['delegation.end'],
    covers: ({ delegation = null, ...change }, event) =>
      listed([delegation], { id: event.subjectId }) && coversEnding(change, event),
  },
  'settings.changed': {
    actions: ['settings.change'],
    covers: (change, { data }) =>
      ['decisionNumber', 'decidedOn', 'changes'].every(
        (key) => canonicalJson(change[key] ?? null) === canonicalJson(data[key] ?? null),
      ),
  },
  'erasure.approved': {
    actions: ['erasure.approve'],
    covers: ({ erasure = null, events }, { subjectId, data }) =>
      listed([erasure], { id: subjectId }) && events === valueDigest(data['events'] ?? null),
  },
  'year.closed': {
    actions: ['year.close'],
    covers: ({ year = null, rules = null }, { subjectId, data }) =>
      listed([year], { id: subjectId }) &&
      canonicalJson(rules) === canonicalJson(data['closedRules'] ?? null),
  },
  'passkey.added': {
    actions: ['passkey.add'],
    covers: (change, { subjectId, actor, data: { personId, publicKey } }) =>
      personId === actor && listed([change['passkey'] ?? null], { id: subjectId, publicKey }),
  },
};

/** Whether what happens by this type of event needs an act. */
export function needsAct(type: string): boolean {
  return Object.hasOwn(NEEDED, type);
}

/** Recomputes every act's hash, and looks for the act behind everything that needs one. */
export function checkActs({ acts, acted }: Pick<JournalCheck, 'acts' | 'acted'>): {
  readonly findings: Finding[];
  readonly weak: WeakAct[];
} {
  const findings: Finding[] = [];
  const weak: WeakAct[] = [];
  for (const act of acts.values()) {
    if (!hashHolds(act)) {
      const detail = `sự kiện ${String(act.seq)}: mã của thay đổi không phải mã của nội dung đã xác nhận`;
      findings.push({ code: 'ACT_CHANGED', table: 'acts', id: act.id, detail });
    }
    if (act.data['method'] === 'totp') {
      weak.push({ id: act.id, action: textOf(act.data['action']), person: act.person, at: act.at });
    }
  }
  for (const event of acted) {
    const fault = faultOf(event, event.act === null ? undefined : acts.get(event.act));
    if (fault === undefined) continue;
    const detail = `sự kiện ${String(event.seq)} ${event.type}: ${fault}`;
    findings.push({ code: 'ACT_MISSING', table: event.subject, id: event.subjectId, detail });
  }
  return { findings, weak };
}

function faultOf(event: ActedEvent, act: KeptAct | undefined): string | undefined {
  const { actions, covers } = NEEDED[event.type] ?? { actions: [], covers: () => false };
  if (act === undefined || act.seq > event.seq) return 'không có lần xác nhận hai lớp nào trước đó';
  if (act.person !== confirmedBy(event)) return 'người xác nhận hai lớp là người khác';
  if (!actions.includes(textOf(act.data['action']))) return 'lần xác nhận hai lớp là cho việc khác';
  const { change } = act.data;
  return isObject(change) && covers(change, event)
    ? undefined
    : 'lần xác nhận hai lớp không nêu thay đổi này';
}

/** Whose act is behind the event: the actor's, and of a mark that an IT officer corrected by hand the approver's. */
function confirmedBy({ type, actor, data }: ActedEvent): Json | undefined {
  return type === 'mark.corrected' ? data['approvedBy'] : actor;
}

/** A role or delegation ends for the reason and on the day that were confirmed; at once where no day was. */
function coversEnding({ reason, lastDay }: Data, { data }: ActedEvent): boolean {
  return reason === data['endReason'] && lastDay === (data['toDate'] ?? null);
}

function coversSheet(change: Data, { data }: ActedEvent): boolean {
  const { classId, area, period } = data;
  return listed(change['sheets'], { classId, area, period });
}

/** Whether a list has an object with these members. */
function listed(list: Json | undefined, wanted: { readonly [key: string]: Json | undefined }): boolean {
  if (!Array.isArray(list)) return false;
  return (list as readonly Json[]).some(
    (item) => isObject(item) && Object.entries(wanted).every(([key, value]) => item[key] === value),
  );
}

function includes(list: Json | undefined, value: string): boolean {
  return Array.isArray(list) && (list as readonly Json[]).includes(value);
}

function isObject(value: Json | undefined): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function hashHolds({ data }: KeptAct): boolean {
  const { change, changeHash: kept, nonce } = data;
  if (!isObject(change) || typeof nonce !== 'string') return false;
  try {
    return changeHash(change, fromHex(nonce)) === kept;
  } catch {
    return false;
  }
}
