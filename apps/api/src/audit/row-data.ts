/** A row's values as its journal event keeps them: audit compares them with the row, name by name. */
import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';

/** All columns but the school and the id, which the event carries itself, and those named. */
export function rowData<
  T extends { readonly schoolId: string; readonly id: string },
  K extends keyof T = never,
>(row: T, ...without: readonly K[]): Omit<T, 'schoolId' | 'id' | K> {
  const left = new Set<PropertyKey>(['schoolId', 'id', ...without]);
  return Object.fromEntries(Object.entries(row).filter(([key]) => !left.has(key))) as Omit<
    T,
    'schoolId' | 'id' | K
  >;
}

/** What an event keeps of a column whose value it must not keep: the SHA-256 (hex) of its canonical JSON; of null, null. */
export function valueDigest(value: Json): string | null {
  return value === null ? null : createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** The same of a column's value as the row has it: of bytes their SHA-256. */
export function columnDigest(value: unknown): string | null {
  if (value instanceof Uint8Array) return createHash('sha256').update(value).digest('hex');
  return valueDigest((value ?? null) as Json);
}
