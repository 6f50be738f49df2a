/**
 * R13: every column of every audited table changed with SQL, rows slipped in and taken away, the journal and the
 * ledger's rows edited, and the journal's chain recomputed afterwards by someone who holds the salts. `socai audit` must
 * name each. The attacker owns the database: triggers and constraints are dropped first. The short form makes all edits
 * of a round at once and looks for each in one audit, and makes a sample one by one; the long form makes each alone.
 */
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { join } from 'node:path';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import {
  AUDITED_TABLES,
  followedColumns,
  readColumns,
  type AuditedTable,
} from '#api/audit/audited-tables.js';
import { BaseRows } from '#api/audit/base-rows.js';
import { auditSchool } from '#api/audit/audit-school.js';
import { ExpectedRows, type ExpectedRow } from '#api/audit/expected-rows.js';
import { checkJournal } from '#api/audit/journal-check.js';
import { Journal } from '#api/audit/journal.js';
import { JournalEvent } from '#api/audit/journal.entities.js';
import { viewLedger } from '#api/audit/ledger-check.js';
import type { Finding } from '#api/audit/report.js';
import { InstallationSettings } from '#api/installation.module.js';
import { Anchors } from '#api/ledger-host/anchors.js';
import { TrustKeeper } from '#api/ledger-host/trust-keeper.js';
import { School } from '#api/school/school.entities.js';
import { Random } from '#fixtures/random.js';
import { FolderTileStore } from '#ledger-node/folder-tiles.js';
import { attacked, dropConstraints, rewriteHistory } from '../integration/tamper.js';
import { decidedClass, issueClass } from '../integration/decided-class.js';
import { ENGINE } from '../integration/engine.js';
import { TestServer } from '../integration/school.js';
import { figure, FULL } from './figures.js';
import { attacksOn, madeUpRow, uniqueColumns, type RawRow, type SqlAttack } from './sql-attacks.js';

const SEED = process.env['SOCAI_SEED'] ?? 'so-cai';
const random = new Random(`R13 ${SEED}`);
jest.setTimeout(FULL ? 3_600_000 : 120_000);

let server: TestServer;
let school: School;
let folder: string;

beforeAll(async () => {
  server = await TestServer.start('2027-05-17T02:00:00.000Z');
  const played = await decidedClass(server, 'thcs-song-may', 2);
  await issueClass(played);
  school = await server.database.read.findOneByOrFail(School, { id: played.school.id });
  folder = server.app.get(InstallationSettings, { strict: false }).config.dataDir;
  await server.app.get(Anchors, { strict: false }).anchorNow(school.id);
}, 120_000);
afterAll(() => server.stop(), 60_000);

async function audit(read: EntityManager): Promise<readonly Finding[]> {
  const ledger = await viewLedger(new FolderTileStore(join(folder, 'ledger', school.slug)));
  const trust = await server.app.get(TrustKeeper, { strict: false }).read();
  const now = server.clock.now();
  return (await auditSchool(read, { school, ledger, trust, outside: {}, now })).findings;
}

/** Runs `look` with the attacker's rights; nothing of it stays. */
function asAttacker<T>(look: (sql: EntityManager) => Promise<T>): Promise<T> {
  return attacked(server.database, (sql) => dropConstraints(sql, ENGINE), look);
}

/** What `work` leaves is looked at, and then undone. */
async function undone<T>(sql: EntityManager, work: () => Promise<T>): Promise<T> {
  await sql.query('SAVEPOINT attack');
  try {
    return await work();
  } finally {
    await sql.query('ROLLBACK TO SAVEPOINT attack');
  }
}

const names = (findings: readonly Finding[], { table, id, code, column = '' }: SqlAttack) =>
  findings.some(
    (found) =>
      found.code === code &&
      found.table === table &&
      found.id === id &&
      found.detail.startsWith(column === '' ? '' : `${column}:`),
  );

/** What the journal says of each row of this school. */
async function expectedRows(sql: EntityManager): Promise<ExpectedRows> {
  const expected = new ExpectedRows(followedColumns(sql));
  await checkJournal(sql, school.id, new Set(), expected);
  return expected;
}

