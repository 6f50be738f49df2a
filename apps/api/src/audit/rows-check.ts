/** Compares every audited row with what the journal says it must hold. */
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';
import { readColumns, type AuditedTable } from './audited-tables.js';
import type { ExpectedRow } from './expected-rows.js';
import type { Finding } from './report.js';
import { columnDigest } from './row-data.js';

const PAGE = 2000;
const SHOWN = 80;

/** Which rows of a table are looked at, where not all are. */
export interface Within {
  /** Those that match any of these. */
  readonly rows: readonly ObjectLiteral[];
  /** Of those that the journal knows: whether this one must be among them. */
  readonly has: (id: string, said: ExpectedRow) => boolean;
}

const ALL: Within = { rows: [{}], has: () => true };

/** Findings of one table: rows changed, gone, or unknown to the journal. */
export async function checkRows(
  read: EntityManager,
  schoolId: string,
  audited: AuditedTable,
  expected: ReadonlyMap<string, ExpectedRow>,
  within: Within = ALL,
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
    if (
      seen.has(id) ||
      !within.has(id, row) ||
      pruned ||
      (row.erasedSeq !== null && saidSince(row).length === 0)
    )
      continue;
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
  if (audited.released !== undefined && audited.free?.(row) === true) {
    if (audited.released(Object.fromEntries(must.map(({ column, value }) => [column, value])))) return [];
  }
  if (lastEvent !== undefined) {
    must.push({ column: lastEvent, value: expected.lastSeq, seq: expected.lastSeq });
  }
  return must.flatMap(({ column, value, seq }) => {
    const held: unknown = hashed.includes(column) ? columnDigest(row[column]) : row[column];
    // Almost every value: equal as it is, without writing both out.
    if (held === value) return [];
    const now = shown(held);
    if (now === shown(value)) return [];
    const detail = `${column}: sự kiện ${String(seq)} ghi ${clip(shown(value))}, dòng ghi ${clip(now)}`;
    return [{ code: 'ROW_CHANGED', table, id, detail } as const];
  });
}

/** What events say of a row's columns; where some were erased by approval, only what was said after them. */
function saidSince({ values, erasedSeq }: ExpectedRow): { column: string; value: Json; seq: number }[] {
  const said: { column: string; value: Json; seq: number }[] = [];
  for (const [column, { value, seq }] of values) {
    if (erasedSeq === null || seq > erasedSeq) said.push({ column, value, seq });
  }
  return said;
}

/**
 * Rows of a school as plain objects, for entities take longer to make: all of them a page at a time, some at once.
 * Asked for some in the order of their keys, SQLite would walk through all instead of taking their index.
 */
async function* rowsOf(
  read: EntityManager,
  schoolId: string,
  audited: AuditedTable,
  { rows }: Within,
): AsyncGenerator<ObjectLiteral> {
  const columns = readColumns(read, audited);
  const transformed = transformedColumns(read, audited, columns);
  const query = read.createQueryBuilder(audited.entity, 'row').select([]);
  query.where(rows.map((some) => ({ ...some, [audited.school ?? 'schoolId']: schoolId })));
  for (const column of columns) query.addSelect(`row.${column}`, column);
  if (rows === ALL.rows) {
    for (const property of audited.key) query.addOrderBy(`row.${property}`);
    query.limit(PAGE);
  }
  for (let skip = 0; ; skip += PAGE) {
    const page = await query.offset(skip).getRawMany<ObjectLiteral>();
    for (const row of page) {
      for (const [column, from] of transformed) row[column] = from(row[column]);
      yield row;
    }
    if (rows !== ALL.rows || page.length < PAGE) return;
  }
}

/** The columns that are not kept as they are read, with what makes them so. */
function transformedColumns(
  read: EntityManager,
  { entity }: AuditedTable,
  columns: readonly string[],
): [column: string, from: (stored: unknown) => unknown][] {
  return read.connection.getMetadata(entity).columns.flatMap(({ propertyName, transformer }) => {
    if (transformer === undefined || !columns.includes(propertyName)) return [];
    const transformers = Array.isArray(transformer) ? transformer : [transformer];
    return [
      [
        propertyName,
        (stored) => transformers.reduceRight((value: unknown, each) => each.from(value) as unknown, stored),
      ],
    ];
  });
}

/** A value as it is compared and shown: bytes as base64, everything as canonical JSON. */
function shown(value: unknown): string {
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  return canonicalJson((value ?? null) as Json);
}

function clip(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
