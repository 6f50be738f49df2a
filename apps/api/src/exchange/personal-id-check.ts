/**
 * Số định danh cá nhân, PPP G YY RRRRRR: province of birth registration, century and sex, year of birth, six digits. It
 * has no check digit; a mismatch with sex or year is possible in corrected papers and therefore only a warning.
 */

export interface PersonalIdFaults {
  /** Not twelve digits. */
  readonly malformed: boolean;
  /** In Vietnamese. */
  readonly differences: readonly string[];
}

export function checkPersonalId(
  id: string,
  person: { readonly sex: 'NAM' | 'NU' | null; readonly birthDate: string | null },
): PersonalIdFaults {
  if (!/^\d{12}$/u.test(id)) return { malformed: true, differences: [] };
  const century = 19 + Math.floor(Number(id[3]) / 2);
  const sex = Number(id[3]) % 2 === 0 ? 'NAM' : 'NU';
  const year = `${century}${id.slice(4, 6)}`;
  const differences: string[] = [];
  if (person.sex !== null && person.sex !== sex) {
    differences.push(`số định danh là của ${sex === 'NAM' ? 'nam' : 'nữ'}`);
  }
  if (person.birthDate !== null && !person.birthDate.startsWith(year)) {
    differences.push(`số định danh ghi năm sinh ${year}`);
  }
  return { malformed: false, differences };
}

/** The id as it was before Excel made a number of it and cut its zeros off; null when that is not what happened. */
export function withLostZeros(digits: string): string | null {
  return /^\d{10,11}$/u.test(digits) ? digits.padStart(12, '0') : null;
}