/** Rows of a table that events are about. */
async function knownRows(
  sql: EntityManager,
  audited: AuditedTable,
  known: ReadonlyMap<string, ExpectedRow>,
): Promise<{ readonly row: RawRow; readonly expected: ExpectedRow }[]> {
  const metadata = sql.connection.getMetadata(audited.entity);
  const schoolColumn = audited.school ?? 'school_id';
  const rows = await sql.query<RawRow[]>(
    `SELECT * FROM ${audited.table} WHERE ${schoolColumn} = '${school.id}' ORDER BY 1, 2`,
  );
  return rows.flatMap((row) => {
    const id = audited.key
      .map((property) => String(row[metadata.findColumnWithPropertyName(property)?.databaseName ?? '']))
      .join('/');
    const expected = known.get(id);
    return expected === undefined || audited.released?.(values(expected)) === true ? [] : [{ row, expected }];
  });
}

const values = (row: ExpectedRow) =>
  Object.fromEntries([...row.values].map(([column, { value }]) => [column, value]));

/** A made-up row, with its event, in each table of which the story has left no row that events are about. */
async function fillEmptyTables(sql: EntityManager): Promise<string[]> {
  const expected = await expectedRows(sql);
  const empty: string[] = [];
  for (const audited of AUDITED_TABLES) {
    if ((await knownRows(sql, audited, expected.of(audited.table))).length > 0) continue;
    const base = new BaseRows(sql, school.id, server.clock.timestamp());
    const row = madeUpRow(sql, audited, school.id);
    await base.enter(audited.entity, [row]);
    const seq = await base.record(new Journal());
    const key = Object.fromEntries(audited.key.map((property) => [property, row[property] as string]));
    if (audited.lastEvent !== undefined) {
      await sql.update<ObjectLiteral>(
        audited.entity,
        { schoolId: school.id, ...key },
        { [audited.lastEvent]: seq },
      );
    }
    empty.push(audited.table);
  }
  return empty;
}

/** All attacks on tables that have a row: one row a table, of each column that its events name. */
async function tableAttacks(
  sql: EntityManager,
): Promise<{ attacks: SqlAttack[]; silent: string[]; empty: string[] }> {
  const empty = await fillEmptyTables(sql);
  const expected = await expectedRows(sql);
  const attacks: SqlAttack[] = [];
  const silent: string[] = [];
  for (const audited of AUDITED_TABLES) {
    const rows = await knownRows(sql, audited, expected.of(audited.table));
    const chosen = random.pick(rows);
    const columns = readColumns(sql, audited).filter((column) => !audited.key.includes(column));
    const followed = columns.filter(
      (column) => chosen.expected.values.has(column) || column === audited.lastEvent,
    );
    silent.push(
      ...columns.filter((column) => !followed.includes(column)).map((column) => `${audited.table}.${column}`),
    );
    const unique = await uniqueColumns(sql, audited.table);
    attacks.push(...attacksOn(sql, audited, chosen.row, followed, unique));
  }
  return { attacks, silent, empty };
}

