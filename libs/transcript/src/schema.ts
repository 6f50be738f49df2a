/** The shape of J, strict: unknown keys refused, every violation listed. What does not pass is neither signed nor shown. */
import type { Json } from '#ledger/format/jcs.js';
import { consistencyFaults } from './consistency.js';
import type {
  Corrections,
  Guardian,
  HistoryRow,
  PrimarySubject,
  PrimaryYear,
  PupilIdentity,
  RouteEntry,
  RuleSettings,
  SchoolIdentity,
  SecondarySubject,
  SecondaryYear,
  TraitRow,
  Transcript,
  TranscriptData,
} from './document.js';
import {
  choice,
  day,
  flag,
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
  type Violation,
} from './shape.js';

const hash = pattern('^[0-9a-f]{64}$', '32 bytes in lower-case hexadecimal');
const code = pattern('^[A-Z][A-Z0-9_]{0,39}$', 'a code of capital letters, digits and underscores');
const schoolYear = pattern('^2[0-9]{3}-2[0-9]{3}$', 'a school year such as 2025-2026');
const identifier = pattern(
  '^[A-Za-z0-9][A-Za-z0-9./_-]{0,39}$',
  'an identifier of at most 40 letters and digits',
);
const name = text(160);
const shortText = text(240);
const remark = textOrEmpty(600);
const secondaryLevel = oneOf('TOT', 'KHA', 'DAT', 'CHUA_DAT');
const averageOrLevel = pattern('^(?:10\\.0|[0-9]\\.[0-9]|D|CD)$', 'an average with one decimal, D or CD');
const test = pattern('^(?:10|[0-9])$', 'a whole mark from 0 to 10');
const subjectLevel = oneOf('T', 'H', 'C');
const traitLevel = oneOf('T', 'D', 'C');
const sessions = integer(0, 400);

const routeEntry = object<RouteEntry>({
  role: oneOf('homeroom', 'principal', 'seal'),
  name,
  title: text(80),
  onBehalf: optional(text(80)),
  certificateSalt: hash,
});

const settings = object<RuleSettings>({
  adjustment: object<RuleSettings['adjustment']>({
    removedSubjectCountsAmongSix: flag(),
    raiseFrom: oneOf('base', 'reference'),
    commentSubjectCanBeCulprit: flag(),
  }),
});

const school = object<SchoolIdentity>({
  code: identifier,
  name,
  commune: name,
  province: name,
  level: oneOf('primary', 'lower-secondary'),
});

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

const corrections = object<Corrections>({ count: integer(0, 9999), subjects: list(code, 0, 40) });

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
  grade: integer(6, 9),
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

const trait = object<TraitRow>({ code, name, level: nullable(traitLevel), additional: optional(traitLevel) });

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

const transcript: Shape = object<Transcript>({
  v: oneOf(1),
  type: oneOf('hoc-ba'),
  origin: pattern('^[a-z0-9.-]{1,200}/[a-z0-9-]{1,60}$', 'an origin <domain>/<school code>'),
  event: integer(0, 0xffff_ffff),
  lineage: hash,
  salt: hash,
  demo: optional(oneOf(true)),
  verifier: optional(
    pattern('^https?://[A-Za-z0-9.:-]{1,80}(?:/[A-Za-z0-9._-]{1,40}){0,3}/?$', 'a short web address'),
  ),
  ruleSet: object<Transcript['ruleSet']>({
    id: oneOf('tt22-2021', 'tt27-2020'),
    version: text(40),
    hash,
    settings: optional(settings),
  }),
  template: object<Transcript['template']>({ id: identifier, hash }),
  images: list(object<Transcript['images'][number]>({ place: identifier, hash }), 0, 4),
  route: list(routeEntry, 3, 3),
  data: object<TranscriptData>({
    school,
    pupil,
    history: list(historyRow, 1, 16),
    year: choice('kind', { secondary: secondaryYear, primary: primaryYear }),
    council: object<TranscriptData['council']>({ number: text(60), date: day() }),
    issuedAt: object<TranscriptData['issuedAt']>({ place: text(80), date: day() }),
  }),
});

export type Checked =
  | { readonly ok: true; readonly transcript: Transcript }
  | { readonly ok: false; readonly violations: readonly Violation[] };

/** Whether `value` is a transcript; if not, everything that is wrong with it (at most 100 violations). */
export function checkTranscript(value: Json): Checked {
  const violations: Violation[] = [];
  transcript.check(value, '', (path, violationCode, message) => {
    if (violations.length < 100) violations.push({ path, code: violationCode, message });
  });
  if (violations.length > 0) return { ok: false, violations };
  const found = value as unknown as Transcript;
  const faults = consistencyFaults(found);
  return faults.length > 0 ? { ok: false, violations: faults } : { ok: true, transcript: found };
}

/** The JSON Schema (2020-12) of J, as published beside the format. It says less than `checkTranscript` does. */
export function transcriptJsonSchema(): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Sổ Cái: học bạ, version 1',
    ...transcript.schema,
  };
}
