/** Compares every audited row with what the journal says it must hold. */
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';
import { readColumns, type AuditedTable } from './audited-tables.js';
import type { ExpectedRow } from './expected-rows.js';
import type { Finding } from './report.js';
import { columnDigest } from './row-data.js';

const PAGE = 2000;
const SHOWN = 80;

/**
 * Findings of one table: rows changed, gone, or unknown to the journal.
 * @param within only rows that match are looked at, as far as the table's own columns tell
 */
export async function checkRows(
  read: EntityManager,
  schoolId: string,
  audited: AuditedTable,
  expected: ReadonlyMap<string, ExpectedRow>,
  within: ObjectLiteral = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for await (const row of rowsOf(read, schoolId, audited, within)) {
    const id = audited.key.map((property) => String(row[property])).join('/');
    seen.add(id);
    findings.push(...checkRow(audited, id, row, expected.get(id)));
  }
  for (const [id, row] of expected) {
    const { lastSeq, pruned } = row;
    if (seen.has(id) || pruned || (row.erasedSeq !== null && saidSince(row).length === 0)) continue;
    const detail = `sự kiện ${String(lastSeq)} nói về dòng này, nhưng dòng không còn`;
    findings.push({ code: 'ROW_MISSING', table: audited.table, id, detail });
  }
  return findings;
}

/** Findings of one row; `expected` is undefined when no event is about it. */
function checkRow(
  audited: AuditedTable,
  id: string,
  row: ObjectLiteral,
  expected: ExpectedRow | undefined,
): Finding[] {
  const { table, hashed = [], lastEvent } = audited;
  if (expected === undefined) {
    if (audited.free?.(row) === true) return [];
    return [{ code: 'ROW_UNRECORDED', table, id, detail: 'không có sự kiện nào của sổ nói về dòng này' }];
  }
  const must = saidSince(expected);
  if (expected.erasedSeq !== null && must.length === 0) {
    return [{ code: 'ROW_UNRECORDED', table, id, detail: 'dòng này đã xóa theo quyết định, nay lại có' }];
  }
  const said = Object.fromEntries(must.map(({ column, value }) => [column, value]));
  if (audited.released?.(said) === true && audited.free?.(row) === true) return [];
  if (lastEvent !== undefined) {
    must.push({ column: lastEvent, value: expected.lastSeq, seq: expected.lastSeq });
  }
  return must.flatMap(({ column, value, seq }) => {
    const now = shown(hashed.includes(column) ? columnDigest(row[column]) : row[column]);
    if (now === shown(value)) return [];
    const detail = `${column}: sự kiện ${String(seq)} ghi ${clip(shown(value))}, dòng ghi ${clip(now)}`;
    return [{ code: 'ROW_CHANGED', table, id, detail } as const];
  });
}

/** What events say of a row's columns; where some were erased by approval, only what was said after them. */
function saidSince({ values, erasedSeq }: ExpectedRow): { column: string; value: Json; seq: number }[] {
  const said = [...values].map(([column, { value, seq }]) => ({ column, value, seq }));
  return said.filter(({ seq }) => erasedSeq === null || seq > erasedSeq);
}

/** All rows of a school, a page at a time, in the order of their keys. */
async function* rowsOf(
  read: EntityManager,
  schoolId: string,
  audited: AuditedTable,
  within: ObjectLiteral,
): AsyncGenerator<ObjectLiteral> {
  const order = Object.fromEntries(audited.key.map((property) => [property, 'ASC' as const]));
  const select = readColumns(read, audited);
  const where = { ...within, [audited.school ?? 'schoolId']: schoolId };
  for (let skip = 0; ; skip += PAGE) {
    const page = await read.find(audited.entity, { select, where, order, skip, take: PAGE });
    yield* page;
    if (page.length < PAGE) return;
  }
}

/** A value as it is compared and shown: bytes as base64, everything as canonical JSON. */
function shown(value: unknown): string {
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  return canonicalJson((value ?? null) as Json);
}

function clip(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
