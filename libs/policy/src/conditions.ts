import { SWITCHES, type SwitchName, type Switches } from './switches.js';
import type { Actor, Flag, Relation, Role } from './types.js';

/** A condition of a row: tested by the machine, read by people. */
export interface Condition {
  readonly text: string;
  /** Switches of the school that it depends on. */
  readonly switches?: readonly SwitchName[];
  test(actor: Actor, relation: Relation): boolean;
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  principal: 'Hiệu trưởng',
  'vice-principal': 'Phó Hiệu trưởng',
  'it-officer': 'Nhân viên CNTT',
  clerk: 'Văn thư',
  'group-head': 'Tổ trưởng (khối trưởng)',
  teacher: 'Giáo viên',
  sealer: 'Người được giao đóng dấu',
  inspector: 'Thanh tra, Sở GD&ĐT',
  guardian: 'Cha mẹ, người giám hộ',
  pupil: 'Học sinh',
};

type YesNo = { [F in Flag]-?: boolean extends Relation[F] ? F : never }[Flag];

const FLAG_WORDS: Readonly<Record<YesNo, string>> = {
  teachesColumn: 'được phân công dạy môn này ở lớp này',
  teachesClass: 'dạy ở lớp này',
  homeroomOfClass: 'chủ nhiệm lớp này',
  inGroup: 'lớp hoặc môn thuộc tổ của mình',
  inScope: 'thuộc lĩnh vực được giao phụ trách',
  ownChild: 'là con (hoặc chính mình)',
  windowOpen: 'đợt cập nhật điểm đang mở',
  recorded: 'đã ghi sổ',
  locked: 'đã khóa sổ',
  noticeAnnounced: 'đã có thông báo mở, đóng',
  requester: 'là người đề nghị',
  teacherOfRecord: 'là người đã ghi điểm',
  confirmer: 'là người đã xác nhận',
  appellant: 'là người đề nghị phúc khảo',
  teacherGone: 'không còn giáo viên nào dạy môn này ở lớp',
  appealOpen: 'còn trong thời hạn phúc khảo',
  homeroomInvolved: 'giáo viên chủ nhiệm là người đề nghị, đã ghi điểm, hoặc lớp chưa có',
  approved: 'đã được duyệt',
  applied: 'đã sửa vào sổ',
  recordedToday: 'ghi sổ trong hôm nay',
  seenByOthers: 'đã có người khác xem',
  gaps: 'còn thiếu',
  reasonGiven: 'đã nêu lí do',
  earlierSigned: 'các chữ kí trước đã đủ',
  issued: 'đã phát hành',
  paperSigned: 'bản in đã được kí giấy',
  signedAlready: 'đã kí ở vị trí khác của văn bản này',
  self: 'cho chính mình',
};

export function role(...roles: readonly Role[]): Condition {
  return {
    text: roles.map((name) => ROLE_WORDS[name]).join(' hoặc '),
    test: (actor) => roles.some((name) => actor.roles.includes(name)),
  };
}

export function is(flag: YesNo): Condition {
  return { text: FLAG_WORDS[flag], test: (_actor, relation) => relation[flag] === true };
}

export function not(flag: YesNo): Condition {
  return { text: `không phải: ${FLAG_WORDS[flag]}`, test: (_actor, relation) => relation[flag] !== true };
}

export function all(...conditions: readonly Condition[]): Condition {
  return {
    text: conditions.map(({ text }) => (text.includes(' hoặc ') ? `(${text})` : text)).join(', '),
    switches: conditions.flatMap(({ switches = [] }) => switches),
    test: (actor, relation) => conditions.every((condition) => condition.test(actor, relation)),
  };
}

export function either(...conditions: readonly Condition[]): Condition {
  return {
    text: conditions.map(({ text }) => (text.includes(', ') ? `(${text})` : text)).join(' hoặc '),
    switches: conditions.flatMap(({ switches = [] }) => switches),
    test: (actor, relation) => conditions.some((condition) => condition.test(actor, relation)),
  };
}

/** Holds a written delegation that covers the action. */
export function delegated(scope: string): Condition {
  return {
    text: 'có quyết định ủy quyền đang có hiệu lực',
    test: (actor) => actor.delegations.some((held) => held.scope === scope || held.scope === '*'),
  };
}

/** The school has chosen so. */
export function chosen<N extends SwitchName>(name: N, value: Switches[N]): Condition {
  const label = SWITCHES[name].choices.find((choice) => choice.value === value)?.label ?? '';
  return {
    text: `trường chọn «${label}»`,
    switches: [name],
    test: ({ switches }) => switches[name] === value,
  };
}

/** A condition that only one rule uses. */
export function when(text: string, test: Condition['test']): Condition {
  return { text, test };
}

/** Members of staff who may teach; the assignment (a relation) says what. */
export const TEACHING = role('teacher', 'vice-principal', 'principal');
export const MANAGEMENT = role('principal', 'vice-principal');
export const ANYONE = when('mọi người có tài khoản', () => true);
export const STAFF = when('cán bộ, giáo viên, nhân viên của trường', ({ roles }) =>
  roles.some((name) => name !== 'guardian' && name !== 'pupil' && name !== 'inspector'),
);
/** The vice-principal in charge, or the principal. */
export const IN_CHARGE = when(
  'Phó Hiệu trưởng phụ trách hoặc Hiệu trưởng',
  (actor, relation) =>
    actor.roles.includes('principal') ||
    (actor.roles.includes('vice-principal') && relation.inScope === true),
);
