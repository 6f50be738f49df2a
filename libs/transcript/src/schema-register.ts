/** The shape of a class register's J. */
import type {
  RegisterAbsences,
  RegisterAttendance,
  ClassRegisterData,
  RegisterCorrection,
  RegisterPupil,
  RegisterRow,
  RegisterSheet,
  RegisterSummary,
  RegisterSummaryRow,
  RegisterTeacher,
} from './class-register.js';
import {
  averageOrLevel,
  code,
  hash,
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
} from './schema-parts.js';
import { day, integer, list, nullable, object, oneOf, optional, pattern, text, type Shape } from './shape.js';

const row = object<RegisterRow>({
  pupil: identifier,
  notAssessed: optional(oneOf(true)),
  regular: list(nullable(mark), 0, 9),
  midterm: nullable(mark),
  final: nullable(mark),
  average: nullable(averageOrLevel),
  year: optional(nullable(averageOrLevel)),
  remark,
  corrected: optional(
    list(
      object<RegisterCorrection>({
        column: pattern('^(?:TX[1-9]|GK|CK|NX)$', 'a column of the register'),
        was: list(text(600), 0, 20),
      }),
      1,
      12,
    ),
  ),
});

const absences = object<RegisterAbsences>({ permitted: nullable(sessions), unpermitted: nullable(sessions) });

const attendanceRow = object<RegisterAttendance>({
  pupil: identifier,
  HK1: absences,
  HK2: absences,
  corrected: optional(
    list(
      object<RegisterCorrection>({
        column: pattern('^HK[12]_VANG_[PK]$', 'a column of the attendance'),
        was: list(text(40), 0, 20),
      }),
      1,
      4,
    ),
  ),
});

const summaryRow = object<RegisterSummaryRow>({
  pupil: identifier,
  values: list(nullable(averageOrLevel), 1, 24),
  conduct: nullable(secondaryLevel),
  learning: nullable(secondaryLevel),
  absences: sessions,
  honour: optional(shortText),
  promotion: optional(shortText),
});

/** J of a class's register. */
export const classRegister: Shape = signedDocument(
  'so-theo-doi-lop',
  object<ClassRegisterData>({
    school,
    schoolYear,
    grade: integer(6, 12),
    className: text(40),
    homeroomTeacher: name,
    teachers: list(object<RegisterTeacher>({ area: code, name, teachers: shortText }), 1, 30),
    pupils: list(
      object<RegisterPupil>({
        code: identifier,
        fullName: name,
        sex: oneOf('NAM', 'NU'),
        birthDate: day(),
        ethnicity: optional(text(60)),
        address: optional(shortText),
        note: optional(shortText),
      }),
      1,
      60,
    ),
    attendance: list(attendanceRow, 1, 60),
    sheets: list(
      object<RegisterSheet>({
        code,
        name,
        kind: oneOf('score', 'comment'),
        term: oneOf('HK1', 'HK2'),
        teachers: shortText,
        rows: list(row, 1, 60),
        sheet: optional(hash),
      }),
      1,
      60,
    ),
    summaries: list(
      object<RegisterSummary>({
        period: oneOf('HK1', 'HK2', 'CN'),
        subjects: list(object<RegisterSummary['subjects'][number]>({ code, name }), 1, 24),
        rows: list(summaryRow, 1, 60),
      }),
      1,
      3,
    ),
    issuedAt,
  }),
);
