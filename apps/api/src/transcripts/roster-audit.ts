/** The number of transcripts of each class against what the ledger was told before they were signed. Part of the audit. */
import { In, IsNull, type EntityManager } from 'typeorm';
import { toBase64 } from '#ledger/format/bytes.js';
import { canonicalJson, type Json } from '#ledger/format/jcs.js';
import { parseLeaf } from '#ledger/format/leaf.js';
import { rosterCommitment } from '#transcript/commitments.js';
import type { Finding } from '../audit/report.js';
import { LedgerEntryRow, LedgerOutboxRow } from '../ledger-host/ledger.entities.js';
import { SchoolClass, SchoolYear } from '../school/school.entities.js';
import { Transcript, TranscriptRoster } from './transcripts.entities.js';

/** Findings of every class of the school that has transcripts or a committed number of them. */
export async function checkRosters(read: EntityManager, schoolId: string): Promise<Finding[]> {
  const rosters = await read.find(TranscriptRoster, { where: { schoolId }, order: { lockedAt: 'ASC' } });
  const names = await classNames(read, schoolId);
  const told = await toldLeaves(read, schoolId, rosters);
  const findings: Finding[] = [];
  for (const { id, classId, salt, count, entryId } of rosters) {
    const { name, year } = names.get(classId) ?? { name: '', year: '' };
    const roster = toBase64(rosterCommitment(salt, name, year));
    if (told.get(entryId) === canonicalJson({ roster, count })) continue;
    const detail = `mục của Sổ Cái không cam kết ${String(count)} học bạ cho lớp ${name} ${year}`;
    findings.push({ code: 'ROSTER_ENTRY', table: 'transcript_rosters', id, detail });
  }
  const inForce = new Map(rosters.map(({ classId, count }) => [classId, count]));
  for (const [classId, signed] of await signedPupils(read, schoolId)) {
    const count = inForce.get(classId) ?? 0;
    if (signed <= count) continue;
    const { name = classId } = names.get(classId) ?? {};
    const detail = `lớp ${name} có ${String(signed)} học sinh đã có học bạ đóng dấu, Sổ Cái chỉ cam kết ${String(count)}`;
    findings.push({ code: 'ROSTER_EXCEEDED', table: 'transcripts', id: classId, detail });
  }
  return findings;
}

async function classNames(
  read: EntityManager,
  schoolId: string,
): Promise<ReadonlyMap<string, { readonly name: string; readonly year: string }>> {
  const years = new Map((await read.findBy(SchoolYear, { schoolId })).map(({ id, label }) => [id, label]));
  const classes = await read.findBy(SchoolClass, { schoolId });
  return new Map(classes.map(({ id, name, yearId }) => [id, { name, year: years.get(yearId) ?? '' }]));
}

/** The body of each roster's leaf, sequenced or waiting, as canonical JSON. */
async function toldLeaves(
  read: EntityManager,
  schoolId: string,
  rosters: readonly TranscriptRoster[],
): Promise<ReadonlyMap<string, string>> {
  const where = { schoolId, entryId: In(rosters.map(({ entryId }) => entryId)) };
  const waiting = await read.findBy(LedgerOutboxRow, { ...where, type: 'roster.locked' });
  const sequenced = await read.findBy(LedgerEntryRow, where);
  return new Map([
    ...waiting.map(({ entryId, body }) => [entryId, canonicalJson(JSON.parse(body) as Json)] as const),
    ...sequenced.map(({ entryId, entry }) => [entryId, rosterIn(entry)] as const),
  ]);
}

function rosterIn(entry: Uint8Array): string {
  try {
    const leaf = parseLeaf(entry);
    return leaf.type === 'roster.locked' ? canonicalJson({ ...leaf.body }) : leaf.type;
  } catch {
    return 'unreadable';
  }
}

/** How many pupils of each class have a transcript that was sealed; an erased one's is no longer of the class. */
async function signedPupils(read: EntityManager, schoolId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await read.find(Transcript, {
    select: { classId: true, pupilId: true },
    where: { schoolId, kind: 'hoc-ba', state: In(['sealed', 'issued']), erasedAt: IsNull() },
  });
  const pupils = new Map<string, Set<string>>();
  for (const { classId, pupilId } of rows) {
    const known = pupils.get(classId) ?? new Set();
    pupils.set(classId, known.add(pupilId));
  }
  return new Map([...pupils].map(([classId, known]) => [classId, known.size]));
}
