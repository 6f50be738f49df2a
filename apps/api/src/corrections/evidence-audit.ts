/** Is what is stored of the evidence still what was added? Audit asks without the key that it is sealed with. */
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Finding } from '../audit/report.js';
import { EvidenceFile } from './evidence.entities.js';

/** One file at a time: they are large. What was erased says when, and its row is compared with the erasure's event. */
export async function checkEvidence(read: EntityManager, schoolId: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const ids = await read.find(EvidenceFile, {
    select: { id: true },
    where: { schoolId },
    order: { id: 'ASC' },
  });
  for (const { id } of ids) {
    const row = await read.findOneByOrFail(EvidenceFile, { schoolId, id });
    const erased = row.sealed === null && row.erasedAt !== null;
    if (erased || hashOf(row.sealed) === row.sealedHash) continue;
    const detail = 'sealed: tệp minh chứng lưu không còn là tệp đã đính kèm';
    findings.push({ code: 'ROW_CHANGED', table: 'evidence_files', id, detail });
  }
  return findings;
}

function hashOf(sealed: Uint8Array | null): string {
  return createHash('sha256')
    .update(sealed ?? new Uint8Array())
    .digest('hex');
}
