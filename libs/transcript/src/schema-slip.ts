/** The shape of a result slip's J. */
import type {
  PrimarySlip,
  PrimarySlipSubject,
  ResultSlipData,
  SecondarySlip,
  SecondarySlipSubject,
  SlipPupil,
} from './result-slip.js';
import {
  averageOrLevel,
  code,
  corrections,
  identifier,
  issuedAt,
  mark,
  name,
  remark,
  school,
  schoolYear,
  secondaryLevel,
  sessions,
  shortText,
  signedDocument,
  subjectLevel,
  test,
} from './schema-parts.js';
import { trait } from './schema-transcript.js';
import { choice, day, integer, list, nullable, object, oneOf, optional, text, type Shape } from './shape.js';

const secondarySubject = object<SecondarySlipSubject>({
  code,
  name,
  kind: oneOf('score', 'comment'),
  notAssessed: optional(oneOf(true)),
  regular: list(nullable(mark), 0, 9),
  midterm: nullable(mark),
  final: nullable(mark),
  average: nullable(averageOrLevel),
  firstTerm: optional(nullable(averageOrLevel)),
  year: optional(nullable(averageOrLevel)),
  remark,
});

const secondarySlip = object<SecondarySlip>({
  kind: oneOf('secondary'),
  period: oneOf('HK1', 'CN'),
  schoolYear,
  grade: integer(6, 12),
  className: text(40),
  homeroomTeacher: name,
  subjects: list(secondarySubject, 1, 24),
  conduct: nullable(secondaryLevel),
  learning: nullable(secondaryLevel),
  yearResult: optional(
    object<NonNullable<SecondarySlip['yearResult']>>({
      conduct: nullable(secondaryLevel),
      learning: nullable(secondaryLevel),
      promotion: shortText,
      honour: optional(shortText),
    }),
  ),
  absences: object<SecondarySlip['absences']>({ permitted: sessions, unpermitted: sessions }),
  homeroomRemark: remark,
  corrections,
});

const primarySlip = object<PrimarySlip>({
  kind: oneOf('primary'),
  period: oneOf('GHK1', 'CHK1', 'GHK2', 'CN'),
  schoolYear,
  grade: integer(1, 5),
  className: text(40),
  homeroomTeacher: name,
  subjects: list(
    object<PrimarySlipSubject>({
      code,
      name,
      notAssessed: optional(oneOf(true)),
      level: nullable(subjectLevel),
      test: optional(test),
      remark,
    }),
    1,
    20,
  ),
  qualities: list(trait, 0, 8),
  general: list(trait, 0, 6),
  specific: list(trait, 0, 10),
  qualitiesRemark: remark,
  competencesRemark: remark,
  yearResult: optional(
    object<NonNullable<PrimarySlip['yearResult']>>({
      level: nullable(oneOf('HTXS', 'HTT', 'HT', 'CHT')),
      completion: shortText,
      honour: optional(shortText),
    }),
  ),
  corrections,
});

/** J of a result slip. */
export const resultSlip: Shape = signedDocument(
  'phieu-ket-qua',
  object<ResultSlipData>({
    school,
    pupil: object<SlipPupil>({ code: identifier, fullName: name, sex: oneOf('NAM', 'NU'), birthDate: day() }),
    slip: choice('kind', { secondary: secondarySlip, primary: primarySlip }),
    issuedAt,
  }),
);
