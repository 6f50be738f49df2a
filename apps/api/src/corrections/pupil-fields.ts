/** What of a pupil's personal data can be changed, what it is called, and what is wrong with a new value. Pure. */
import { nameFault } from '#contracts/person-name.js';
import type { PupilFieldsDto } from '#contracts/pupil-changes.js';
import type { ProblemItem } from '../http/problem.js';
import type { Pupil } from '../school/school.entities.js';
import type { PupilField, PupilFieldChange } from './pupil-changes.entities.js';

export const FIELD_LABELS: Readonly<Record<PupilField, string>> = {
  fullName: 'Họ tên',
  birthDate: 'Ngày sinh',
  sex: 'Giới tính',
  birthPlace: 'Nơi sinh',
  ethnicity: 'Dân tộc',
  nationality: 'Quốc tịch',
  address: 'Chỗ ở',
  personalId: 'Số định danh cá nhân',
  registerNumber: 'Số đăng bộ',
};

const FIELDS = Object.keys(FIELD_LABELS) as readonly PupilField[];

/** Old and new of what is really another; what is left out, or the same, is no change. */
export function changesOf(pupil: Pupil, wanted: PupilFieldsDto): PupilFieldChange[] {
  return FIELDS.flatMap((field): PupilFieldChange[] => {
    const value = wanted[field];
    return value === undefined || value === pupil[field] ? [] : [{ field, old: pupil[field], new: value }];
  });
}

/** What is wrong with the new values, beyond their form. @param today YYYY-MM-DD */
export function faultsOf(changes: readonly PupilFieldChange[], today: string): ProblemItem[] {
  return changes.flatMap(({ field, new: value }): ProblemItem[] => {
    const fault = value === null ? null : faultOf(field, value, today);
    return fault === null ? [] : [{ where: `fields.${field}`, code: 'FIELD_INVALID', message: fault }];
  });
}

function faultOf(field: PupilField, value: string, today: string): string | null {
  if (field === 'fullName') return nameFault(value)?.message ?? null;
  if (field === 'birthDate' && value >= today) return 'Ngày sinh phải trước hôm nay.';
  return null;
}

/** Those whose old value is no longer what the pupil's row says. */
export function movedFields(pupil: Pupil, changes: readonly PupilFieldChange[]): PupilFieldChange[] {
  return changes.filter(({ field, old }) => pupil[field] !== old);
}
