/**
 * What a family or the office shows of an issued học bạ: made when it is asked for, kept nowhere. A share that anybody
 * may use cannot be taken back once it is given away; the answer says so.
 */
import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PresentationAnswer, PresentationRequest } from '#contracts/presentations.js';
import { fromHex, toBase64, utf8 } from '#ledger/format/bytes.js';
import { canonicalize } from '#ledger/format/jcs.js';
import { nodeCrypto } from '#ledger-node/node-crypto.js';
import { toBase64Url } from '#disclosure/base64url.js';
import { choosePaths } from '#disclosure/choose-fields.js';
import { DisclosureError } from '#disclosure/error.js';
import { proveFields } from '#disclosure/field-tree.js';
import { ANYONE, bindPresentation } from '#disclosure/key-binding.js';
import { formatPresentation, type CredentialEvidence, type KeyEvidence } from '#disclosure/presentation.js';
import { formatSlip, formatSlipText } from '#disclosure/slip.js';
import { parseProof } from '#signing/proof-attribute.js';
import { decodeDocument } from '#transcript/canonical.js';
import { credentialKey } from '#transcript/commitments.js';
import type { Transcript as Document } from '#transcript/document.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { erased, notFound, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { LedgerProofs } from '../ledger-host/ledger-proofs.js';
import { ClassAccess } from '../school/class-access.js';
import { CredentialKey } from './credential-keys.entities.js';
import { keptCredentials, type DocumentCredentials } from './document-credentials.js';
import { holderKey, signAsHolder } from './holder-key.js';
import { Transcript } from './transcripts.entities.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** An issued document with all that can be shown of it. */
interface Presentable {
  readonly document: Document;
  readonly credentials: DocumentCredentials;
  readonly evidence: CredentialEvidence;
  readonly key: KeyEvidence;
}

/** What was asked for, in its form. */
type Made = Pick<PresentationAnswer, 'contentType' | 'qrText' | 'bearer' | 'expiresAt'> & {
  readonly extension: string;
  readonly file: Uint8Array;
  readonly paths: readonly string[];
};

const PLAIN = {
  contentType: 'application/json',
  extension: 'json',
  qrText: null,
  bearer: true,
  expiresAt: null,
};

@Injectable()
export class Presentations {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
    private readonly proofs: LedgerProofs,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Problem VALIDATION for subjects that it does not have, nothing chosen, or more than a slip holds;
   *   STATE_CONFLICT before it is issued; ERASED after an erasure
   */
  async make(session: SessionContext, id: string, asked: PresentationRequest): Promise<PresentationAnswer> {
    const presentable = await this.open(await this.load(session, id));
    const { extension, file, paths, ...made } = this.present(presentable, asked);
    const { fields } = presentable.credentials.fields;
    const shown = new Set(paths);
    return {
      ...made,
      fileName: `hoc-ba-trich-${presentable.document.data.year.schoolYear}.${extension}`,
      file: toBase64(file),
      disclosed: fields.flatMap(({ path, value }) => (shown.has(path) ? [{ path, value }] : [])),
    };
  }

  private present(presentable: Presentable, asked: PresentationRequest): Made {
    switch (asked.kind) {
      case 'sd-jwt':
        return this.sdJwt(presentable, asked);
      case 'slip':
        return slip(presentable, asked);
      case 'credential':
        return { ...PLAIN, file: wholeCredential(presentable), paths: [] };
      case 'wallet':
        return { ...PLAIN, file: canonicalize(presentable.credentials.credential), paths: [] };
    }
  }

  private sdJwt({ document, credentials, evidence, key }: Presentable, asked: PresentationRequest): Made {
    const paths = chosen(credentials, asked);
    const { jwt, disclosures, digests } = credentials;
    const presented = [jwt, ...paths.map((path) => disclosures.get(path) ?? ''), ''].join('~');
    const now = this.clock.now().getTime();
    const expires = asked.validDays === undefined ? undefined : now + asked.validDays * DAY_MS;
    const holder = holderKey(fromHex(document.salt));
    const binding = {
      audience: asked.audience ?? ANYONE,
      nonce: asked.nonce ?? toBase64Url(new Uint8Array(randomBytes(16))),
      issuedAt: Math.floor(now / 1000),
      ...(expires === undefined ? {} : { expires: Math.floor(expires / 1000) }),
    };
    const sdJwt = bindPresentation(presented, binding, (message) => signAsHolder(holder, message));
    const { credential, fieldRoot } = digests;
    return {
      ...PLAIN,
      file: formatPresentation({ kind: 'sd-jwt', sdJwt, credential, fieldRoot, evidence, key }),
      paths,
      bearer: asked.audience === undefined,
      expiresAt: expires === undefined ? null : new Date(expires).toISOString(),
    };
  }

