/**
 * Revocation lists of authorities other than the school's own (a government's): checked against the authority's key, kept,
 * and asked before a certificate signs. A certificate of the school that a list revokes is retired: the ledger says from
 * which entry on (`key.retired`), so that whoever reads it finds out without the list.
 */
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import type { RevocationListAnswer } from '#contracts/certificates.js';
import { toBase64, toHex } from '#ledger/format/bytes.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { parseCertificate, type Certificate as Parsed } from '#signing/certificate.js';
import { SigningError } from '#signing/errors.js';
import {
  checkRevocationList,
  isListOf,
  isStale,
  ON_HOLD,
  parseRevocationList,
  type Revocation,
  type RevocationList,
} from '#signing/revocation-list.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import { revocationListDer } from '#signing-node/revocation-list-file.js';
import { certificateCommitment } from '#transcript/commitments.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import { Authorizer } from '../identity/authorizer.js';
import type { SessionContext } from '../identity/session-context.js';
import { LedgerEntryRow } from '../ledger-host/ledger.entities.js';
import { Outbox } from '../ledger-host/outbox.js';
import { refusedAs, revocationsOf } from './certificate-revocation.js';
import { RevocationListRow } from './revocation-lists.entities.js';
import { sha256Hex } from './transcript-files.js';
import { Certificate } from './transcripts.entities.js';

type By = Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>;

@Injectable()
export class RevocationLists {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authorizer: Authorizer,
    private readonly outbox: Outbox,
    private readonly journal: Journal,
  ) {}

  /** Newest first. */
  async list(session: SessionContext): Promise<RevocationListAnswer[]> {
    await this.authorizer.authorize(session, 'certificate.read', { self: true });
    const rows = await this.database.read.find(RevocationListRow, {
      select: {
        id: true,
        authority: true,
        thisUpdate: true,
        nextUpdate: true,
        count: true,
        importedAt: true,
      },
      where: { schoolId: session.schoolId },
      order: { thisUpdate: 'DESC' },
    });
    const now = this.clock.timestamp();
    return rows.map(({ id, authority, thisUpdate, nextUpdate, count, importedAt }) => {
      const stale = nextUpdate !== null && nextUpdate < now;
      return { id, authority, thisUpdate, nextUpdate, count, importedAt, stale };
    });
  }

  /**
   * Takes a list in.
   * @param text PEM, or DER in base64
   * @throws Problem FORBIDDEN; CERTIFICATE_REFUSED: no list, of no authority of the school, wrongly signed, over, or older
   *   than the one that is kept
   */
  async add(session: SessionContext, text: string): Promise<void> {
    const rule = await this.authorizer.authorize(session, 'certificate.import-list', { self: true });
    const { schoolId, personId } = session;
    const der = derOf(text);
    await this.database.write(async (tx) => {
      const certificates = await tx.findBy(Certificate, { schoolId });
      const { list, authority } = this.checked(der, certificates);
      await refuseOlder(tx, schoolId, authority, list);
      const at = this.clock.timestamp();
      const row: RevocationListRow = {
        ...{ schoolId, id: randomUUID(), authority: toHex(authority.spkiSha256) },
        ...{ thisUpdate: list.thisUpdate.toISOString(), nextUpdate: list.nextUpdate?.toISOString() ?? null },
        ...{ count: list.revoked.size, der, importedBy: personId, importedAt: at },
      };
      await tx.insert(RevocationListRow, row);
      const by = { actor: personId, session: session.sessionId, rule, at };
      await this.journal.append(tx, schoolId, {
        ...{ ...by, type: 'revocation-list.imported', subject: 'revocation_lists', subjectId: row.id },
        data: { ...rowData(row, 'der'), der: sha256Hex(der) },
      });
      for (const certificate of certificates.filter(({ retiredAt }) => retiredAt === null)) {
        const [revocation] = revocationsOf(certificate, [list]).filter(({ reason }) => reason !== ON_HOLD);
        if (revocation !== undefined) await this.retire(tx, certificate, revocation, by);
      }
    });
  }

  private checked(
    der: Uint8Array,
    certificates: readonly Certificate[],
  ): { readonly list: RevocationList; readonly authority: Parsed } {
    try {
      const list = parseRevocationList(der);
      const issuers = new Map(
        certificates.flatMap(({ issuers: own }) => own).map((text) => [text, parsedIssuer(text)]),
      );
      const named = [...issuers.values()].filter((issuer) => isListOf(list, issuer));
      const [authority = named[0]] = named.filter((issuer) => isSignedBy(list, issuer));
      if (authority === undefined) {
        throw new SigningError('CRL_ISSUER', 'no certificate of the school is of this authority');
      }
      checkRevocationList(list, authority, nodeProvider);
      const now = this.clock.now();
      if (isStale(list, now) || list.thisUpdate > now) throw stale();
      return { list, authority };
    } catch (error) {
      if (error instanceof SigningError) throw refusedAs(error);
      throw error;
    }
  }

  /** Withdrawn from signing, and in the ledger from the first entry after the revocation. */
  private async retire(
    tx: EntityManager,
    { schoolId, id, salt, der }: Certificate,
    { from }: Revocation,
    by: By,
  ): Promise<void> {
    const invalidFrom = await firstEntryAfter(tx, schoolId, from);
    const cert = toBase64(certificateCommitment(salt, der));
    await this.outbox.add(tx, schoolId, { type: 'key.retired', body: { cert, invalidFrom } });
    const retired = { retiredAt: by.at };
    await tx.update(Certificate, { schoolId, id, retiredAt: IsNull() }, retired);
    await this.journal.append(tx, schoolId, {
      ...{ ...by, type: 'certificate.retired', subject: 'certificates', subjectId: id },
      data: { ...retired, invalidFrom, revokedFrom: from.toISOString() },
    });
  }
}

