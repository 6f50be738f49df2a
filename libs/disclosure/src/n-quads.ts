/**
 * The canonical RDF (RDFC-1.0) of the credentials that credential.ts writes, and of no others: every node is named and
 * every term is in the tables below, so the canonical form is the sorted set of statements. A general JSON-LD processor
 * takes a hundred times as long and fetches contexts; a test holds this writer to one, statement by statement.
 */
import { utf8, compareBytes } from '#ledger/format/bytes.js';
import { FormatError } from '#ledger/format/errors.js';
import type { Json } from '#ledger/format/jcs.js';

type JsonObject = { readonly [key: string]: Json };

const OB = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#';
const CLR = 'https://purl.imsglobal.org/spec/vc/clr/vocab.html#';
const CRED = 'https://www.w3.org/2018/credentials#';
const SCHEMA = 'https://schema.org/';
const SEC = 'https://w3id.org/security#';
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

/** With https where Open Badges' published context spells them so. */
const DATATYPES = {
  boolean: 'https://www.w3.org/2001/XMLSchema#boolean',
  dateTime: 'http://www.w3.org/2001/XMLSchema#dateTime',
  anyURI: 'https://www.w3.org/2001/XMLSchema#anyURI',
} as const;

/** How a value stands in RDF: text, a typed literal, the name of a node, or a node with statements of its own. */
type ValueKind = 'text' | keyof typeof DATATYPES | 'name' | { readonly node: Shape };
interface Term {
  readonly iri: string;
  readonly kind: ValueKind;
}
/** What a node may have: its types, and its other members by key. */
interface Shape {
  readonly types: readonly string[];
  readonly members: Readonly<Record<string, Term>>;
}

const text = (iri: string): Term => ({ iri, kind: 'text' });
const node = (iri: string, shape: Shape): Term => ({ iri, kind: { node: shape } });
const NAME = text(`${SCHEMA}name`);
const VALID_FROM: Term = { iri: `${CRED}validFrom`, kind: 'dateTime' };

const TYPES: Readonly<Record<string, string>> = {
  VerifiableCredential: `${CRED}VerifiableCredential`,
  ClrCredential: `${CLR}ClrCredential`,
  ClrSubject: `${CLR}ClrSubject`,
  AchievementCredential: `${OB}OpenBadgeCredential`,
  AchievementSubject: `${OB}AchievementSubject`,
  Achievement: `${OB}Achievement`,
  IdentityObject: `${OB}IdentityObject`,
  Profile: `${OB}Profile`,
  Result: `${OB}Result`,
  ResultDescription: `${OB}ResultDescription`,
};

const PROFILE: Shape = { types: ['Profile'], members: { name: NAME } };
const IDENTITY: Shape = {
  types: ['IdentityObject'],
  members: {
    hashed: { iri: `${OB}hashed`, kind: 'boolean' },
    identityHash: text(`${OB}identityHash`),
    identityType: text(`${OB}identityType`),
  },
};
const RESULT: Shape = {
  types: ['Result'],
  members: {
    resultDescription: { iri: `${OB}resultDescription`, kind: 'anyURI' },
    value: text(`${SCHEMA}value`),
  },
};
const RESULT_DESCRIPTION: Shape = {
  types: ['ResultDescription'],
  members: { name: NAME, resultType: text(`${OB}resultType`) },
};
const ACHIEVEMENT: Shape = {
  types: ['Achievement'],
  members: {
    achievementType: text(`${OB}achievementType`),
    humanCode: text(`${OB}humanCode`),
    name: NAME,
    description: text(`${SCHEMA}description`),
    criteria: node(`${OB}Criteria`, { types: [], members: { narrative: text(`${OB}narrative`) } }),
    resultDescription: node(`${OB}resultDescription`, RESULT_DESCRIPTION),
  },
};
const ACHIEVEMENT_CREDENTIAL: Shape = {
  types: ['VerifiableCredential', 'AchievementCredential'],
  members: {
    name: NAME,
    issuer: { iri: `${CRED}issuer`, kind: 'name' },
    validFrom: VALID_FROM,
    credentialSubject: node(`${CRED}credentialSubject`, {
      types: ['AchievementSubject'],
      members: {
        achievement: node(`${OB}achievement`, ACHIEVEMENT),
        result: node(`${OB}result`, RESULT),
      },
    }),
  },
};
const CLR_CREDENTIAL: Shape = {
  types: ['VerifiableCredential', 'ClrCredential'],
  members: {
    name: NAME,
    issuer: node(`${CRED}issuer`, PROFILE),
    validFrom: VALID_FROM,
    credentialSubject: node(`${CRED}credentialSubject`, {
      types: ['ClrSubject'],
      members: {
        identifier: node(`${CLR}identifier-1`, IDENTITY),
        verifiableCredential: node(`${CLR}verifiableCredential`, ACHIEVEMENT_CREDENTIAL),
      },
    }),
  },
};

