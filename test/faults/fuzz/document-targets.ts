/** What people hand over: signatures, certificates, transcripts, verification codes, workbooks. */
import { readdirSync, readFileSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import type { Random } from '#fixtures/random.js';
import { readCells } from '#api/exchange/workbook-cells.js';
import { readArchive } from '#api/exchange/zip-archive.js';
import { storeArchive } from '#api/exchange/zip-writing.js';
import { equal, fromUtf8, utf8 } from '#ledger/format/bytes.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { replaceContents, revisionEnds } from '#pdf-fill/revision.js';
import { parseCertificate } from '#signing/certificate.js';
import { checkChain } from '#signing/certificate-chain.js';
import { signCms } from '#signing/cms-sign.js';
import { formatCms, parseCms } from '#signing/cms-structure.js';
import { verifyCms } from '#signing/cms-verify.js';
import { formatEcdsaSignature, parseEcdsaSignature } from '#signing/ecdsa.js';
import { formatProof, parseProof } from '#signing/proof-attribute.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { decodeTranscript, encodeTranscript } from '#transcript/canonical.js';
import { formatVerificationCode, parseVerificationCode } from '#transcript/verification-code.js';
import type { PublicOpening } from '#verify/opening.js';
import { verifyCode } from '#verify/verify-code.js';
import { demoSchool, DIGEST } from '../../../libs/signing/test/demo-school.js';
import { PRIMARY, SECONDARY } from '../../../libs/transcript/test/samples.js';
import { NOW, openingOf, World } from '../../../libs/verify/test/world.js';
import { FalseAccept, type Target } from './campaign.js';
import { mutateBytes, mutateText } from './mutation.js';
import { accepted, acceptedLater, genuine, inputs, sameAgain } from './parsing.js';

const school = await demoSchool();
const genuineCms = await signCms(DIGEST, school.seal.signer);
const world = await World.make();
const issued = await world.issue();
const { pdf, plan } = issued;

const certificates = [school.seal, school.teacher, school.principal].map(({ certificate }) => certificate);
const certificate: Target = {
  name: 'certificate',
  inputs: [700, 60_000],
  input: inputs([...certificates, school.ca.certificate], 'binary'),
  judge: (input) => {
    const chain = accepted(() =>
      checkChain([input, school.ca.certificate].map(parseCertificate), school.pins, nodeProvider),
    );
    if (chain === undefined) return false;
    return genuine(
      certificates.some((known) => equal(known, input)),
      'the authority did not issue these bytes',
    );
  },
};

const cms: Target = {
  name: 'CMS',
  inputs: [700, 60_000],
  input: inputs([genuineCms, issued.sealCms], 'binary'),
  judge: (input) => {
    if (!sameAgain(input, () => formatCms(parseCms(input)))) return false;
    const signed = accepted(() =>
      checkChain(verifyCms(input, DIGEST, nodeProvider).chain, school.pins, nodeProvider),
    );
    if (signed === undefined) return false;
    return genuine(equal(input, genuineCms), 'other bytes are a signature of the digest too');
  },
};

const ecdsa: Target = {
  name: 'ECDSA signature value',
  inputs: [500, 30_000],
  input: inputs([parseCms(genuineCms).signature], 'binary'),
  judge: (input) => sameAgain(input, () => formatEcdsaSignature(parseEcdsaSignature(input))),
};

const proofAttribute: Target = {
  name: 'proof attribute',
  inputs: [700, 60_000],
  input: inputs(
    [formatProof(issued.proof), formatProof({ entry: Uint8Array.of(1), first: Uint8Array.of(2) })],
    'binary',
  ),
  judge: (input) => sameAgain(input, () => formatProof(parseProof(input))),
};

const document: Target = {
  name: 'transcript JSON',
  inputs: [400, 30_000],
  input: inputs([SECONDARY, PRIMARY].map(encodeTranscript), 'text'),
  judge: (input) => sameAgain(input, () => encodeTranscript(decodeTranscript(input))),
};

const codes = [plan.hash, new Uint8Array(32)].map((hash) => utf8(formatVerificationCode(hash)));
const code: Target = {
  name: 'verification code',
  inputs: [300, 30_000],
  input: inputs([...codes, utf8(Buffer.from(plan.hash).toString('hex'))], 'text'),
  judge: (input) => {
    const hash = accepted(() => parseVerificationCode(fromUtf8(input)));
    if (hash === undefined) return false;
    return genuine(
      equal(parseVerificationCode(formatVerificationCode(hash)), hash),
      'printed again it is another code',
    );
  },
};

const genuineOpening = utf8(JSON.stringify(openingOf(issued)));
const opening: Target = {
  name: 'public opening',
  inputs: [200, 10_000],
  input: inputs([genuineOpening], 'text'),
  judge: async (input) => {
    let answer: unknown;
    try {
      answer = JSON.parse(Buffer.from(input).toString('utf8'));
    } catch {
      return false;
    }
    const options = {
      code: formatVerificationCode(plan.hash),
      trust: world.trust,
      now: NOW,
      crypto: nodeCrypto,
    };
    const { verdict } = await verifyCode({ ...options, opening: answer as never });
    if (verdict !== 'valid') return false;
    const said = answer as { readonly [K in keyof PublicOpening]?: unknown };
    const truth = JSON.parse(fromUtf8(genuineOpening)) as typeof said;
    const bound = ['entry', 'event', 'lineage', 'salt', 'digests', 'first'] as const;
    return genuine(
      bound.every((key) => JSON.stringify(said[key]) === JSON.stringify(truth[key])),
      'the opening was changed',
    );
  },
};

/** The ways in which somebody changes a finished file. */
const PDF_CHANGES: readonly ((random: Random) => Uint8Array)[] = [
  () => pdf,
  (random) => mutateBytes(random, pdf, [issued.unproven]),
  (random) => window(random, mutateText),
  (random) => window(random, mutateBytes),
  // A signature's CMS changed and put back with its right padding.
  (random) => put(random.below(3), mutateBytes(random, issued.sealCms, [genuineCms])),
  (random) => put(2, mutateBytes(random, issued.sealCms, [])),
  (random) => put(random.below(3), random.chance(0.5) ? genuineCms : issued.sealCms),
  revisionsMoved,
];

/** A change of some hundred bytes anywhere, more often where revisions are written than in a page. */
function window(random: Random, mutate: typeof mutateBytes): Uint8Array {
  const signatures = revisionEnds(pdf)[0] ?? 0;
  const from = random.chance(0.5) ? random.between(signatures, pdf.length - 1) : random.below(pdf.length);
  const to = Math.min(pdf.length, from + random.between(1, 400));
  return Buffer.concat([
    pdf.subarray(0, from),
    mutate(random, pdf.subarray(from, to), [pdf.subarray(0, 2000)]),
    pdf.subarray(to),
  ]);
}

function put(signature: number, changed: Uint8Array): Uint8Array {
  try {
    return replaceContents(pdf, plan, signature, changed);
  } catch {
    // More than the room reserved for it.
    return pdf.subarray(0, pdf.length - 1);
  }
}

function revisionsMoved(random: Random): Uint8Array {
  const ends = revisionEnds(pdf);
  const revisions = ends.map((end, i) => pdf.subarray(ends[i - 1] ?? 0, end));
  const order = random.chance(0.5)
    ? random.shuffle(revisions)
    : Array.from({ length: random.between(1, 6) }, () => random.pick(revisions));
  return Buffer.concat(order);
}

const transcript: Target = {
  name: 'verifyTranscript',
  inputs: [150, 25_000],
  input: (random) => random.pick(PDF_CHANGES)(random),
  judge: async (input) => {
    const { verdict } = await world.verify(input);
    if (verdict === 'valid') return genuine(equal(input, pdf), 'a changed file is valid');
    if (equal(input, pdf)) throw new FalseAccept(`the genuine file is ${verdict}`);
    return false;
  },
};

const reader: Target = {
  name: 'PDF reader',
  inputs: [120, 20_000],
  input: (random) => random.pick([...PDF_CHANGES.slice(0, 4), revisionsMoved])(random),
  judge: async (input) => {
    try {
      await readTranscriptPdf(input);
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'PdfReadError') return false;
      throw error;
    }
  },
};

