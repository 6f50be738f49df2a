/** TT 15/2026 replaces both older charters from this day on, also inside a school year (RULES.md rule 14). */
export const NEW_CHARTER_FROM = '2026-05-10';

/** The charter in force on a day, as it is cited. */
export function charterOn(date: string, level: 'primary' | 'secondary' | undefined): string {
  if (date >= NEW_CHARTER_FROM) return 'Thông tư 15/2026/TT-BGDĐT';
  switch (level) {
    case 'primary':
      return 'Thông tư 28/2020/TT-BGDĐT';
    case 'secondary':
      return 'Thông tư 32/2020/TT-BGDĐT';
    case undefined:
      return 'Thông tư 28/2020/TT-BGDĐT, Thông tư 32/2020/TT-BGDĐT';
  }
}
