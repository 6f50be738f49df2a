/**
 * A document as a W3C Verifiable Credential 2.0 in the shape of 1EdTech's Comprehensive Learner Record 2.0: one
 * AchievementCredential for each subject and one for the year, inside a ClrCredential. Every node has a name, so that
 * its RDF has no blank nodes and its canonical form is its sorted statements (n-quads.ts).
 */
import { toHex } from '#ledger/format/bytes.js';
import type { Json } from '#ledger/format/jcs.js';
import type {
  PrimarySubject,
  PrimaryYear,
  SecondarySubject,
  SecondaryYear,
  TraitRow,
  Transcript,
} from '#transcript/document.js';
import { didKey } from './did-key.js';

type JsonObject = { readonly [key: string]: Json };

const VC = 'https://www.w3.org/ns/credentials/v2';
const CLR = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';

/** `@context` of the credential, in this order. */
export const CREDENTIAL_CONTEXT = [VC, CLR, OB] as const;
/** `@context` of each credential inside it. */
const ACHIEVEMENT_CONTEXT = [VC, OB] as const;

/** A line of results: which, what kind of value it has, and the value, null where the form's place stays empty. */
type ResultLine = readonly [code: string, name: string, type: ResultType, value: string | null | undefined];
/** Of Open Badges' list of result types. */
type ResultType = 'ScaledScore' | 'PerformanceLevel' | 'Status';

/** What is achieved: a subject, or the year. */
interface Achieved {
  /** Within the credential, as in a path of the fields: "subjects/TOAN". */
  readonly path: string;
  readonly kind: 'Course' | 'CertificateOfCompletion';
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly results: readonly ResultLine[];
}

/**
 * The credential without proofs.
 * @param name 32 bytes, `credentialName` of S
 * @param issuerKey the school's credential key
 */
export function writeCredential(transcript: Transcript, name: Uint8Array, issuerKey: Uint8Array): JsonObject {
  const { data, ruleSet } = transcript;
  const { school, pupil, year, issuedAt } = data;
  const id = uuidName(name);
  const issuer = didKey(issuerKey);
  // The day of issue in Vietnam: J states no hour.
  const validFrom = `${issuedAt.date}T00:00:00+07:00`;
  const shared = { id, issuer, validFrom, criteria: `${ruleSet.id}, ${ruleSet.version}` };
  return {
    '@context': CREDENTIAL_CONTEXT,
    id,
    type: ['VerifiableCredential', 'ClrCredential'],
    name: `Học bạ lớp ${year.className}, năm học ${year.schoolYear}`,
    issuer: { id: issuer, type: ['Profile'], name: school.name },
    validFrom,
    credentialSubject: {
      id: `${id}#subject`,
      type: ['ClrSubject'],
      identifier: [
        identity(id, 'name', 'name', pupil.fullName),
        identity(id, 'code', 'sourcedId', pupil.code),
        identity(id, 'birth-date', 'ext:birthDate', pupil.birthDate),
      ],
      verifiableCredential: achieved(year).map((each) => achievementCredential(shared, each)),
    },
  };
}

/** "urn:uuid:" of the first 16 bytes, as a version 8 (custom) UUID of RFC 9562. */
function uuidName(bytes: Uint8Array): string {
  const own = bytes.slice(0, 16);
  own[6] = ((own[6] ?? 0) & 0x0f) | 0x80;
  own[8] = ((own[8] ?? 0) & 0x3f) | 0x80;
  const hex = toHex(own);
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `urn:uuid:${parts.join('-')}`;
}

function identity(id: string, part: string, identityType: string, identityHash: string): JsonObject {
  return { id: `${id}#${part}`, type: 'IdentityObject', hashed: false, identityHash, identityType };
}

interface SharedParts {
  readonly id: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly criteria: string;
}

function achievementCredential({ id, issuer, validFrom, criteria }: SharedParts, each: Achieved): JsonObject {
  const { path, kind, code, name, description } = each;
  const node = `${id}#${path}`;
  const lines = each.results.flatMap(([key, label, type, value]) =>
    value === null || value === undefined ? [] : [{ key, label, type, value }],
  );
  return {
    '@context': ACHIEVEMENT_CONTEXT,
    id: node,
    type: ['VerifiableCredential', 'AchievementCredential'],
    name,
    issuer,
    validFrom,
    credentialSubject: {
      id: `${id}#subject`,
      type: ['AchievementSubject'],
      achievement: {
        id: `${node}/achievement`,
        type: ['Achievement'],
        achievementType: kind,
        humanCode: code,
        name,
        description,
        criteria: { id: `${id}#criteria`, narrative: criteria },
        resultDescription: lines.map(({ key, label, type }) => ({
          id: `${node}/description/${key}`,
          type: ['ResultDescription'],
          name: label,
          resultType: type,
        })),
      },
      result: lines.map(({ key, value }) => ({
        id: `${node}/result/${key}`,
        type: ['Result'],
        resultDescription: `${node}/description/${key}`,
        value,
      })),
    },
  };
}