/** Index of the first entry of the school's log that was made after `moment`; the next one where there is none. */
async function firstEntryAfter(tx: EntityManager, schoolId: string, moment: Date): Promise<number> {
  const count = await tx.countBy(LedgerEntryRow, { schoolId });
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await tx.findOneByOrFail(LedgerEntryRow, { schoolId, seq: middle });
    if (Date.parse(parseLeaf(row.entry).at) > moment.getTime()) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function refuseOlder(
  tx: EntityManager,
  schoolId: string,
  { spkiSha256 }: Parsed,
  { thisUpdate }: RevocationList,
): Promise<void> {
  const newest = await tx.findOne(RevocationListRow, {
    select: { thisUpdate: true },
    where: { schoolId, authority: toHex(spkiSha256) },
    order: { thisUpdate: 'DESC' },
  });
  if (newest === null || newest.thisUpdate < thisUpdate.toISOString()) return;
  throw new Problem(
    'ALREADY_EXISTS',
    `Trường đã có danh sách lúc ${newest.thisUpdate} của nơi cấp này, không cũ hơn.`,
  );
}

function isSignedBy(list: RevocationList, issuer: Parsed): boolean {
  try {
    checkRevocationList(list, issuer, nodeProvider);
    return true;
  } catch (error) {
    if (error instanceof SigningError) return false;
    throw error;
  }
}

function parsedIssuer(text: string): Parsed {
  return parseCertificate(new Uint8Array(Buffer.from(text, 'base64')));
}

function derOf(text: string): Uint8Array {
  const pem = text.includes('-----BEGIN');
  return revocationListDer(new Uint8Array(Buffer.from(text, pem ? 'utf8' : 'base64')));
}

function stale(): Problem {
  return new Problem(
    'CERTIFICATE_REFUSED',
    'Danh sách thu hồi này đã quá hạn (hoặc chưa đến ngày): hãy lấy danh sách mới nhất của nơi cấp.',
  );
}
