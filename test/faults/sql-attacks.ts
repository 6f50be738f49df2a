/** What an attacker with SQL can do to the rows of a table: change each column, slip a row in, take one away. */
import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { AuditedTable } from '#api/audit/audited-tables.js';
import type { FindingCode } from '#api/audit/report.js';
import { asBase64, asJson } from '#api/database/columns.js';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/** One attack, and how an audit must name it. */
export interface SqlAttack {
  /** For people: "UPDATE marks.value". */
  readonly name: string;
  readonly table: string;
  /** Id of the row that must be named. */
  readonly id: string;
  readonly code: FindingCode;
  /** Column that must be named; of inserted and deleted rows none. */
  readonly column?: string;
  run(sql: EntityManager): Promise<void>;
}

/** A row as the database has it, by column name. */
export type RawRow = Readonly<Record<string, string | number | null>>;

/**
 * Attacks on one row: each of `columns` (properties) changed, the row deleted, and a copy of it under a new key.
 * @param unique columns of the table's unique indexes
 */
export function attacksOn(
  sql: EntityManager,
  audited: AuditedTable,
  row: RawRow,
  columns: readonly string[],
  unique: ReadonlySet<string>,
): SqlAttack[] {
  const { table, entity, key } = audited;
  const metadata = sql.connection.getMetadata(entity);
  const column = (property: string) => metadata.findColumnWithPropertyName(property) as ColumnMetadata;
  const keyNames = metadata.primaryColumns.map(({ databaseName }) => databaseName);
  const where = keyNames.map((name) => `${name} = ${literal(row[name] ?? null)}`).join(' AND ');
  const id = key.map((property) => String(row[column(property).databaseName])).join('/');
  const updates = columns.map((property): SqlAttack => {
    const { databaseName } = column(property);
    const value = literal(otherValue(row[databaseName] ?? null, column(property)));
    const statement = `UPDATE ${table} SET ${databaseName} = ${value} WHERE ${where}`;
    return {
      name: `UPDATE ${table}.${property}`,
      table,
      id,
      code: 'ROW_CHANGED',
      column: property,
      run: run(statement),
    };
  });
  const slipped = slippedIn(metadata.ownColumns, row, unique);
  const names = Object.keys(slipped);
  const insert = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => literal(slipped[name] ?? null)).join(', ')})`;
  const slippedId = key.map((property) => String(slipped[column(property).databaseName])).join('/');
  const taken: SqlAttack = {
    ...{ name: `DELETE ${table}`, table, id, code: 'ROW_MISSING' },
    run: run(`DELETE FROM ${table} WHERE ${where}`),
  };
  const added: SqlAttack = {
    ...{ name: `INSERT ${table}`, table, id: slippedId, code: 'ROW_UNRECORDED' },
    run: run(insert),
  };
  // A second school under the same audit there is not.
  return [...updates, taken, ...(audited.school === undefined ? [added] : [])];
}

function run(statement: string): (sql: EntityManager) => Promise<void> {
  return async (sql) => {
    await sql.query(statement);
  };
}

/** A value that the column could hold and does not. */
function otherValue(value: string | number | null, { type, transformer }: ColumnMetadata): string | number {
  if (type === 'integer') return Number(value ?? 0) + 1;
  if (transformer === asBase64) return 'dGFtcGVyZWQ=';
  if (transformer === asJson) return '{"tampered":true}';
  return `${String(value ?? '')}~`;
}

/** A row that could stand in a table where the story has left none. */
export function madeUpRow(sql: EntityManager, { entity }: AuditedTable, schoolId: string): ObjectLiteral {
  return Object.fromEntries(
    sql.connection.getMetadata(entity).ownColumns.map(({ propertyName, databaseName, type, transformer }) => {
      if (databaseName === 'school_id') return [propertyName, schoolId];
      if (type === 'integer') return [propertyName, 1];
      if (transformer === asBase64) return [propertyName, Uint8Array.of(1, 2, 3)];
      return [propertyName, transformer === asJson ? { made: 'up' } : `made-up-${databaseName}`];
    }),
  );
}

/** The row under a key of its own; what else has to be unique is given a tail, the school stays. */
function slippedIn(
  columns: readonly ColumnMetadata[],
  row: RawRow,
  unique: ReadonlySet<string>,
): Record<string, string | number | null> {
  const slipped: Record<string, string | number | null> = {};
  for (const { databaseName: name, isPrimary, type } of columns) {
    const value = row[name] ?? null;
    if (name === 'school_id' || value === null || !(isPrimary || unique.has(name))) slipped[name] = value;
    else slipped[name] = type === 'integer' ? Number(value) + 1000 : `${String(value)}-slipped-in`;
  }
  return slipped;
}

/** Columns that the table's unique indexes are made of. */
export async function uniqueColumns(sql: EntityManager, table: string): Promise<Set<string>> {
  const statement =
    sql.connection.options.type === 'postgres'
      ? `SELECT a.attname AS name FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
          WHERE i.indrelid = '${table}'::regclass AND i.indisunique`
      : `SELECT c.name AS name FROM pragma_index_list('${table}') i, pragma_index_info(i.name) c WHERE i."unique" = 1`;
  const rows = await sql.query<{ readonly name: string }[]>(statement);
  return new Set(rows.map(({ name }) => name));
}

function literal(value: string | number | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
