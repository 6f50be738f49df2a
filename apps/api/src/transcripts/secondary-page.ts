/** The year page of the học bạ of TT 22/2021 (lower secondary), from recorded cells and the computed result. Pure. */
import { HONOUR_LABELS, promotionSentence } from '#regulations/labels.js';
import { CONDUCT_AREA } from '#regulations/sheets.js';
import type { Tt22Answer, Tt22Input } from '#regulations/types.js';
import type { SecondarySubject, SecondaryYear } from '#transcript/document.js';
import { normalizeText } from '#transcript/text.js';
import { areasOf } from '../school/class-info.js';
import { correctionsOf, remarkOf } from './page-values.js';
import { signedDigest, type ClassSource, type PupilSource } from './transcript-sources.js';

/** The page. The result must have been computed: nothing of it is missing. */
export function secondaryPage(source: ClassSource, pupil: PupilSource): SecondaryYear {
  const { info } = source;
  const answer = pupil.result.answer as Tt22Answer;
  const input = pupil.result.input as Tt22Input;
  const { promotion, honour, afterReassessment } = answer;
  if (promotion === null) throw new Error(`result ${pupil.result.id} decides nothing`);
  const trained = afterReassessment !== undefined && (input.reassessment?.conduct ?? null) !== null;
  const reassessed =
    afterReassessment !== undefined && Object.keys(input.reassessment?.subjects ?? {}).length > 0;
  return {
    kind: 'secondary',
    schoolYear: info.year.label,
    grade: info.grade,
    className: info.name,
    homeroomTeacher: normalizeText(source.homeroomTeacher),
    subjects: subjectsOf(source, pupil, answer, input),
    conduct: {
      ...answer.conduct,
      ...(trained && afterReassessment.conduct !== null ? { afterSummer: afterReassessment.conduct } : {}),
    },
    learning: {
      ...answer.learning,
      ...(reassessed && afterReassessment.learning !== null
        ? { afterReassessment: afterReassessment.learning }
        : {}),
    },
    absences: input.absences ?? 0,
    promotion: {
      decision: promotion,
      ...(afterReassessment === undefined ? {} : { afterSummer: true as const }),
      text: promotionSentence(promotion, info.grade),
    },
    ...(honour === null ? {} : { honour: { code: honour, text: HONOUR_LABELS[honour] } }),
    homeroomRemark: remarkOf(pupil, CONDUCT_AREA, 'NX', ['HK2', 'HK1']),
    corrections: correctionsOf(info, pupil),
  };
}

function subjectsOf(
  source: ClassSource,
  pupil: PupilSource,
  answer: Tt22Answer,
  input: Tt22Input,
): SecondarySubject[] {
  const { info, teachers } = source;
  return areasOf(info).flatMap(({ area, label, subject }) => {
    const given = input.subjects.find(({ code }) => code === area);
    if (subject === null || subject.kind === 'level' || given === undefined) return [];
    const values = answer.subjects[area] ?? { HK1: null, HK2: null, year: null };
    const again = input.reassessment?.subjects?.[area] ?? null;
    const after = again === null ? null : (answer.afterReassessment?.subjects[area] ?? null);
    return [
      {
        code: area,
        name: label,
        kind: subject.kind,
        ...(given.exempt === undefined ? {} : { exempt: given.exempt }),
        ...(given.notAssessed === true ? { notAssessed: true as const } : {}),
        ...values,
        ...(after === null || after === values.year ? {} : { afterReassessment: after }),
        remark: remarkOf(pupil, area, 'NX', ['HK2', 'HK1']),
        teacher: normalizeText(teachers.get(area) ?? ''),
        ...sheetsOf(source, area),
      },
    ];
  });
}

/** Digests of the subject's sheets that its teachers have signed; left out where neither term's is. */
function sheetsOf(source: ClassSource, area: string): Pick<SecondarySubject, 'sheets'> {
  const [HK1, HK2] = [signedDigest(source, area, 'HK1'), signedDigest(source, area, 'HK2')];
  if (HK1 === undefined && HK2 === undefined) return {};
  return { sheets: { ...(HK1 === undefined ? {} : { HK1 }), ...(HK2 === undefined ? {} : { HK2 }) } };
}