/** The canonical N-Quads of a credential without its proofs. One of another shape: FormatError BAD_FIELD. */
export function credentialQuads(credential: Json): string {
  const graph: Graph = new Map();
  writeNode(credential, CLR_CREDENTIAL, graph);
  return [...graph.keys()]
    .sort()
    .map((subject) =>
      sorted(graph.get(subject) ?? [])
        .map((rest) => `${subject} ${rest} .\n`)
        .join(''),
    )
    .join('');
}

/** The canonical N-Quads of a proof's options: one blank node. @param method IRI of the verification method */
export function proofQuads(cryptosuite: string, method: string): string {
  const statements = [
    `<${RDF_TYPE}> <${SEC}DataIntegrityProof>`,
    `<${SEC}cryptosuite> "${cryptosuite}"^^<${SEC}cryptosuiteString>`,
    `<${SEC}proofPurpose> <${SEC}assertionMethod>`,
    `<${SEC}verificationMethod> <${iriOf(method)}>`,
  ];
  return statements.map((rest) => `_:c14n0 ${rest} .\n`).join('');
}

/** The statements of each node, "<predicate> object", by "<subject>". */
type Graph = Map<string, Set<string>>;

/** By code points, as RDFC-1.0 orders: code units order alike but where a character outside of the basic plane stands. */
function sorted(lines: Iterable<string>): string[] {
  const found = [...lines].sort();
  return found.some((line) => /[\ud800-\udfff]/.test(line))
    ? found.sort((a, b) => compareBytes(utf8(a), utf8(b)))
    : found;
}

/** Writes a node's statements and answers "<its name>". */
function writeNode(value: Json, { types, members }: Shape, graph: Graph): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unknown('a node');
  const subject = `<${iriOf((value as JsonObject)['id'])}>`;
  const statements = graph.get(subject) ?? new Set();
  graph.set(subject, statements);
  const found = listOf((value as JsonObject)['type'] ?? []);
  if (found.length !== types.length || found.some((each, i) => each !== types[i])) throw unknown('the type');
  for (const each of types) statements.add(`<${RDF_TYPE}> <${TYPES[each] ?? ''}>`);
  for (const [key, member] of Object.entries(value)) {
    if (key === '@context' || key === 'id' || key === 'type') continue;
    const term = Object.hasOwn(members, key) ? members[key] : undefined;
    if (term === undefined) throw unknown(key);
    for (const each of listOf(member)) statements.add(`<${term.iri}> ${objectOf(each, term.kind, graph)}`);
  }
  return subject;
}

function objectOf(value: Json, kind: ValueKind, graph: Graph): string {
  if (typeof kind === 'object') return writeNode(value, kind.node, graph);
  if (kind === 'boolean') {
    if (typeof value !== 'boolean') throw unknown('a value that is not true or false');
    return `"${String(value)}"^^<${DATATYPES.boolean}>`;
  }
  if (kind === 'name') return `<${iriOf(value)}>`;
  if (typeof value !== 'string') throw unknown('a value that is no text');
  const literal = `"${escaped(value)}"`;
  return kind === 'text' ? literal : `${literal}^^<${DATATYPES[kind]}>`;
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

/** IRIs of our making: nothing in them needs an escape. */
function iriOf(value: Json | undefined): string {
  if (typeof value !== 'string' || !/^(?:urn:uuid:|did:key:)[A-Za-z0-9:#/._-]+$/.test(value)) {
    throw unknown('an identifier');
  }
  return value;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

function escaped(value: string): string {
  return value.replace(/[\u0000-\u001f"\\\u007f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    return ESCAPES[character] ?? `\\u${code}`;
  });
}

function unknown(what: string): FormatError {
  return new FormatError('BAD_FIELD', `the credential is not of the one shape: ${what.slice(0, 60)}`);
}
