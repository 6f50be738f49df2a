/** Jobs that compose transcripts class by class. */
import type { Tables } from './tables.js';

export const ISSUING_JOBS: Tables = {
  tables: [
    `CREATE TABLE issuing_jobs (
    school_id text NOT NULL, id text NOT NULL, year_id text NOT NULL, scope text NOT NULL, grade integer,
    document text NOT NULL, signer_id text, started_by text NOT NULL, session_id text NOT NULL, started_at text NOT NULL,
    ended_at text, cancelled_by text, cancelled_at text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, year_id) REFERENCES school_years (school_id, id),
    CHECK (scope IN ('class', 'grade', 'school')), CHECK ((scope = 'grade') = (grade IS NOT NULL)),
    CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL)))`,
    `CREATE TABLE issuing_job_classes (
    school_id text NOT NULL, job_id text NOT NULL, class_id text NOT NULL, position integer NOT NULL,
    state text NOT NULL, batch_id text, composed integer, held integer, problem_code text, problem text, done_at text,
    PRIMARY KEY (school_id, job_id, class_id),
    FOREIGN KEY (school_id, job_id) REFERENCES issuing_jobs (school_id, id),
    FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id),
    FOREIGN KEY (school_id, batch_id) REFERENCES transcript_batches (school_id, id),
    CHECK (state IN ('waiting', 'composed', 'failed')),
    CHECK ((state = 'composed') = (batch_id IS NOT NULL)), CHECK ((state = 'failed') = (problem_code IS NOT NULL)))`,
  ],
  indexes: ['CREATE INDEX issuing_jobs_open ON issuing_jobs (school_id, ended_at)'],
};
