/** Shapes that several kinds of documents have in common, and the frame of J around the data of each. */
import type {
  Corrections,
  DocumentImage,
  RouteEntry,
  RuleSettings,
  SchoolIdentity,
  SignedDocument,
} from './document.js';
import { STYLE_TEXT_LENGTHS, type SchoolStyle, type StyleTexts } from './school-style.js';
import type { DocumentKind } from './school-document.js';
import {
  day,
  flag,
  integer,
  list,
  object,
  oneOf,
  optional,
  pattern,
  text,
  textOrEmpty,
  type Shape,
} from './shape.js';

export const hash = pattern('^[0-9a-f]{64}$', '32 bytes in lower-case hexadecimal');
export const code = pattern('^[A-Z][A-Z0-9_]{0,39}$', 'a code of capital letters, digits and underscores');
export const schoolYear = pattern('^2[0-9]{3}-2[0-9]{3}$', 'a school year such as 2025-2026');
export const identifier = pattern(
  '^[A-Za-z0-9][A-Za-z0-9./_-]{0,39}$',
  'an identifier of at most 40 letters and digits',
);
export const name = text(160);
export const shortText = text(240);
export const remark = textOrEmpty(600);
export const secondaryLevel = oneOf('TOT', 'KHA', 'DAT', 'CHUA_DAT');
export const averageOrLevel = pattern(
  '^(?:10\\.0|[0-9]\\.[0-9]|D|CD)$',
  'an average with one decimal, D or CD',
);
/** A mark as it was given, the level of a comment subject, or V for who was absent. */
export const mark = pattern('^(?:10(?:\\.0)?|[0-9](?:\\.[0-9])?|D|CD|V)$', 'a mark from 0 to 10, D, CD or V');
export const test = pattern('^(?:10|[0-9])$', 'a whole mark from 0 to 10');
export const subjectLevel = oneOf('T', 'H', 'C');
export const traitLevel = oneOf('T', 'D', 'C');
export const sessions = integer(0, 400);

const routeEntry = object<RouteEntry>({
  role: oneOf('homeroom', 'vice-principal', 'principal', 'seal'),
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

export const school = object<SchoolIdentity>({
  code: identifier,
  name,
  commune: name,
  province: name,
  level: oneOf('primary', 'lower-secondary', 'upper-secondary'),
});

export const corrections = object<Corrections>({ count: integer(0, 9999), subjects: list(code, 0, 40) });

const styleText = (key: keyof StyleTexts) => optional(text(STYLE_TEXT_LENGTHS[key]));

/** Texts of a school's template file. */
export const styleTexts = object<StyleTexts>({
  governingBody: styleText('governingBody'),
  schoolName: styleText('schoolName'),
  motto: styleText('motto'),
  place: styleText('place'),
  registerLabel: styleText('registerLabel'),
  guideNote: styleText('guideNote'),
  slipNote: styleText('slipNote'),
});

const schoolStyle = object<SchoolStyle>({ version: integer(1, 99_999), hash, texts: styleTexts });

/** Where and when a document was issued. */
export const issuedAt = object<{ readonly place: string; readonly date: string }>({
  place: text(80),
  date: day(),
});

/** J around `data`. */
export function signedDocument(type: DocumentKind, data: Shape): Shape {
  return object<SignedDocument<string, object>>({
    v: oneOf(1),
    type: oneOf(type),
    origin: pattern('^[a-z0-9.-]{1,200}/[a-z0-9-]{1,60}$', 'an origin <domain>/<school code>'),
    event: integer(0, 0xffff_ffff),
    lineage: hash,
    salt: hash,
    demo: optional(oneOf(true)),
    verifier: optional(
      pattern('^https?://[A-Za-z0-9.:-]{1,80}(?:/[A-Za-z0-9._-]{1,40}){0,3}/?$', 'a short web address'),
    ),
    ruleSet: object<SignedDocument<string, object>['ruleSet']>({
      id: oneOf('tt22-2021', 'tt27-2020'),
      version: text(40),
      hash,
      settings: optional(settings),
    }),
    template: object<SignedDocument<string, object>['template']>({
      id: identifier,
      hash,
      school: optional(schoolStyle),
    }),
    images: list(
      object<DocumentImage>({
        place: oneOf('logo', 'homeroom', 'vice-principal', 'principal', 'seal'),
        hash,
      }),
      0,
      4,
    ),
    route: list(routeEntry, 3, 3),
    data,
  });
}
