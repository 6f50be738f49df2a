/**
 * The first schema. Only `text` and `integer`, composite keys led by the school, and constraints that SQLite and
 * PostgreSQL (and the distributed engines that speak its protocol) all accept.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CORRECTIONS } from './foundation/corrections.js';
import { ENROLMENT } from './foundation/enrolment.js';
import { GRADEBOOK } from './foundation/gradebook.js';
import { IDENTITY } from './foundation/identity.js';
import { JOURNAL } from './foundation/journal.js';
import { LEDGER } from './foundation/ledger.js';
import { PRIVACY } from './foundation/privacy.js';
import { REPORTS } from './foundation/reports.js';
import { RESULTS } from './foundation/results.js';
import { rowSecurity } from './foundation/row-security.js';
import { SCHOOL } from './foundation/school.js';
import { ISSUING_JOBS } from './foundation/issuing-jobs.js';
import { SCHOOL_STYLES } from './foundation/school-styles.js';
import { TRANSCRIPTS } from './foundation/transcripts.js';
import { WINDOWS } from './foundation/windows.js';

/** In the order in which one refers to another. */
const PARTS = [
  SCHOOL,
  IDENTITY,
  ENROLMENT,
  WINDOWS,
  GRADEBOOK,
  CORRECTIONS,
  RESULTS,
  REPORTS,
  SCHOOL_STYLES,
  TRANSCRIPTS,
  ISSUING_JOBS,
  PRIVACY,
  JOURNAL,
  LEDGER,
];

export class Foundation0001 implements MigrationInterface {
  readonly name = 'Foundation1763683200000';

  async up(runner: QueryRunner): Promise<void> {
    const engine = runner.connection.options.type;
    for (const { tables, indexes, triggers } of PARTS) {
      for (const statement of [...tables, ...indexes, ...(triggers?.(engine) ?? [])])
        await runner.query(statement);
    }
    for (const statement of rowSecurity(PARTS, engine)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = PARTS.flatMap(({ tables }) => tables).map(
      (sql) => /CREATE TABLE (\w+)/.exec(sql)?.[1] ?? '',
    );
    for (const name of names.reverse()) await runner.query(`DROP TABLE ${name}`);
  }
}
