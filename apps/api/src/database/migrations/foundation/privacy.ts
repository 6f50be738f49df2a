/** Erasures of personal data: who asks is never who approves, whatever the application does. */
import { begun, guardStatements, kept, over, type Guard } from './correction-guards.js';
import type { Tables } from './tables.js';

const ASKED = ['pupil_id', 'parts', 'ground', 'paper', 'reason', 'requested_by', 'requested_at'];

function guardsOf(differs: string): Guard[] {
  return [
    begun('erasures', 'requested'),
    over('erasures', 'requested'),
    kept('erasures'),
    {
      ...{ name: 'erasures_asked', table: 'erasures', verb: 'UPDATE' },
      when: ASKED.map((column) => `NEW.${column} ${differs} OLD.${column}`).join(' OR '),
      message: 'what an erasure asks for does not change',
    },
  ];
}

export const PRIVACY: Tables = {
  tables: [
    `CREATE TABLE erasures (
    school_id text NOT NULL, id text NOT NULL, pupil_id text NOT NULL, parts text NOT NULL, ground text NOT NULL,
    paper text NOT NULL, reason text NOT NULL, state text NOT NULL, requested_by text NOT NULL,
    requested_at text NOT NULL, decided_by text, decided_at text, decision_reason text, act_id text,
    PRIMARY KEY (school_id, id), FOREIGN KEY (school_id, pupil_id) REFERENCES pupils (school_id, id),
    CHECK (state IN ('requested', 'approved', 'refused', 'withdrawn')),
    CHECK (decided_by IS NULL OR decided_by <> requested_by),
    CHECK (decided_by IS NULL OR state IN ('approved', 'refused')),
    CHECK (state <> 'approved' OR (decided_by IS NOT NULL AND act_id IS NOT NULL)),
    CHECK (state <> 'refused' OR (decided_by IS NOT NULL AND decision_reason IS NOT NULL)))`,
  ],
  indexes: [
    `CREATE UNIQUE INDEX erasures_open ON erasures (school_id, pupil_id) WHERE state = 'requested'`,
    'CREATE INDEX erasures_pupil ON erasures (school_id, pupil_id)',
  ],
  triggers: (engine) => guardStatements(engine, guardsOf),
};
