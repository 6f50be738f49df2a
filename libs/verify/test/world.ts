/** A school with its authority, three signers, a log in memory with a witness, and a trust bundle: enough to issue. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { fromHex, toBase64, toHex } from '#ledger/format/bytes.js';
import { canonicalize, type Json } from '#ledger/format/jcs.js';
import type { LeafDraft } from '#ledger/format/leaf.js';
import { COSIGNATURE_ED25519, ED25519, formatNote, seedSigner, signNoteText } from '#ledger/format/note.js';
import { formatTrustBundle, type TrustBundle } from '#ledger/format/trust.js';
import { Sequencer } from '#ledger/log/sequencer.js';
import { localWitness } from '#ledger/log/witness.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { writeBase } from '#pdf-fill/base.js';
import type { Picture } from '#pdf-fill/picture.js';
import { planDocument, type DocumentPlan } from '#pdf-fill/plan.js';
import { readTranscriptPdf } from '#pdf-fill/read.js';
import { embedSignature, prepareRevision, replaceContents, signedBytes } from '#pdf-fill/revision.js';
import { loadTemplate } from '#pdf-fill/templates.js';
import { ruleSetDescriptor } from '#regulations/rule-sets.js';
import { parseCertificate } from '#signing/certificate.js';
import { signCms } from '#signing/cms-sign.js';
import { verifyCms } from '#signing/cms-verify.js';
import { withProof, type SocaiProof } from '#signing/proof-attribute.js';
import { SCHOOL_PROFILE } from '#signing/school-profile.js';
import type { Signer } from '#signing/signer.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import {
  createSchoolCa,
  issuePersonCertificate,
  issueSealCertificate,
  type SchoolCa,
} from '#signing-node/school-ca.js';
import { KeyFileSigner } from '#signing-node/signer.js';
import { encodeDocument } from '#transcript/canonical.js';
import {
  certificateCommitment,
  documentCommitment,
  documentEventLeaf,
  keyAddedLeaf,
  nextLineage,
  type DocumentDigests,
  type EventKind,
} from '#transcript/commitments.js';
import type { SchoolDocument } from '#transcript/school-document.js';
import type { LedgerReader } from '#verify/status-step.js';
import { verifyTranscript, type VerifyOptions } from '#verify/verify-transcript.js';
import type { VerificationResult } from '#verify/result.js';
import { MemoryStore, MemoryTiles, MemoryWitnessStore } from '../../../ledger/test/memory-store.js';
import { changed, SECONDARY } from '../../transcript/test/samples.js';

export const NOW = new Date('2026-06-10T02:00:00Z');
const LOGGED = Date.parse('2026-06-01T02:00:00Z');
const CA_FROM = new Date('2025-08-15T00:00:00Z');
const SIGNED = ['2026-05-29T03:15:30Z', '2026-05-29T04:00:00Z', '2026-05-29T08:30:00Z'] as const;

export interface Issued {
  readonly plan: DocumentPlan;
  /** With all signatures, before and after the proof is put in. */
  readonly unproven: Uint8Array;
  readonly pdf: Uint8Array;
  readonly digests: DocumentDigests;
  readonly proof: SocaiProof;
  readonly sealCms: Uint8Array;
}

/** Ways to issue wrongly, for the tests of each step. */
export interface Twist {
  /** Another document of the same school than `SECONDARY`. */
  readonly sample?: SchoolDocument;
  /** That it names, by their hashes. */
  readonly pictures?: ReadonlyMap<string, Picture>;
  readonly signers?: readonly Signer[];
  readonly lineage?: string;
  readonly event?: number;
  readonly kind?: EventKind;
  /** Log these certificates instead, or none. */
  readonly logKeys?: 'before' | 'after' | 'never';
  readonly edit?: (copy: any) => void;
  /** What becomes of the homeroom teacher's CMS before the next signature. */
  readonly personCms?: (cms: Uint8Array) => Uint8Array;
  readonly changeProof?: (proof: SocaiProof) => SocaiProof;
  readonly draft?: (draft: LeafDraft) => LeafDraft;
}

export class World {
  readonly origin = SECONDARY.origin;
  readonly reader: LedgerReader = {
    readTile: (path) => this.tiles.readTile(path),
    readCheckpoint: () => this.tiles.readCheckpoint(),
  };
  private counter = 0;

  private constructor(
    readonly ca: SchoolCa,
    readonly signers: readonly Signer[],
    readonly store: MemoryStore,
    readonly tiles: MemoryTiles,
    readonly sequencer: Sequencer,
    readonly trust: Uint8Array,
    readonly bundle: TrustBundle,
  ) {}

