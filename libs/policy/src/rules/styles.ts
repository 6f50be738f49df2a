import type { Action } from '../actions.js';
import { BASES } from '../basis.js';
import { role, STAFF } from '../conditions.js';
import { allow, rules, type ActionRules } from '../row.js';

const SCHOOL = BASES.school;
const ONLY_PRINCIPAL = ['R21.2', 'Chỉ Hiệu trưởng đặt mẫu riêng của trường trên văn bản.'] as const;

/** How the school's documents look, and whose pictures stand on them. */
export const STYLE_RULES = {
  'style.read': rules(
    ['R21.1', 'Chỉ cán bộ, giáo viên, nhân viên của trường xem được mẫu riêng của trường.'],
    [allow('R21.1', STAFF, 'Cán bộ, giáo viên, nhân viên xem được mẫu riêng của trường.', SCHOOL)],
  ),
  'style.change': rules(ONLY_PRINCIPAL, [
    allow('R21.2', role('principal'), 'Hiệu trưởng đặt mẫu riêng của trường, có số quyết định.', SCHOOL),
  ]),
  'style.picture': rules(ONLY_PRINCIPAL, [
    allow('R21.2', role('principal'), 'Hiệu trưởng đưa vào biểu trưng, hình con dấu của trường.', SCHOOL),
  ]),
  'style.own': rules(
    ['R21.3', 'Chỉ cán bộ, giáo viên, nhân viên của trường đưa vào hình chữ kí của mình.'],
    [allow('R21.3', STAFF, 'Mỗi người đưa vào hình chữ kí của chính mình.', SCHOOL)],
  ),
} satisfies Partial<Record<Action, ActionRules>>;
