/** Notices, entry windows and locks. */
import type { Tables } from './tables.js';

export const WINDOWS: Tables = {
  tables: [
    `CREATE TABLE notices (
    school_id text NOT NULL REFERENCES schools (id), id text NOT NULL, number text NOT NULL, issued_on text NOT NULL,
    title text NOT NULL, announced_by text NOT NULL, announced_at text NOT NULL,
    PRIMARY KEY (school_id, id), UNIQUE (school_id, number, issued_on))`,
    `CREATE TABLE windows (
    school_id text NOT NULL, id text NOT NULL, notice_id text NOT NULL, year_id text NOT NULL, period text NOT NULL,
    scope text NOT NULL, opens_at text NOT NULL, closes_at text NOT NULL, opening text NOT NULL, opened_at text,
    opened_by text, closed_at text, closed_by text, kind text NOT NULL, cancelled_at text, change_notice_id text,
    clock_opened_at text, clock_closed_at text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, notice_id) REFERENCES notices (school_id, id),
    FOREIGN KEY (school_id, change_notice_id) REFERENCES notices (school_id, id),
    CHECK (opens_at < closes_at), CHECK (kind IN ('general', 'make-up')),
    CHECK (cancelled_at IS NULL OR change_notice_id IS NOT NULL))`,
    `CREATE TABLE locks (
    school_id text NOT NULL, id text NOT NULL, class_id text NOT NULL, area text NOT NULL, period text NOT NULL,
    locked_by text NOT NULL, locked_at text NOT NULL, gaps_reason text, act_id text NOT NULL, lifted_at text,
    lifted_by text, lift_reason text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, class_id) REFERENCES classes (school_id, id))`,
  ],
  indexes: [
    'CREATE INDEX windows_period ON windows (school_id, year_id, period)',
    'CREATE INDEX locks_class ON locks (school_id, class_id)',
    // One lock in force a sheet, one open request a cell: whatever two processes do at once.
    'CREATE UNIQUE INDEX locks_in_force ON locks (school_id, class_id, area, period) WHERE lifted_at IS NULL',
  ],
};
