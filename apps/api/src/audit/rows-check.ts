/** Compares every audited row with what the journal says it must hold. */
import type { EntityManager, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type { AuditedTable } from './audited-tables.js';
import { comparable, type ExpectedRow } from './expected-rows.js';
import type { Finding } from './report.js';

const PAGE = 2000;
const SHOWN = 80;

/** Findings of one table: rows changed, gone, or unknown to the journal. */
export async function checkRows(
  read: EntityManager,
  schoolId: string,
  audited: AuditedTable,
  expected: ReadonlyMap<string, ExpectedRow>,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for await (const row of rowsOf(read, schoolId, audited)) {
    const id = audited.key.map((property) => String(row[property])).join('/');
    seen.add(id);
    findings.push(...checkRow(audited, id, row, expected.get(id)));
  }
  for (const [id, { lastSeq }] of expected) {
    if (seen.has(id)) continue;
    const detail = `sự kiện ${String(lastSeq)} nói về dòng này, nhưng dòng không còn`;
    findings.push({ code: 'ROW_MISSING', table: audited.table, id, detail });
  }
  return findings;
}

function checkRow(audited: AuditedTable, id: string, row: ObjectLiteral, expected?: ExpectedRow): Finding[] {
  const { table } = audited;
  if (expected === undefined) {
    if (audited.free?.(row) === true) return [];
    return [{ code: 'ROW_UNRECORDED', table, id, detail: 'không có sự kiện nào của sổ nói về dòng này' }];
  }
  const must: [property: string, value: string, seq: number][] = [...expected.values].map(
    ([property, { value, seq }]) => [property, comparable(value), seq],
  );
  for (const [property, value] of Object.entries(audited.always ?? {})) {
    must.push([property, comparable(value), expected.lastSeq]);
  }
  if (audited.lastEvent !== undefined) {
    must.push([audited.lastEvent, comparable(expected.lastSeq), expected.lastSeq]);
  }
  return must.flatMap(([property, value, seq]) => {
    const now = comparable(row[property]);
    if (now === value) return [];
    const detail = `${property}: sự kiện ${String(seq)} ghi ${clip(value)}, dòng ghi ${clip(now)}`;
    return [{ code: 'ROW_CHANGED', table, id, detail } as const];
  });
}

/** All rows of a school, a page at a time, in the order of their keys. */
async function* rowsOf(
  read: EntityManager,
  schoolId: string,
  { entity, key, columns, always, lastEvent }: AuditedTable,
): AsyncGenerator<ObjectLiteral> {
  const select = [...key, ...columns, ...Object.keys(always ?? {}), ...(lastEvent ? [lastEvent] : [])];
  const order = Object.fromEntries(key.map((property) => [property, 'ASC' as const]));
  for (let skip = 0; ; skip += PAGE) {
    const where: FindOptionsWhere<ObjectLiteral> = { schoolId };
    const page = await read.find(entity, { select, where, order, skip, take: PAGE });
    yield* page;
    if (page.length < PAGE) return;
  }
}

function clip(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