describe(`R13: what an attacker with SQL does is named, on ${ENGINE}`, () => {
  test('R13: each column changed, each row slipped in or taken away, in every audited table', async () => {
    const { missed, count, silent, empty } = await asAttacker(async (sql) => {
      const { attacks, ...rest } = await tableAttacks(sql);
      const updates = attacks.filter(({ name }) => name.startsWith('UPDATE'));
      const others = attacks.filter(({ name }) => !name.startsWith('UPDATE'));
      const alone = FULL ? attacks : [...some(updates, 4), ...some(others, 3)];
      const missed: string[] = [];
      for (const round of FULL ? [] : [updates, others]) {
        const findings = await undone(sql, async () => {
          for (const attack of round) await attack.run(sql);
          return audit(sql);
        });
        missed.push(
          ...round.filter((attack) => !names(findings, attack)).map(({ name }) => `${name}, at once`),
        );
      }
      for (const attack of alone) {
        const findings = await undone(sql, () => attack.run(sql).then(() => audit(sql)));
        if (!names(findings, attack)) missed.push(`${attack.name}, alone`);
      }
      return { missed, count: attacks.length, ...rest };
    });
    figure({
      id: 'R13',
      what: `SQL edits of audited rows on ${ENGINE}: every column, insert, delete`,
      value: `${String(count - missed.length)}/${String(count)}`,
      bar: 'N/N',
      holds: missed.length === 0,
      detail: `seed ${SEED}; ${FULL ? 'each alone' : 'at once, and 7 alone'}; columns no event names: ${silent.join(', ') || 'none'}; tables whose row was made up: ${empty.join(', ') || 'none'}`,
    });
    expect(missed).toEqual([]);
    expect(silent).toEqual([]);
    expect(count).toBeGreaterThan(200);
  });

  test('R13: the journal’s own rows, and its end cut off', async () => {
    const last = await server.database.read.countBy(JournalEvent, { schoolId: school.id });
    const where = (seq: number) => `WHERE school_id = '${school.id}' AND seq = ${String(seq)}`;
    const seqs = FULL
      ? Array.from({ length: last - 1 }, (_, seq) => seq)
      : some([...Array(last - 1).keys()], 1);
    const attacks = seqs.flatMap((seq) => [
      ...['type', 'subject', 'subject_id', 'payload', 'salt', 'commitment', 'hash'].map((column) => ({
        seq,
        sql: `UPDATE journal_events SET ${column} = ${column} || 'A' ${where(seq)}`,
      })),
      { seq, sql: `UPDATE journal_events SET payload = NULL, salt = NULL ${where(seq)}` },
      { seq, sql: `DELETE FROM journal_events ${where(seq)}` },
    ]);
    const missed = await asAttacker(async (sql) => {
      const missed: string[] = [];
      for (const attack of attacks) {
        const findings = await undone(sql, () => sql.query(attack.sql).then(() => audit(sql)));
        const named = findings.some(
          ({ table, id }) => table === 'journal_events' && id === String(attack.seq),
        );
        if (!named) missed.push(attack.sql);
      }
      return missed;
    });
    report('edits of journal rows', attacks.length, missed.length);
    expect(missed).toEqual([]);
  });

  test('R13: a row and its event changed together, with the whole chain recomputed: the anchors tell', async () => {
    const { missed, count } = await asAttacker(async (sql) => {
      const expected = await expectedRows(sql);
      const missed: string[] = [];
      let count = 0;
      for (const audited of FULL ? AUDITED_TABLES : some([...AUDITED_TABLES], 3)) {
        const [known] = await knownRows(sql, audited, expected.of(audited.table));
        const followed =
          known && [...known.expected.values.keys()].find((column) => !audited.key.includes(column));
        if (known === undefined || followed === undefined) continue;
        const unique = await uniqueColumns(sql, audited.table);
        const [attack] = attacksOn(sql, audited, known.row, [followed], unique);
        const seq = known.expected.values.get(followed)?.seq ?? 0;
        const findings = await undone(sql, async () => {
          await attack?.run(sql);
          await rewriteHistory(sql, school.id, seq, (data) => ({
            ...data,
            [followed]: 'as the attacker likes',
          }));
          return audit(sql);
        });
        count += 1;
        if (!findings.some(({ code }) => code === 'ANCHOR_MISMATCH'))
          missed.push(`${audited.table}.${followed}`);
      }
      return { missed, count };
    });
    report('rows changed with event and chain recomputed', count, missed.length);
    expect(missed).toEqual([]);
    expect(count).toBeGreaterThan(0);
  });

  test('R13: the ledger’s rows', async () => {
    const where = `WHERE school_id = '${school.id}' AND seq = 2`;
    const attacks = [
      `UPDATE ledger_entries SET entry = 'dGFtcGVyZWQ=' ${where}`,
      `UPDATE ledger_entries SET leaf_hash = 'dGFtcGVyZWQ=' ${where}`,
      `DELETE FROM ledger_entries ${where}`,
      `UPDATE ledger_logs SET size = 1 WHERE school_id = '${school.id}'`,
    ];
    const missed = await asAttacker(async (sql) => {
      const missed: string[] = [];
      for (const attack of attacks) {
        const findings = await undone(sql, () => sql.query(attack).then(() => audit(sql)));
        if (!findings.some(({ code, table }) => code === 'LEDGER_DIFFERS' && attack.includes(table)))
          missed.push(attack);
      }
      return missed;
    });
    report('edits of ledger rows', attacks.length, missed.length);
    expect(missed).toEqual([]);
  });
});

function report(what: string, count: number, missed: number): void {
  const value = `${String(count - missed)}/${String(count)}`;
  figure({
    id: 'R13',
    what: `${what} on ${ENGINE}`,
    value,
    bar: 'N/N',
    holds: missed === 0,
    detail: `seed ${SEED}`,
  });
}

function some<T>(all: readonly T[], count: number): T[] {
  return Array.from({ length: Math.min(count, all.length) }, () => random.pick(all));
}
