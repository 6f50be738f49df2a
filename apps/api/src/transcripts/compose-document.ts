/** Composes J of one pupil. Pure: randomness, route and template are given. */
import { toHex } from '#ledger/format/bytes.js';
import type { LoadedTemplate } from '#pdf-fill/template.js';
import type { Tt22Input } from '#regulations/types.js';
import type { PupilIdentity, Transcript, TranscriptData } from '#transcript/document.js';
import { normalizeText } from '#transcript/text.js';
import { LEVELS } from '../school/class-info.js';
import type { DocumentLook } from './document-looks.js';
import { primaryPage } from './primary-page.js';
import { secondaryPage } from './secondary-page.js';
import type { CertifiedRoute } from './signing-route.js';
import type { ClassSource, PupilSource } from './transcript-sources.js';

/** What J needs beside the data. */
export interface DocumentSecrets {
  /** e and L_e. */
  readonly event: number;
  readonly lineage: Uint8Array;
  /** S: 32 random bytes, new for every version. */
  readonly salt: Uint8Array;
}

/** What is the same in every document of a batch. */
export interface BatchParts {
  readonly source: ClassSource;
  readonly route: CertifiedRoute;
  readonly template: LoadedTemplate;
  readonly look: DocumentLook;
  /** Date of issue, `YYYY-MM-DD` in Viet Nam. */
  readonly date: string;
  /** Address of the verifier page; left out where the school has none. */
  readonly verifier: string | undefined;
}

const TEMPLATES = { 'tt22-2021': 'hoc-ba-thcs-1', 'tt27-2020': 'hoc-ba-th-1' } as const;

/** The released template that transcripts of a rule set and grade are written with. */
export function templateOf(ruleSet: keyof typeof TEMPLATES, grade: number): string {
  return grade >= 10 ? 'hoc-ba-trung-hoc-pho-thong-1' : TEMPLATES[ruleSet];
}

/** J as an object; not yet checked against the schema. */
export function composeDocument(parts: BatchParts, pupil: PupilSource, secrets: DocumentSecrets): Transcript {
  const { source, route, template, look, verifier } = parts;
  const { school } = source.info;
  const { ruleSet, ruleSetVersion, ruleSetHash } = pupil.result;
  const settings = (pupil.result.input as Partial<Tt22Input>).settings;
  if (settings !== undefined) throw new Error('settings of the adjustment are not in use yet');
  return {
    v: 1,
    type: 'hoc-ba',
    origin: school.origin,
    event: secrets.event,
    lineage: toHex(secrets.lineage),
    salt: toHex(secrets.salt),
    ...(school.settings.demo ? { demo: true as const } : {}),
    ...(verifier === undefined ? {} : { verifier }),
    ruleSet: { id: ruleSet as Transcript['ruleSet']['id'], version: ruleSetVersion, hash: ruleSetHash },
    ...lookOf(template, look),
    route: route.places.map(({ role, name, title, onBehalf }, i) => ({
      role,
      name,
      title,
      ...(onBehalf === null ? {} : { onBehalf }),
      certificateSalt: toHex(route.certificates[i]?.salt ?? new Uint8Array()),
    })),
    data: dataOf(parts, pupil),
  };
}

function dataOf({ source, date, look }: BatchParts, pupil: PupilSource): TranscriptData {
  const { info } = source;
  const { decision } = pupil;
  const { school } = info;
  const primary = pupil.result.ruleSet === 'tt27-2020';
  return {
    school: {
      code: school.code,
      name: normalizeText(school.name),
      commune: normalizeText(school.commune),
      province: normalizeText(school.province),
      level: LEVELS[school.level],
    },
    pupil: identityOf(pupil),
    history: historyOf(source, pupil),
    year: primary ? primaryPage(source, pupil) : secondaryPage(source, pupil),
    council: { number: normalizeText(decision.number), date: decision.decidedOn },
    issuedAt: { place: placeOf(school.province, look), date },
  };
}

function identityOf({ pupil }: PupilSource): PupilIdentity {
  const optional = (key: keyof PupilIdentity, value: string | null) =>
    value === null || value.trim() === '' ? {} : { [key]: normalizeText(value) };
  return {
    code: pupil.code,
    registerNumber: normalizeText(pupil.registerNumber ?? ''),
    fullName: normalizeText(pupil.fullName),
    sex: pupil.sex,
    birthDate: pupil.birthDate,
    birthPlace: normalizeText(pupil.birthPlace ?? ''),
    ethnicity: normalizeText(pupil.ethnicity ?? ''),
    ...optional('nationality', pupil.nationality),
    ...optional('address', pupil.address),
    ...optional('personalId', pupil.personalId),
    ...(pupil.guardians.length === 0
      ? {}
      : {
          guardians: pupil.guardians.slice(0, 4).map(({ relation, name, occupation }) => ({
            relation,
            fullName: normalizeText(name),
            ...(occupation === undefined || occupation.trim() === ''
              ? {}
              : { occupation: normalizeText(occupation) }),
          })),
        }),
  };
}

/** QUÁ TRÌNH HỌC TẬP: the classes in this school and those before that papers tell of; the newest 16. */
function historyOf({ info }: ClassSource, { stays, pupil }: PupilSource): TranscriptData['history'] {
  const { school } = info;
  const ownName = normalizeText(
    [school.name, lowerFirst(school.commune), lowerFirst(school.province)]
      .filter((part) => part !== '')
      .join(', '),
  );
  return stays.slice(-16).map(({ schoolYear, className, schoolName, enteredOn }) => ({
    schoolYear,
    className: normalizeText(className),
    schoolName: schoolName === undefined ? ownName : normalizeText(schoolName),
    ...(pupil.registerNumber === null || schoolName !== undefined
      ? {}
      : { registerNumber: normalizeText(pupil.registerNumber) }),
    ...(enteredOn === undefined ? {} : { enteredOn }),
  }));
}

/** The released form, the school's own file, and the pictures, as J names them. */
export function lookOf(
  { template: { id }, hash }: LoadedTemplate,
  { school, images }: DocumentLook,
): Pick<Transcript, 'template' | 'images'> {
  return { template: { id, hash, ...(school === undefined ? {} : { school }) }, images };
}

/** As the school's own file says, else "Tỉnh Sông Mây" → "Sông Mây", as it stands before a date. */
export function placeOf(province: string, { school }: DocumentLook): string {
  return school?.texts.place ?? normalizeText(province).replace(/^(Tỉnh|Thành phố)\s+/, '');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
