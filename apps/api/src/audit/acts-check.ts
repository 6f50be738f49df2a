/** Step-ups: does each hash belong to its change, did the right person confirm, and which were confirmed by TOTP only. */
import { fromHex } from '#ledger/format/bytes.js';
import type { Json } from '#ledger/format/jcs.js';
import { changeHash, type Change } from '../identity/acts.js';
import type { ExpectedRows } from './expected-rows.js';
import type { KeptAct } from './journal-check.js';
import type { Finding, WeakAct } from './report.js';

/** Where a table says which act confirmed a row, and who must have confirmed it. */
const CONFIRMED: readonly {
  readonly table: string;
  readonly act: string;
  readonly person: string;
  readonly actions: readonly string[];
}[] = [
  {
    table: 'corrections',
    act: 'actId',
    person: 'decidedBy',
    actions: ['correction.approve', 'correction.reject'],
  },
  { table: 'locks', act: 'actId', person: 'lockedBy', actions: ['period.lock'] },
  {
    table: 'transcript_signatures',
    act: 'actId',
    person: 'personId',
    actions: ['transcript.sign.homeroom', 'transcript.sign.principal', 'transcript.seal'],
  },
];

/** Recomputes every act's hash, and looks for the act behind every approval, lock and signature. */
export function checkActs(
  acts: ReadonlyMap<string, KeptAct>,
  expected: ExpectedRows,
): { readonly findings: Finding[]; readonly weak: WeakAct[] } {
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
  for (const { table, act: property, person, actions } of CONFIRMED) {
    for (const [id, row] of expected.of(table)) {
      const actId = row.values.get(property)?.value;
      if (actId === undefined || actId === null) continue;
      const act = acts.get(textOf(actId));
      const by = row.values.get(person)?.value;
      if (act !== undefined && act.person === by && actions.includes(textOf(act.data['action']))) continue;
      const detail = `không có lần xác nhận hai lớp ${textOf(actId)} của người ${textOf(by)} cho việc này`;
      findings.push({ code: 'ACT_MISSING', table, id, detail });
    }
  }
  return { findings, weak };
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

function hashHolds({ data }: KeptAct): boolean {
  const { change, changeHash: kept, nonce } = data;
  if (typeof change !== 'object' || change === null || typeof nonce !== 'string') return false;
  try {
    return changeHash(change as Change, fromHex(nonce)) === kept;
  } catch {
    return false;
  }
}