const WORKBOOKS = 'fixtures/files/';
const workbooks = [
  ...readdirSync(WORKBOOKS),
  ...readdirSync(`${WORKBOOKS}broken`).map((name) => `broken/${name}`),
]
  .filter((name) => name.endsWith('.xlsx') && !/zip-|mark-sheets/.test(name))
  .map((name) => new Uint8Array(readFileSync(WORKBOOKS + name)));
const parts = workbooks.flatMap((bytes) => {
  try {
    const limits = { entries: 300, totalBytes: 4_000_000, ratio: 100, freeBytes: 4_000_000 };
    return [readArchive(bytes, limits, () => true)];
  } catch {
    return [];
  }
});

/** One part of the archive changed, and packed again so that its checksum is right. */
function repacked(random: Random): Uint8Array {
  const archive = random.pick(parts);
  const at = random.below(archive.length);
  const others = archive.map(({ data }) => data);
  return storeArchive(
    archive.map(({ name, data }, i) => ({ name, data: i === at ? mutateText(random, data, others) : data })),
  );
}

const anyBytes = inputs(workbooks, 'binary');
const workbook: Target = {
  name: 'workbook',
  inputs: [150, 12_000],
  input: (random) => (random.chance(0.6) ? repacked(random) : anyBytes(random)),
  judge: async (input) => (await acceptedLater(() => readCells(input))) !== undefined,
};

export const documentTargets: readonly Target[] = [
  certificate,
  cms,
  ecdsa,
  proofAttribute,
  document,
  code,
  opening,
  transcript,
  reader,
  workbook,
];
