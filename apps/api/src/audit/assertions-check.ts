/**
 * Checks again every assertion that was kept with a step-up: the person's own passkey, not withdrawn before, signed
 * exactly this change. Whoever holds the server and its database cannot make one.
 */
import { fromHex } from '#ledger/format/bytes.js';
import type { Json } from '#ledger/format/jcs.js';
import { challengeOf, changeHash, type Change } from '../identity/acts.js';
import { checkAssertion, type Assertion, type AssertionFault } from '../identity/assertion.js';
import { originFits } from '../identity/relying-party.js';
import type { JournalCheck, KeptAct } from './journal-check.js';
import type { KeptPasskeys } from './kept-passkeys.js';
import type { KeptSettings } from './kept-settings.js';
import type { Finding } from './report.js';

/** Where a code does at any school (passkeys.ts): the first passkey, and being rid of a lost one. */
const CODE_DOES: ReadonlySet<Json | undefined> = new Set(['passkey.add', 'passkey.revoke']);

const WORDS: Readonly<Record<AssertionFault, string>> = {
  UNREADABLE: 'phần chữ kí được giữ không đọc được',
  NOT_AN_ASSERTION: 'phần được kí không phải một lần xác nhận (type)',
  CHALLENGE: 'khóa truy cập đã kí cho nội dung khác (challenge)',
  ORIGIN: 'chữ kí được làm trên trang khác (origin)',
  RELYING_PARTY: 'chữ kí là cho máy chủ khác (rpIdHash)',
  USER_VERIFICATION: 'thiết bị không hỏi vân tay, khuôn mặt hay mã PIN (UV)',
  SIGNATURE: 'chữ kí không đúng với khóa công khai trong nhật kí',
  COUNTER: 'bộ đếm của khóa truy cập không tăng: khóa có thể đã bị sao chép',
};

/** Looks at the acts in the order of the journal; a passkey's counter only grows (0: it does not count). */
export async function checkAssertions({
  acts,
  passkeys,
  settings,
}: Pick<JournalCheck, 'acts' | 'passkeys' | 'settings'>): Promise<Finding[]> {
  const counters = new Map<string, number>();
  const findings: Finding[] = [];
  for (const act of acts.values()) {
    const fault =
      act.data['method'] === 'totp' ? codeFault(act, settings) : await faultOf(act, passkeys, counters);
    if (fault === undefined) continue;
    const detail = `sự kiện ${String(act.seq)}: ${fault}`;
    findings.push({ code: 'ACT_ASSERTION', table: 'acts', id: act.id, detail });
  }
  return findings;
}

/** A code proves nothing against who holds the server: a school that asks for passkeys has no act by code. */
function codeFault({ seq, data }: KeptAct, settings: KeptSettings): string | undefined {
  if (settings.totpAllowedAt(seq) || CODE_DOES.has(data['action'])) return undefined;
  return 'xác nhận bằng mã 6 chữ số, khi trường chỉ nhận khóa truy cập';
}

async function faultOf(
  act: KeptAct,
  passkeys: KeptPasskeys,
  counters: Map<string, number>,
): Promise<string | undefined> {
  const { method, assertion: kept } = act.data;
  if (method !== 'passkey') return 'không nói đã xác nhận bằng gì';
  const assertion = assertionIn(kept);
  const challenge = challengeIn(act);
  if (assertion === undefined || challenge === undefined) return WORDS.UNREADABLE;
  const id = assertion.credentialId;
  const key = passkeys.find(id);
  if (key === undefined || key.since > act.seq) return 'nhật kí không có khóa truy cập này trước đó';
  if (key.person !== act.person) return 'khóa truy cập là của người khác';
  if (key.revoked !== undefined && key.revoked < act.seq) {
    return `khóa truy cập đã bị thu hồi ở sự kiện ${String(key.revoked)}`;
  }
  const { rpId, publicKey } = key;
  const checked = await checkAssertion(assertion, {
    ...{ challenge, rpId, accepts: (origin) => originFits(origin, rpId) },
    key: { id, publicKey, counter: counters.get(id) ?? 0 },
  });
  if (checked.fault !== null) return WORDS[checked.fault];
  counters.set(id, checked.counter);
  return undefined;
}

/** The challenge that this act's change has now; what the act says its hash is does not count. */
function challengeIn({ data: { change, nonce } }: KeptAct): string | undefined {
  if (typeof nonce !== 'string') return undefined;
  try {
    return challengeOf(changeHash(change as Change, fromHex(nonce)));
  } catch {
    return undefined;
  }
}

function assertionIn(kept: Json | undefined): Assertion | undefined {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return undefined;
  const { credentialId, authenticatorData, clientDataJSON, signature } = kept as Record<string, Json>;
  return typeof credentialId === 'string' &&
    typeof authenticatorData === 'string' &&
    typeof clientDataJSON === 'string' &&
    typeof signature === 'string'
    ? { credentialId, authenticatorData, clientDataJSON, signature }
    : undefined;
}
