/** The states of corrections, appeals and changes of personal data and subjects as the engine itself refuses to skip them. */

/** What was asked for stays as it was asked; only the reason and the values may be erased with a pupil's data. */
const ASKED = [
  ...['request_id', 'class_id', 'area', 'period', 'column_code', 'pupil_id', 'mark_id'],
  ...['mark_version', 'cause', 'teacher_of_record', 'requested_by', 'requested_at', 'expires_at'],
  ...['appeal_id', 'appellant', 'confirmation_skipped', 'head_confirms'],
];
/** Who did what stays once it is there. */
const DONE = [
  'confirmed_by',
  'confirmed_at',
  'decided_by',
  'decided_at',
  'act_id',
  'applied_by',
  'applied_at',
];

/** The values of what is over, once the pupil's data are erased. */
const IS_ERASED = `NEW.new_value = '(đã xóa)' AND (NEW.old_value IS NULL OR NEW.old_value = '(đã xóa)')
  AND OLD.state IN ('applied', 'rejected', 'withdrawn', 'expired')`;

/** What a change of subjects asks for. */
const SWAP_ASKED = [
  ...['year_id', 'class_id', 'pupil_id', 'dropped', 'taken', 'effective_on'],
  ...['reason', 'application', 'requested_by', 'requested_at'],
];

/** One step at a time, from each state only to the next ones (roles.md rule 2). */
const STEPS = `(OLD.state = 'requested' AND NEW.state IN ('confirmed', 'rejected', 'withdrawn', 'expired'))
  OR (OLD.state = 'requested' AND NEW.state = 'approved' AND NEW.confirmation_skipped IS NOT NULL)
  OR (OLD.state = 'confirmed' AND NEW.state IN ('approved', 'rejected', 'withdrawn', 'expired'))
  OR (OLD.state = 'approved' AND NEW.state IN ('applied', 'expired'))`;

/** When each statement on a table is refused, and with what words. */
export interface Guard {
  readonly name: string;
  readonly table: string;
  readonly verb: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly when: string;
  readonly message: string;
}

/** `differs` is the engine's "is not the same as" that also compares nulls. */
function guardsOf(differs: string): Guard[] {
  const changed = [
    ...ASKED.map((column) => `NEW.${column} ${differs} OLD.${column}`),
    ...DONE.map((column) => `(OLD.${column} IS NOT NULL AND NEW.${column} ${differs} OLD.${column})`),
    `((NEW.old_value ${differs} OLD.old_value OR NEW.new_value <> OLD.new_value) AND NOT (${IS_ERASED}))`,
  ].join(' OR ');
  const rows = ['corrections', 'appeals', 'pupil_changes', 'transcript_reissues', 'reopened_decisions'];
  return [
    begun('corrections', 'requested'),
    begun('appeals', 'asked'),
    begun('pupil_changes', 'proposed'),
    begun('subject_changes', 'requested'),
    {
      ...{ name: 'corrections_steps', table: 'corrections', verb: 'UPDATE' },
      when: `NEW.state <> OLD.state AND NOT (${STEPS})`,
      message: 'a correction goes from state to state, and none is skipped',
    },
    {
      ...{ name: 'corrections_asked', table: 'corrections', verb: 'UPDATE', when: changed },
      message: 'what a correction asks for, and who decided it, does not change',
    },
    over('appeals', 'asked'),
    over('pupil_changes', 'proposed'),
    over('subject_changes', 'requested'),
    {
      ...{ name: 'subject_changes_asked', table: 'subject_changes', verb: 'UPDATE' },
      when: SWAP_ASKED.map((column) => `NEW.${column} ${differs} OLD.${column}`).join(' OR '),
      message: 'what a change of subjects asks for does not change',
    },
    ...rows.map(kept),
  ];
}

/** In which state a row begins. */
export function begun(table: string, first: string): Guard {
  const message = `a row of ${table} begins as ${first}`;
  return { name: `${table}_begin`, table, verb: 'INSERT', when: `NEW.state <> '${first}'`, message };
}

/** From which state alone it goes to others. */
export function over(table: string, open: string): Guard {
  const when = `NEW.state <> OLD.state AND OLD.state <> '${open}'`;
  const message = `a row of ${table} that is over goes to no other state`;
  return { name: `${table}_over`, table, verb: 'UPDATE', when, message };
}

/** Nothing is deleted. */
export function kept(table: string): Guard {
  return {
    name: `${table}_kept`,
    table,
    verb: 'DELETE',
    when: '1 = 1',
    message: `rows of ${table} are kept`,
  };
}

/** Statements of the triggers; neither the application nor audit relies on them. */
export function correctionGuards(engine: string): string[] {
  const refuse = `CREATE FUNCTION refuse_row() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$`;
  return [...(engine === 'sqlite' ? [] : [refuse]), ...guardStatements(engine, guardsOf)];
}

/** The triggers of guards, for tables that are made after those of corrections. */
export function guardStatements(engine: string, guards: (differs: string) => readonly Guard[]): string[] {
  if (engine === 'sqlite') {
    return guards('IS NOT').map(
      ({ name, table, verb, when, message }) =>
        `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} WHEN ${when} BEGIN SELECT RAISE(ABORT, '${message}'); END`,
    );
  }
  return guards('IS DISTINCT FROM').map(
    ({ name, table, verb, when, message }) =>
      `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} FOR EACH ROW WHEN (${when})
          EXECUTE FUNCTION refuse_row('${message}')`,
  );
}