  static async make(): Promise<World> {
    const school = SECONDARY.data.school.name;
    const ca = await createSchoolCa({ key: newKey(), school, notBefore: CA_FROM, demo: true });
    const signers = await demoSigners(ca);
    const bundle = trustBundle(ca);
    const text = formatTrustBundle(bundle);
    const trust = formatNote({ text, signatures: [await signNoteText(text, ROOT)] });
    const store = new MemoryStore();
    const tiles = new MemoryTiles();
    const clock = (): number => LOGGED;
    const witness = localWitness('so-gddt', {
      signer: WITNESS,
      logs: [LOG],
      store: new MemoryWitnessStore(),
      clock,
    });
    const sequencer = await Sequencer.open({
      signer: LOG,
      kind: 'chain',
      store,
      tiles,
      crypto: nodeCrypto,
      clock,
      random: (length) => new Uint8Array(randomBytes(length)),
      witnessing: { policy: bundle, witnesses: [witness] },
    });
    return new World(ca, signers, store, tiles, sequencer, trust, bundle);
  }

  /** A finished document of `SECONDARY`, logged and proven. */
  async issue(twist: Twist = {}): Promise<Issued> {
    const signers = twist.signers ?? this.signers;
    const loaded = await loadTemplate((twist.sample ?? SECONDARY).template.id);
    const transcript = this.compose(loaded.hash, twist);
    const plan = planDocument(encodeDocument(transcript), loaded, twist.pictures);
    const logKeys = twist.logKeys ?? 'before';
    const keyIds = logKeys === 'before' ? await this.logKeys(transcript, signers) : [];
    const unproven = await sign(plan, signers, twist.personCms);
    const { digests, cms } = await this.digestsOf(unproven, plan);
    const draft = documentEventLeaf({
      lineage: fromHex(transcript.lineage),
      event: transcript.event,
      kind: twist.kind ?? (transcript.event === 0 ? 'issue' : 'supersede'),
      doc: documentCommitment(fromHex(transcript.salt), digests),
      cred: new Uint8Array(randomBytes(32)),
    });
    const id = await this.append((twist.draft ?? ((same) => same))(draft));
    const lateIds = logKeys === 'after' ? await this.logKeys(transcript, signers) : [];
    const proof = await this.proofOf(id, [...keyIds, ...lateIds]);
    const sealCms = withProof(cms, (twist.changeProof ?? ((same) => same))(proof));
    return { plan, unproven, pdf: replaceContents(unproven, plan, 2, sealCms), digests, proof, sealCms };
  }

  /** Appends one entry and publishes it; answers its id. */
  async append(draft: LeafDraft): Promise<string> {
    const id = `entry-${String(this.counter++)}`;
    this.store.add({ id, kind: 'leaf', draft });
    await this.sequencer.flush();
    return id;
  }

  /** A later event of an issued document: revoke, transfer … */
  async laterEvent(issued: Issued, kind: EventKind): Promise<void> {
    const { lineage, event } = issued.plan.transcript;
    await this.append(
      documentEventLeaf({
        lineage: nextLineage(fromHex(lineage)),
        event: event + 1,
        kind,
        doc: new Uint8Array(randomBytes(32)),
        cred: new Uint8Array(randomBytes(32)),
      }),
    );
  }

  async retire(issued: Issued, signature: number, invalidFrom: number): Promise<void> {
    const salt = fromHex(issued.plan.transcript.route[signature]!.certificateSalt);
    const cert = toBase64(certificateCommitment(salt, this.signers[signature]!.certificateChain[0]!));
    await this.append({ type: 'key.retired', body: { cert, invalidFrom } });
  }

  /** The verdict with this world's trust bundle, offline, unless `options` says otherwise. */
  verify(file: Uint8Array, options: Partial<VerifyOptions> = {}): Promise<VerificationResult> {
    return verifyTranscript({
      file,
      fileName: 'hoc-ba.pdf',
      trust: this.trust,
      now: NOW,
      crypto: nodeCrypto,
      provider: nodeProvider,
      ...options,
    });
  }

  /** The trust bundle with changes, signed again. */
  async trustWith(changes: Partial<TrustBundle>): Promise<Uint8Array> {
    const text = formatTrustBundle({ ...this.bundle, ...changes });
    return formatNote({ text, signatures: [await signNoteText(text, ROOT)] });
  }

  private compose(templateHash: string, { lineage, event, edit, sample = SECONDARY }: Twist): SchoolDocument {
    const random = (): string => toHex(new Uint8Array(randomBytes(32)));
    return changed<SchoolDocument>(sample, (copy: any) => {
      copy.template.hash = templateHash;
      copy.ruleSet.hash = createHash('sha256')
        .update(canonicalize(ruleSetDescriptor(copy.ruleSet.id)))
        .digest('hex');
      copy.lineage = lineage ?? random();
      copy.event = event ?? 0;
      copy.salt = random();
      for (const entry of copy.route) entry.certificateSalt = random();
      edit?.(copy);
    });
  }

