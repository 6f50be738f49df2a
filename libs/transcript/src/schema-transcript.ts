/** The shape of a học bạ's J, strict: unknown keys refused. What does not pass is neither signed nor shown. */
import type {
  Guardian,
  HistoryRow,
  PrimarySubject,
  PrimaryYear,
  PupilIdentity,
  SecondarySubject,
  SecondaryYear,
  TraitRow,
  TranscriptData,
} from './document.js';
import {
  averageOrLevel,
  code,
  corrections,
  hash,
  identifier,
  issuedAt,
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
  traitLevel,
} from './schema-parts.js';
import {
  choice,
  day,
  integer,
  list,
  nullable,
  object,
  oneOf,
  optional,
  pattern,
  text,
  textOrEmpty,
  type Shape,
} from './shape.js';

const pupil = object<PupilIdentity>({
  code: identifier,
  registerNumber: text(40),
  fullName: name,
  sex: oneOf('NAM', 'NU'),
  birthDate: day(),
  birthPlace: shortText,
  ethnicity: text(60),
  nationality: optional(text(60)),
  homeTown: optional(shortText),
  address: optional(shortText),
  personalId: optional(pattern('^[0-9]{12}$', 'an identity number of 12 digits')),
  policyGroup: optional(shortText),
  guardians: optional(
    list(
      object<Guardian>({
        relation: oneOf('father', 'mother', 'guardian'),
        fullName: name,
        occupation: optional(text(120)),
      }),
      0,
      4,
    ),
  ),
});

const historyRow = object<HistoryRow>({
  schoolYear,
  className: text(40),
  schoolName: shortText,
  registerNumber: optional(text(40)),
  enteredOn: optional(day()),
});

const secondarySubject = object<SecondarySubject>({
  code,
  name,
  kind: oneOf('score', 'comment'),
  exempt: optional(oneOf('practice')),
  notAssessed: optional(oneOf(true)),
  HK1: nullable(averageOrLevel),
  HK2: nullable(averageOrLevel),
  year: nullable(averageOrLevel),
  afterReassessment: optional(averageOrLevel),
  remark,
  teacher: textOrEmpty(160),
  sheets: optional(
    object<NonNullable<SecondarySubject['sheets']>>({ HK1: optional(hash), HK2: optional(hash) }),
  ),
});

const secondaryYear = object<SecondaryYear>({
  kind: oneOf('secondary'),
  schoolYear,
  grade: integer(6, 12),
  className: text(40),
  homeroomTeacher: name,
  subjects: list(secondarySubject, 1, 20),
  conduct: object<SecondaryYear['conduct']>({
    HK1: nullable(secondaryLevel),
    HK2: nullable(secondaryLevel),
    year: nullable(secondaryLevel),
    afterSummer: optional(secondaryLevel),
  }),
  learning: object<SecondaryYear['learning']>({
    HK1: nullable(secondaryLevel),
    HK2: nullable(secondaryLevel),
    year: nullable(secondaryLevel),
    afterReassessment: optional(secondaryLevel),
  }),
  absences: sessions,
  promotion: object<SecondaryYear['promotion']>({
    decision: oneOf('LEN_LOP', 'DANH_GIA_LAI', 'REN_LUYEN_HE', 'O_LAI'),
    afterSummer: optional(oneOf(true)),
    text: shortText,
  }),
  honour: optional(
    object<NonNullable<SecondaryYear['honour']>>({
      code: nullable(oneOf('HOC_SINH_XUAT_SAC', 'HOC_SINH_GIOI')),
      text: shortText,
    }),
  ),
  certificates: optional(shortText),
  competitions: optional(shortText),
  summerTraining: optional(shortText),
  homeroomRemark: remark,
  corrections,
});

const primarySubject = object<PrimarySubject>({
  code,
  name,
  notAssessed: optional(oneOf(true)),
  level: nullable(subjectLevel),
  test: optional(test),
  replacedTest: optional(test),
  additional: optional(
    object<NonNullable<PrimarySubject['additional']>>({ level: subjectLevel, test: optional(test) }),
  ),
  remark,
});

export const trait = object<TraitRow>({
  code,
  name,
  level: nullable(traitLevel),
  additional: optional(traitLevel),
});

const primaryYear = object<PrimaryYear>({
  kind: oneOf('primary'),
  schoolYear,
  grade: integer(1, 5),
  className: text(40),
  homeroomTeacher: name,
  height: optional(pattern('^[1-9][0-9]{1,2}$', 'a height in whole centimetres')),
  weight: optional(pattern('^[1-9][0-9]{0,2}(?:\\.[0-9])?$', 'a weight in kilograms, one decimal at most')),
  absences: object<PrimaryYear['absences']>({ permitted: sessions, unpermitted: sessions }),
  subjects: list(primarySubject, 1, 20),
  qualities: object<PrimaryYear['qualities']>({ rows: list(trait, 1, 8), remark }),
  competences: object<PrimaryYear['competences']>({
    general: list(trait, 1, 6),
    specific: list(trait, 1, 10),
    remark,
  }),
  yearResult: nullable(oneOf('HTXS', 'HTT', 'HT', 'CHT')),
  honour: optional(
    object<NonNullable<PrimaryYear['honour']>>({
      code: nullable(oneOf('HOC_SINH_XUAT_SAC', 'HOC_SINH_TIEU_BIEU')),
      text: shortText,
    }),
  ),
  completion: object<PrimaryYear['completion']>({
    decision: oneOf('HOAN_THANH_LOP', 'HOAN_THANH_TIEU_HOC', 'DANH_GIA_BO_SUNG', 'HIEU_TRUONG_QUYET_DINH'),
    afterSummer: optional(oneOf(true)),
    text: shortText,
  }),
  corrections,
});

/** J of a học bạ. */
export const transcript: Shape = signedDocument(
  'hoc-ba',
  object<TranscriptData>({
    school,
    pupil,
    history: list(historyRow, 1, 16),
    year: choice('kind', { secondary: secondaryYear, primary: primaryYear }),
    council: object<TranscriptData['council']>({ number: text(60), date: day() }),
    issuedAt,
  }),
);
