/** Transcripts against themselves and the ledger: data, file, signatures, entry. Part of the audit. */
import { In, MoreThan, type EntityManager } from 'typeorm';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { parseProof } from '#signing/proof-attribute.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { decodeDocument } from '#transcript/canonical.js';
import { isTranscript } from '#transcript/school-document.js';
import { verifyTranscript } from '#verify/verify-transcript.js';
import type { Finding, FindingCode } from '../audit/report.js';
import { LedgerEntryRow, LedgerOutboxRow } from '../ledger-host/ledger.entities.js';
import type { School } from '../school/school.entities.js';
import { CredentialKey } from './credential-keys.entities.js';
import { issueLeaf, plainDigests, sealDigests } from './document-commitments.js';
import { keptCredentials } from './document-credentials.js';
import { SchoolPictures } from './school-pictures.js';
import { signedDigests } from './sheet-signatures-audit.js';
import { sha256Hex, TranscriptFiles } from './transcript-files.js';
import { Certificate, Transcript, TranscriptSignature } from './transcripts.entities.js';

const PAGE = 50;

/** Findings of every transcript of the school. */
export async function checkTranscripts(
  read: EntityManager,
  audit: { readonly school: School; readonly trust: Uint8Array | undefined; readonly now: Date },
): Promise<Finding[]> {
  const files = new TranscriptFiles(new SchoolPictures({ read }));
  const schoolId = audit.school.id;
  const certificates = new Map((await read.findBy(Certificate, { schoolId })).map((row) => [row.id, row]));
  const sheets = await signedDigests(read, schoolId);
  const findings: Finding[] = [];
  for (let after = ''; ;) {
    const rows = await read.find(Transcript, {
      where: { schoolId, id: MoreThan(after) },
      order: { id: 'ASC' },
      take: PAGE,
    });
    const page = await loadPage(read, schoolId, rows);
    for (const row of rows) {
      const check = new DocumentCheck(row, page, certificates, files, sheets);
      findings.push(...(await check.run(audit.trust, audit.now)));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return findings;
    after = last.id;
  }
}

/** What the rows of one page are checked with. */
interface Page {
  readonly signatures: readonly TranscriptSignature[];
  /** Body of each ledger entry, sequenced or waiting, as canonical JSON; with its bytes once it has some. */
  readonly entries: ReadonlyMap<string, { readonly body: string; readonly entry?: Uint8Array }>;
  readonly credentialKeys: ReadonlyMap<string, CredentialKey>;
}

async function loadPage(read: EntityManager, schoolId: string, rows: readonly Transcript[]): Promise<Page> {
  const transcriptId = In(rows.map(({ id }) => id));
  const entryId = In(rows.flatMap((row) => (row.entryId === null ? [] : [row.entryId])));
  const signatures = await read.find(TranscriptSignature, {
    where: { schoolId, transcriptId },
    order: { position: 'ASC' },
  });
  const waiting = await read.findBy(LedgerOutboxRow, { schoolId, entryId });
  const sequenced = await read.findBy(LedgerEntryRow, { schoolId, entryId });
  const keys = await read.findBy(CredentialKey, { schoolId });
  return {
    signatures,
    credentialKeys: new Map(keys.map((row) => [row.id, row])),
    entries: new Map([
      ...waiting.map((row) => [row.entryId, { body: canonicalJson(JSON.parse(row.body) as Json) }] as const),
      ...sequenced.map(({ entryId: id, entry }) => [id, { body: bodyOf(entry), entry }] as const),
    ]),
  };
}

function bodyOf(entry: Uint8Array): string {
  try {
    return canonicalJson({ ...parseLeaf(entry).body });
  } catch {
    return 'unreadable';
  }
}

class DocumentCheck {
  private readonly findings: Finding[] = [];

  constructor(
    private readonly row: Transcript,
    private readonly page: Page,
    private readonly certificates: ReadonlyMap<string, Certificate>,
    private readonly files: TranscriptFiles,
    private readonly sheets: ReadonlySet<string>,
  ) {}

  async run(trust: Uint8Array | undefined, now: Date): Promise<Finding[]> {
    const { document, documentHash, state, erasedAt } = this.row;
    if (document === null) {
      if (erasedAt === null) this.find('DOCUMENT_CHANGED', 'nội dung đã mất mà không có quyết định xóa');
      return this.findings;
    }
    if (sha256Hex(document) !== documentHash) {
      this.find('DOCUMENT_CHANGED', 'nội dung không có mã xác thực đã ghi');
      return this.findings;
    }
    this.checkSheets(document);
    try {
      if (state === 'sealed' || state === 'issued') await this.checkEntry(document);
      if (state === 'issued') await this.checkFile(document, trust, now);
    } catch (error) {
      this.find(
        'DOCUMENT_FILE',
        `không dựng lại được tệp: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
    return this.findings;
  }

  /** It commits to no sheet that no teacher of the school has signed. */
  private checkSheets(document: Uint8Array): void {
    const transcript = decodeDocument(document);
    if (!isTranscript(transcript) || transcript.data.year.kind !== 'secondary') return;
    for (const { name, sheets = {} } of transcript.data.year.subjects) {
      const unknown = Object.values(sheets).some((digest) => !this.sheets.has(digest));
      if (unknown) this.find('SHEET_SIGNATURE', `${name}: nêu một trang sổ mà không giáo viên nào đã kí`);
    }
  }

  /** The ledger entry commits to exactly this document under this seal. */
  private async checkEntry(document: Uint8Array): Promise<void> {
    const kept = this.page.entries.get(this.row.entryId ?? '');
    if (kept === undefined) {
      this.find('DOCUMENT_ENTRY', 'không có mục nào của Sổ Cái cho học bạ đã đóng dấu này');
      return;
    }
    const signatures = this.own();
    const seal = signatures.at(-1);
    const certificate = this.certificates.get(seal?.certificateId ?? '');
    if (seal === undefined || certificate === undefined || this.row.paddingSeed === null) {
      this.find('DOCUMENT_ENTRY', 'thiếu con dấu, chứng thư hoặc muối: không mở được cam kết trong Sổ Cái');
      return;
    }
    const { transcript } = (await this.files.prepare(document)).plan;
    const signedDigest = await this.files.signedDigest(document, signatures);
    const digests = sealDigests(document, { cms: seal.cms, signedDigest }, certificate.der);
    const credentials = keptCredentials(this.row, transcript, this.page.credentialKeys);
    const { digests: cred } = credentials ?? plainDigests(transcript, this.row.paddingSeed);
    const leaf = issueLeaf(transcript, digests, cred);
    if (canonicalJson({ ...leaf.body }) !== kept.body) {
      this.find('DOCUMENT_ENTRY', 'mục của Sổ Cái cam kết một văn bản khác');
    }
  }

  /** The file is the one that was issued, and a verifier finds nothing wrong with it. */
  private async checkFile(document: Uint8Array, trust: Uint8Array | undefined, now: Date): Promise<void> {
    const { proof, timestamp, pdfHash, entryId } = this.row;
    if (proof === null) {
      this.find('DOCUMENT_FILE', 'đã phát hành nhưng không có bằng chứng của Sổ Cái');
      return;
    }
    const file = await this.files.file(document, this.own(), proof, timestamp);
    if (sha256Hex(file) !== pdfHash) this.find('DOCUMENT_FILE', 'tệp dựng lại không phải tệp đã phát hành');
    const entry = this.page.entries.get(entryId ?? '')?.entry;
    if (entry === undefined || Buffer.compare(entry, parseProof(proof).entry) !== 0) {
      this.find('DOCUMENT_ENTRY', 'bằng chứng trong tệp là của mục khác');
    }
    const result = await verifyTranscript({
      file,
      fileName: this.row.id,
      ...(trust === undefined ? {} : { trust }),
      now,
      crypto: nodeCrypto,
      provider: nodeProvider,
    });
    if (result.verdict === 'invalid') this.find('DOCUMENT_FILE', result.reasons.join('; '));
  }

  private own(): TranscriptSignature[] {
    return this.page.signatures.filter(({ transcriptId }) => transcriptId === this.row.id);
  }

  private find(code: FindingCode, detail: string): void {
    this.findings.push({ code, table: 'transcripts', id: this.row.id, detail });
  }
}
