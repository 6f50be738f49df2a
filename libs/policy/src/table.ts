import type { Action } from './actions.js';
import type { ActionRules } from './row.js';
import { CORRECTION_RULES } from './rules/corrections.js';
import { GRADEBOOK_RULES } from './rules/gradebook.js';
import { PEOPLE_RULES } from './rules/people.js';
import { STYLE_RULES } from './rules/styles.js';
import { YEAR_END_RULES } from './rules/year-end.js';

/** The whole decision table. An action without rules does not compile; a row not here does not exist. */
export const TABLE: Readonly<Record<Action, ActionRules>> = {
  ...PEOPLE_RULES,
  ...GRADEBOOK_RULES,
  ...CORRECTION_RULES,
  ...YEAR_END_RULES,
  ...STYLE_RULES,
};
