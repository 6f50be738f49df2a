/** The keys of a school's log: which sizes each signs, kept beside the entries that say so. */
import { type EntityManager, IsNull, Not } from 'typeorm';
import { parseLeaf } from '#ledger/format/leaf.js';
import { isInForce, tellsOfKeys, type LogKey } from '#ledger/format/log-keys.js';
import { formatVkey, parseVkey } from '#ledger/format/note.js';
import type { SequencedEntry } from '#ledger/log/ports.js';
import { LedgerKey, LedgerLog } from './ledger.entities.js';

/** The keys that the log's entries name, in the order they came into force; those taken back altogether too. */
export async function logKeysOf(read: EntityManager, schoolId: string): Promise<LogKey[]> {
  const rows = await read.find(LedgerKey, {
    where: { schoolId, fromSize: Not(IsNull()) },
    order: { fromSize: 'ASC' },
  });
  return rows.map(({ vkey, fromSize, toSize }) => ({
    key: parseVkey(vkey),
    from: fromSize ?? 0,
    ...(toSize === null ? {} : { to: toSize }),
  }));
}

/** The keys as a trust bundle lists them: without those that never sign. */
export async function trustedKeysOf(read: EntityManager, schoolId: string): Promise<LogKey[]> {
  return (await logKeysOf(read, schoolId)).filter(({ from, to }) => to === undefined || to >= from);
}

/** Brings the keys up to date with these entries, in the transaction that inserts them. */
export async function recordKeyEntries(
  tx: EntityManager,
  schoolId: string,
  entries: readonly SequencedEntry[],
): Promise<void> {
  const telling = entries.filter(({ entry }) => tellsOfKeys(entry));
  for (const { seq, entry } of telling) {
    const leaf = parseLeaf(entry);
    if (leaf.type === 'key.added' && 'vkey' in leaf.body) {
      await tx.update(LedgerKey, { schoolId, vkey: leaf.body.vkey }, { fromSize: seq + 1 });
    } else if (leaf.type === 'key.retired' && 'vkey' in leaf.body) {
      await tx.update(LedgerKey, { schoolId, vkey: leaf.body.vkey }, { toSize: leaf.body.invalidFrom });
    }
  }
  const last = entries.at(-1);
  if (telling.length === 0 || last === undefined) return;
  const signing = (await logKeysOf(tx, schoolId)).findLast((key) => isInForce(key, last.seq + 1));
  if (signing !== undefined) await tx.update(LedgerLog, { schoolId }, { vkey: formatVkey(signing.key) });
}