function achieved(year: SecondaryYear | PrimaryYear): Achieved[] {
  return year.kind === 'secondary'
    ? [secondaryYear(year), ...year.subjects.map((subject) => secondarySubject(year, subject))]
    : [primaryYear(year), ...year.subjects.map((subject) => primarySubject(year, subject))];
}

function courseOf(
  { grade, schoolYear }: SecondaryYear | PrimaryYear,
  { code, name }: { readonly code: string; readonly name: string },
): Omit<Achieved, 'results'> {
  const description = `Môn học, hoạt động giáo dục: ${name}, lớp ${String(grade)}, năm học ${schoolYear}`;
  return { path: `subjects/${code}`, kind: 'Course', code, name, description };
}

function completionOf(
  { grade, schoolYear }: SecondaryYear | PrimaryYear,
  text: string,
): Omit<Achieved, 'results'> {
  return {
    path: 'year',
    kind: 'CertificateOfCompletion',
    code: `LOP_${String(grade)}`,
    name: `Lớp ${String(grade)}, năm học ${schoolYear}`,
    description: text,
  };
}

function secondaryYear(year: SecondaryYear): Achieved {
  const { learning, conduct, promotion } = year;
  return {
    ...completionOf(year, promotion.text),
    results: [
      ['learning-HK1', 'Kết quả học tập học kì I', 'PerformanceLevel', learning.HK1],
      ['learning-HK2', 'Kết quả học tập học kì II', 'PerformanceLevel', learning.HK2],
      ['learning-year', 'Kết quả học tập cả năm', 'PerformanceLevel', learning.year],
      ['learning-after', 'Kết quả học tập sau đánh giá lại', 'PerformanceLevel', learning.afterReassessment],
      ['conduct-HK1', 'Kết quả rèn luyện học kì I', 'PerformanceLevel', conduct.HK1],
      ['conduct-HK2', 'Kết quả rèn luyện học kì II', 'PerformanceLevel', conduct.HK2],
      ['conduct-year', 'Kết quả rèn luyện cả năm', 'PerformanceLevel', conduct.year],
      ['conduct-after', 'Kết quả rèn luyện sau rèn luyện hè', 'PerformanceLevel', conduct.afterSummer],
      ['promotion', 'Được lên lớp, ở lại lớp', 'Status', promotion.decision],
    ],
  };
}

function secondarySubject(year: SecondaryYear, subject: SecondarySubject): Achieved {
  const type = subject.kind === 'score' ? 'ScaledScore' : 'PerformanceLevel';
  return {
    ...courseOf(year, subject),
    results: [
      ['HK1', 'Học kì I', type, subject.HK1],
      ['HK2', 'Học kì II', type, subject.HK2],
      ['year', 'Cả năm', type, subject.year],
      ['after', 'Sau đánh giá lại', type, subject.afterReassessment],
    ],
  };
}

function primaryYear(year: PrimaryYear): Achieved {
  const { qualities, competences, completion, yearResult } = year;
  const traits = (kind: string, rows: readonly TraitRow[]): ResultLine[] =>
    rows.map(({ code, name, level, additional }) => [
      `${kind}-${code}`,
      name,
      'PerformanceLevel',
      additional ?? level,
    ]);
  return {
    ...completionOf(year, completion.text),
    results: [
      ...traits('quality', qualities.rows),
      ...traits('competence', [...competences.general, ...competences.specific]),
      ['result', 'Kết quả giáo dục', 'PerformanceLevel', yearResult],
      ['completion', 'Hoàn thành chương trình lớp học', 'Status', completion.decision],
    ],
  };
}

function primarySubject(year: PrimaryYear, subject: PrimarySubject): Achieved {
  return {
    ...courseOf(year, subject),
    results: [
      ['level', 'Mức đạt được cuối năm', 'PerformanceLevel', subject.level],
      ['test', 'Điểm kiểm tra định kì cuối năm', 'ScaledScore', subject.test],
      [
        'additional-level',
        'Mức đạt được sau đánh giá bổ sung',
        'PerformanceLevel',
        subject.additional?.level,
      ],
      ['additional-test', 'Điểm kiểm tra sau đánh giá bổ sung', 'ScaledScore', subject.additional?.test],
    ],
  };
}