  /** @throws Problem NOT_FOUND also for another school's, or one of a class that the person may not see */
  private async load(session: SessionContext, id: string): Promise<Transcript> {
    const { schoolId } = session;
    const row = await this.database.read.findOneBy(Transcript, { schoolId, id });
    if (row === null) throw notFound('học bạ');
    await this.access.authorize(session, row.classId, 'transcript.present', (info, own) => ({
      ...own.class(info),
      ownChild: own.isChild(row.pupilId ?? ''),
      issued: row.state === 'issued',
    }));
    if (row.erasedAt !== null) throw erased('học bạ này');
    if (row.state !== 'issued') {
      throw new Problem('STATE_CONFLICT', 'Học bạ này chưa phát hành nên chưa trích được.');
    }
    return row;
  }

  private async open(row: Transcript): Promise<Presentable> {
    const { schoolId, document: bytes, proof, credentialKeyId } = row;
    if (bytes === null || proof === null) throw erased('học bạ này');
    const document = decodeDocument(bytes);
    const key = await this.database.read.findOneBy(CredentialKey, { schoolId, id: credentialKeyId ?? '' });
    const keys = new Map(key === null ? [] : [[key.id, key]]);
    const credentials = keptCredentials(row, document, keys);
    if (key === null || credentials === undefined || document.type !== 'hoc-ba') {
      throw new Problem('NOT_SUPPORTED', 'Văn bản này không có bản trích; hãy đưa cả tệp PDF.');
    }
    const logged = (await this.proofs.of(schoolId, [key.entryId])).get(key.entryId);
    if (logged === undefined)
      throw new Problem('LEDGER_UNAVAILABLE', 'Sổ Cái chưa đọc được. Hãy thử lại sau.');
    const { entry, first, latest } = parseProof(proof);
    return {
      document,
      credentials,
      key: { salt: key.salt, ...logged },
      evidence: {
        event: document.event,
        lineage: fromHex(document.lineage),
        credentialKey: credentialKey(fromHex(document.salt)),
        entry,
        first,
        ...(latest === undefined ? {} : { latest }),
      },
    };
  }
}

function slip({ credentials, evidence }: Presentable, asked: PresentationRequest): Made {
  const paths = chosen(credentials, asked);
  const { sdJwt, credential } = credentials.digests;
  try {
    const fields = proveFields(credentials.fields, paths, nodeCrypto.sha256);
    const file = formatSlip({ ...evidence, sdJwt, credential, fields });
    const qrText = formatSlipText(file);
    return { ...PLAIN, contentType: 'text/plain', extension: 'txt', file: utf8(qrText), qrText, paths };
  } catch (error) {
    if (!(error instanceof DisclosureError) || error.code !== 'SLIP_TOO_LARGE') throw error;
    throw new Problem(
      'VALIDATION',
      'Một mã QR không chứa hết các mục đã chọn. Hãy chọn ít môn hơn, hoặc dùng bản trích dạng tệp.',
    );
  }
}

function wholeCredential({ credentials, evidence, key }: Presentable): Uint8Array {
  const { sdJwt, fieldRoot } = credentials.digests;
  const { credential } = credentials;
  return formatPresentation({ kind: 'credential', credential, sdJwt, fieldRoot, evidence, key });
}

/** @throws Problem VALIDATION */
function chosen({ fields }: DocumentCredentials, asked: PresentationRequest): string[] {
  const { subjects = [], completion = false, all = false } = asked;
  if (subjects.length === 0 && !completion && !all) {
    throw new Problem(
      'VALIDATION',
      'Chưa chọn mục nào để trích: hãy chọn môn học hoặc mục hoàn thành lớp học.',
    );
  }
  try {
    return choosePaths(fields.fields, { subjects, completion, all });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('VALIDATION', `Học bạ này không có môn ${error.message}.`);
  }
}
