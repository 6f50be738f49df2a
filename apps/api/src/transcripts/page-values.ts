/** What both forms take from a pupil's cells. Pure. */
import type { Period } from '#regulations/types.js';
import type { Corrections } from '#transcript/document.js';
import { normalizeText } from '#transcript/text.js';
import { areasOf, type ClassInfo } from '../school/class-info.js';
import type { PupilSource } from './transcript-sources.js';

/** The recorded value of a cell; undefined when there is none. */
export function cellValue(
  { cells }: PupilSource,
  area: string,
  period: Period,
  column: string,
): string | undefined {
  const cell = cells.find(
    (candidate) => candidate.area === area && candidate.period === period && candidate.columnCode === column,
  );
  return cell?.value ?? undefined;
}

/** The remark of the first of these periods that has one; '' when none has. */
export function remarkOf(
  pupil: PupilSource,
  area: string,
  column: string,
  periods: readonly Period[],
): string {
  for (const period of periods) {
    const remark = normalizeText(cellValue(pupil, area, period, column) ?? '');
    if (remark !== '') return remark;
  }
  return '';
}

/** "Trong trang này có sửa chữa ở … chỗ, thuộc môn học, hoạt động giáo dục: …": areas in official order. */
export function correctionsOf(info: ClassInfo, { correctedAreas }: PupilSource): Corrections {
  const areas = new Set(correctedAreas);
  return {
    count: correctedAreas.length,
    subjects: areasOf(info).flatMap(({ area }) => (areas.has(area) ? [area] : [])),
  };
}
