/** The year pages of the học bạ of TT 27/2020 (primary): the year's end only, from cells and the computed result. Pure. */
import { HONOUR_LABELS, promotionSentence } from '#regulations/labels.js';
import { ATTENDANCE_AREA, TRAITS_AREA } from '#regulations/sheets.js';
import { competencesOf, QUALITIES, type Trait } from '#regulations/tt27/catalogue.js';
import type { AtPeriods, QualityLevel, Tt27Answer, Tt27Input } from '#regulations/types.js';
import type { PrimarySubject, PrimaryYear, TraitRow } from '#transcript/document.js';
import { normalizeText } from '#transcript/text.js';
import { areasOf } from '../school/class-info.js';
import { cellValue, correctionsOf, remarkOf } from './page-values.js';
import type { ClassSource, PupilSource } from './transcript-sources.js';

/** The pages. The result must have been computed: nothing of it is missing. */
export function primaryPage(source: ClassSource, pupil: PupilSource): PrimaryYear {
  const { info } = source;
  const answer = pupil.result.answer as Tt27Answer;
  const input = pupil.result.input as Tt27Input;
  const { promotion, honour } = answer;
  if (promotion === null) throw new Error(`result ${pupil.result.id} decides nothing`);
  const attendance = (column: string) => cellValue(pupil, ATTENDANCE_AREA, 'CN', column);
  const [height, weight] = [attendance('CAO'), attendance('NANG')];
  const competences = competencesOf(info.grade);
  const rows = (traits: readonly Trait[], group: Trait['group']) =>
    traits.filter((trait) => trait.group === group).map((trait) => traitRow(trait, input));
  return {
    kind: 'primary',
    schoolYear: info.year.label,
    grade: info.grade,
    className: info.name,
    homeroomTeacher: normalizeText(source.homeroomTeacher),
    ...(height === undefined ? {} : { height }),
    ...(weight === undefined ? {} : { weight }),
    absences: {
      permitted: Number(attendance('VANG_P') ?? '0'),
      unpermitted: Number(attendance('VANG_K') ?? '0'),
    },
    subjects: subjectsOf(source, pupil, input),
    qualities: { rows: rows(QUALITIES, 'quality'), remark: remarkOf(pupil, TRAITS_AREA, 'NX_PC', ['CN']) },
    competences: {
      general: rows(competences, 'general'),
      specific: rows(competences, 'specific'),
      remark: remarkOf(pupil, TRAITS_AREA, 'NX_NL', ['CN']),
    },
    yearResult: answer.year,
    ...(honour === null ? {} : { honour: { code: honour, text: HONOUR_LABELS[honour] } }),
    completion: {
      decision: promotion,
      ...(input.additionalAssessment === undefined ? {} : { afterSummer: true as const }),
      text: promotionSentence(promotion, info.grade),
    },
    corrections: correctionsOf(info, pupil),
  };
}

function subjectsOf({ info }: ClassSource, pupil: PupilSource, input: Tt27Input): PrimarySubject[] {
  return areasOf(info).flatMap(({ area, label, subject }) => {
    const given = input.subjects.find(({ code }) => code === area);
    if (subject === null || given === undefined) return [];
    const test = given.tests?.CN ?? undefined;
    const replacedTest = input.replacedTests?.[area]?.CN ?? undefined;
    const notAssessed = given.notAssessed === true;
    const additional = additionalOf(area, input);
    return [
      {
        code: area,
        name: label,
        ...(notAssessed ? { notAssessed: true as const } : {}),
        level: notAssessed ? null : (given.levels?.CN ?? null),
        ...(test === undefined ? {} : { test }),
        ...(test === undefined || replacedTest === undefined ? {} : { replacedTest }),
        ...(additional === undefined ? {} : { additional }),
        remark: remarkOf(pupil, area, 'NX', ['CN']),
      },
    ];
  });
}

/** What was assessed again (TT 27/2020 Đ.11). */
function additionalOf(area: string, { additionalAssessment }: Tt27Input): PrimarySubject['additional'] {
  const level = additionalAssessment?.levels?.[area]?.CN ?? undefined;
  const test = additionalAssessment?.tests?.[area]?.CN ?? undefined;
  if (level === undefined) return undefined;
  return { level, ...(test === undefined ? {} : { test }) };
}

function traitRow({ code, name, group }: Trait, input: Tt27Input): TraitRow {
  const kind = group === 'quality' ? 'qualities' : 'competences';
  const level = at(input[kind]?.[code]);
  const additional = at(input.additionalAssessment?.[kind]?.[code]);
  return { code, name, level, ...(additional === null ? {} : { additional }) };
}

function at(levels: AtPeriods<QualityLevel> | undefined): QualityLevel | null {
  return levels?.CN ?? null;
}
