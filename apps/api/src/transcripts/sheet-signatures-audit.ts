/** Signed sheets against the marks, and what transcripts commit to against signed sheets. Part of the audit. */
import type { EntityManager } from 'typeorm';
import { fromHex, toHex } from '#ledger/format/bytes.js';
import { verifyCms } from '#signing/cms-verify.js';
import { nodeProvider } from '#signing-node/node-provider.js';
import type { Finding } from '../audit/report.js';
import { MarkCell } from '../gradebook/gradebook.entities.js';
import { SchoolClass, SchoolYear, type School } from '../school/school.entities.js';
import { sheetDigest } from './sheet-digest.js';
import { SheetSalt, SheetSignature } from './sheet-signatures.entities.js';
import { Certificate } from './transcripts.entities.js';

/** Every signature that stands is one of the marks as they are, by the certificate that its row names. */
export async function checkSheetSignatures(read: EntityManager, school: School): Promise<Finding[]> {
  const schoolId = school.id;
  const rows = await read.findBy(SheetSignature, { schoolId });
  const certificates = new Map((await read.findBy(Certificate, { schoolId })).map((row) => [row.id, row]));
  const findings: Finding[] = rows.flatMap((row) => {
    const fault = signatureFault(row, certificates);
    return fault === undefined ? [] : [found(row.id, fault)];
  });
  const standing = rows.filter(({ liftedAt }) => liftedAt === null);
  for (const classId of new Set(standing.map((row) => row.classId))) {
    const own = standing.filter((row) => row.classId === classId);
    findings.push(...(await checkDigests(read, school, classId, own)));
  }
  return findings;
}

async function checkDigests(
  read: EntityManager,
  school: School,
  classId: string,
  rows: readonly SheetSignature[],
): Promise<Finding[]> {
  const schoolId = school.id;
  const { yearId, id } = await read.findOneByOrFail(SchoolClass, { schoolId, id: classId });
  const year = await read.findOneByOrFail(SchoolYear, { schoolId, id: yearId });
  const cells = await read.findBy(MarkCell, { schoolId, classId });
  const salts = new Map(
    (await read.findBy(SheetSalt, { schoolId, classId })).map((row) => [row.lockId, row]),
  );
  return rows.flatMap(({ id: rowId, area, period, lockId, digest }) => {
    const salt = salts.get(lockId)?.salt;
    // Destroyed with the book of a pupil of the class: what was signed opens to nobody any more.
    if (salt === undefined) return [];
    const now = toHex(sheetDigest({ id, school, year }, { area, period, lockId, salt }, cells));
    return now === digest
      ? []
      : [found(rowId, `điểm của ${area}, ${period} không phải điểm mà giáo viên đã kí`)];
  });
}

function signatureFault(
  { digest, cms, certificateId }: SheetSignature,
  certificates: ReadonlyMap<string, Certificate>,
): string | undefined {
  if (cms === null) return undefined;
  const named = certificates.get(certificateId ?? '');
  try {
    const { certificate } = verifyCms(cms, fromHex(digest), nodeProvider);
    const same = named !== undefined && Buffer.compare(certificate.der, named.der) === 0;
    return same ? undefined : 'chữ kí của một chứng thư khác';
  } catch (error) {
    return `chữ kí không đúng: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Digests that some teacher of the school signed, lifted since or not. */
export async function signedDigests(read: EntityManager, schoolId: string): Promise<ReadonlySet<string>> {
  const rows = await read.find(SheetSignature, { select: { digest: true }, where: { schoolId } });
  return new Set(rows.map(({ digest }) => digest));
}

function found(id: string, detail: string): Finding {
  return { code: 'SHEET_SIGNATURE', table: 'sheet_signatures', id, detail };
}