  private async logKeys(transcript: SchoolDocument, signers: readonly Signer[]): Promise<string[]> {
    const ids: string[] = [];
    for (const [i, signer] of signers.entries()) {
      ids.push(
        await this.append(keyAddedLeaf(transcript.route[i]!.certificateSalt, signer.certificateChain[0]!)),
      );
    }
    return ids;
  }

  private async digestsOf(
    pdf: Uint8Array,
    plan: DocumentPlan,
  ): Promise<{ digests: DocumentDigests; cms: Uint8Array }> {
    const seal = (await readTranscriptPdf(pdf)).signatures[2]!;
    const sealedBytes = sha256(signedBytes(pdf, seal.byteRange));
    const { signatureValue, certificate } = verifyCms(seal.cms, sealedBytes, nodeProvider);
    const digests = {
      sealedBytes,
      sealSignature: sha256(signatureValue),
      sealCertificate: certificate.sha256,
      document: plan.hash,
    };
    return { digests, cms: seal.cms };
  }

  private async proofOf(id: string, keyIds: readonly string[]): Promise<SocaiProof> {
    const evidence = async (entryId: string): Promise<{ entry: Uint8Array; proof: Uint8Array }> => {
      const logged = await this.sequencer.published(entryId);
      if (logged === undefined) throw new Error(`${entryId} is not published`);
      return { entry: logged.entry, proof: await this.sequencer.prove(logged.seq) };
    };
    const { entry, proof: first } = await evidence(id);
    const keys = await Promise.all(keyIds.map(evidence));
    return { entry, first, ...(keys.length === 0 ? {} : { keys }) };
  }
}

const LOG = seedSigner(SECONDARY.origin, ED25519, new Uint8Array(32).fill(1));
const WITNESS = seedSigner(
  'demo-witness.so-cai.example/so-gddt',
  COSIGNATURE_ED25519,
  new Uint8Array(32).fill(2),
);
const ROOT = seedSigner('demo-root.so-cai.example/1', ED25519, new Uint8Array(32).fill(3));

export function newKey(): ReturnType<typeof generateKeyPairSync>['privateKey'] {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
}

/** Homeroom teacher, vice-principal on behalf of the principal, seal, as `SECONDARY` names them. */
export async function demoSigners(ca: SchoolCa): Promise<Signer[]> {
  const person = async (name: string, title: string, role: 'teacher' | 'vice-principal'): Promise<Signer> => {
    const key = newKey();
    const certificate = await issuePersonCertificate(ca, {
      publicKey: key,
      name,
      title,
      role,
      notBefore: CA_FROM,
    });
    return new KeyFileSigner(key, [certificate, ca.certificate]);
  };
  const sealKey = newKey();
  const seal = await issueSealCertificate(ca, { publicKey: sealKey, notBefore: CA_FROM });
  return [
    await person('Trần Thị Ngọc Diệp', 'Giáo viên chủ nhiệm', 'teacher'),
    await person('Phạm Hữu Trọng', 'Phó Hiệu trưởng', 'vice-principal'),
    new KeyFileSigner(sealKey, [seal, ca.certificate]),
  ];
}

function trustBundle(ca: SchoolCa): TrustBundle {
  const { school } = SECONDARY.data;
  return {
    serial: 1,
    expires: '2027-06-30',
    schools: [
      {
        code: school.code,
        name: school.name,
        province: 'song-may',
        logs: [{ key: LOG, from: 0 }],
        cas: [
          { spki: parseCertificate(ca.certificate).spkiSha256, profile: SCHOOL_PROFILE, from: '2025-08-15' },
        ],
      },
    ],
    witnesses: [{ name: 'so-gddt', key: WITNESS, operator: 'so-gddt.example' }],
    groups: [],
    quorum: 'so-gddt',
    threshold: 1,
    roots: [ROOT],
  };
}

/** Three signatures in the order of the route. */
async function sign(
  plan: DocumentPlan,
  signers: readonly Signer[],
  personCms: Twist['personCms'] = (cms) => cms,
): Promise<Uint8Array> {
  let pdf = writeBase(plan);
  for (const [i, signer] of signers.entries()) {
    const prepared = prepareRevision(pdf, plan, i, SIGNED[i]!);
    const cms = await signCms(sha256(signedBytes(prepared.bytes, prepared.byteRange)), signer, {
      provider: nodeProvider,
    });
    pdf = embedSignature(prepared, i === 0 ? personCms(cms) : cms);
  }
  return pdf;
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

/** What the public opening answers for an issued document. */
export function openingOf({ plan, digests, proof }: Issued): Json {
  const { event, lineage, salt } = plan.transcript;
  return {
    entry: toBase64(proof.entry),
    event,
    lineage,
    salt,
    digests: [digests.sealedBytes, digests.sealSignature, digests.sealCertificate].map(toHex),
    first: toBase64(proof.first),
    trustSerial: 1,
  };
}
