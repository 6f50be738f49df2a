/** The shape of a class summary's J. */
import type { ClassSummaryData, SummaryRow, SummarySubject, SummaryTrait } from './class-summary.js';
import {
  code,
  identifier,
  issuedAt,
  name,
  school,
  schoolYear,
  shortText,
  signedDocument,
  subjectLevel,
  test,
  traitLevel,
} from './schema-parts.js';
import { day, flag, integer, list, nullable, object, oneOf, optional, text, type Shape } from './shape.js';

const row = object<SummaryRow>({
  code: identifier,
  fullName: name,
  sex: oneOf('NAM', 'NU'),
  birthDate: day(),
  ethnicity: text(60),
  subjects: list(
    object<SummaryRow['subjects'][number]>({
      level: nullable(subjectLevel),
      test: optional(test),
      notAssessed: optional(oneOf(true)),
    }),
    1,
    20,
  ),
  traits: list(nullable(traitLevel), 1, 20),
  year: optional(
    object<NonNullable<SummaryRow['year']>>({
      result: nullable(oneOf('HTXS', 'HTT', 'HT', 'CHT')),
      honour: optional(shortText),
      completion: shortText,
    }),
  ),
  note: optional(shortText),
});

/** J of a class summary. */
export const classSummary: Shape = signedDocument(
  'bang-tong-hop',
  object<ClassSummaryData>({
    school,
    period: oneOf('GHK1', 'CHK1', 'GHK2', 'CN'),
    schoolYear,
    grade: integer(1, 5),
    className: text(40),
    homeroomTeacher: name,
    subjects: list(object<SummarySubject>({ code, name, test: flag() }), 1, 20),
    traits: list(object<SummaryTrait>({ code, name, group: oneOf('quality', 'general', 'specific') }), 1, 20),
    pupils: list(row, 1, 60),
    issuedAt,
  }),
);
