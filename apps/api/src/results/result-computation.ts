/** Computes the results of a class's year by its rule set, once every sheet is locked and nothing is missing. */
import { randomUUID } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { toHex } from '#ledger/format/bytes.js';
import { canonicalize, type Json } from '#ledger/format/jcs.js';
import { PERIOD_LABELS } from '#regulations/labels.js';
import { ruleSetDescriptor, type RuleSetVersion } from '#regulations/rule-sets.js';
import { Journal, type NewEvent } from '../audit/journal.js';
import { rowData } from '../audit/row-data.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { withoutBook } from '../privacy/awaited-transcripts.js';
import { ClassAccess } from '../school/class-access.js';
import { sheetsOf, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { Gates, sheetKey } from '../windows/gates.js';
import { evaluated, PupilYears, type EvaluatedPupil } from './pupil-years.js';
import { PupilResult } from './results.entities.js';
import { holdDecided } from './reopened-classes.js';

/** How many results were written, and how many were already so. */
export interface ComputedResults {
  readonly written: number;
  readonly unchanged: number;
}

/** Who computes, when, and by which rule. */
type ComputedBy = Pick<NewEvent, 'actor' | 'session' | 'rule' | 'at'>;

@Injectable()
export class ResultComputation {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ClassAccess,
    private readonly classes: Classes,
    private readonly gates: Gates,
    private readonly years: PupilYears,
    private readonly journal: Journal,
  ) {}

  /**
   * Computes the whole class or nothing; a result that nothing has overtaken is left as it is.
   * @throws Problem STATE_CONFLICT with the sheets that are not locked; MARKS_MISSING with every missing or wrong value
   */
  async compute(session: SessionContext, classId: string): Promise<ComputedResults> {
    const { info, rule } = await this.access.authorize(session, classId, 'result.compute');
    const { schoolId } = info;
    return this.database.write(async (tx) => {
      await holdDecided(this.classes, tx, schoolId, [classId]);
      await this.refuseUnlocked(info);
      const years = await this.years.ofClass(info);
      const ids = years.map(({ pupil }) => pupil.id);
      const without = await withoutBook(tx, schoolId, ids, info.year.startsOn);
      const pupils = years
        .filter(({ pupil }) => !without.has(pupil.id))
        .map((pupilYear) => evaluated(info, pupilYear));
      refuseMissing(pupils);
      const at = this.clock.timestamp();
      const by = { actor: session.personId, session: session.sessionId, rule, at };
      return this.write(tx, info, pupils, by);
    });
  }

  /**
   * Computes results again that a correction has overtaken, in the unit that applies it and holds the class. Whatever
   * cannot be computed now (a sheet was reopened, something is missing) stays overtaken, and says so.
   */
  async again(
    tx: EntityManager,
    info: ClassInfo,
    pupilIds: readonly string[],
    by: ComputedBy,
  ): Promise<ComputedResults> {
    const nothing = { written: 0, unchanged: 0 };
    const locked = await this.gates.locked(info.schoolId, [info.id]);
    const isLocked = sheetsOf(info).every(({ area, period }) =>
      locked.has(sheetKey({ classId: info.id, area: area.area, period })),
    );
    if (!isLocked) return nothing;
    const years = await this.years.ofClass(info).catch((error: unknown) => {
      if (error instanceof Problem) return [];
      throw error;
    });
    const pupils = years
      .filter(({ pupil }) => pupilIds.includes(pupil.id))
      .map((pupilYear) => evaluated(info, pupilYear))
      .filter(({ answer }) => answer !== null);
    return this.write(tx, info, pupils, by);
  }

  private async write(
    tx: EntityManager,
    info: ClassInfo,
    pupils: readonly EvaluatedPupil[],
    by: ComputedBy,
  ): Promise<ComputedResults> {
    const { schoolId } = info;
    const before = await tx.findBy(PupilResult, { schoolId, yearId: info.year.id, classId: info.id });
    const rows = pupils.flatMap((pupil) => {
      const known = before.find((row) => row.pupilId === pupil.pupil.id);
      const row = resultRow(info, pupil, known?.id ?? randomUUID(), by.actor, by.at);
      return known !== undefined && holdsStill(known, row, pupil.newestEvent) ? [] : [row];
    });
    const events = rows.map((row): NewEvent => ({ ...by, ...computedEvent(row) }));
    const first = await this.journal.appendAll(tx, schoolId, events);
    const written = rows.map((row, i) => ({ ...row, eventSeq: first + i }));
    if (written.length > 0) await tx.upsert(PupilResult, written, ['schoolId', 'id']);
    return { written: written.length, unchanged: pupils.length - written.length };
  }

  private async refuseUnlocked(info: ClassInfo): Promise<void> {
    const locked = await this.gates.locked(info.schoolId, [info.id]);
    const items = sheetsOf(info)
      .filter(({ area, period }) => !locked.has(sheetKey({ classId: info.id, area: area.area, period })))
      .map(({ area, period }) => ({
        where: `${area.area} ${period}`,
        code: 'NOT_LOCKED',
        message: `${area.label}, ${PERIOD_LABELS[period]}: chưa khóa sổ.`,
      }));
    if (items.length > 0) {
      const detail = `Chưa tổng hợp được lớp ${info.name}: còn ${items.length} sổ chưa khóa.`;
      throw new Problem('STATE_CONFLICT', detail, items);
    }
  }
}

/** SHA-256 over JCS of the rule set's descriptor, hex: pinned in each transcript. */
export function ruleSetHash({ id, version }: RuleSetVersion): string {
  return hashOf(ruleSetDescriptor(id, version));
}

function hashOf(value: Json): string {
  return toHex(sha256(canonicalize(value)));
}

function refuseMissing(pupils: readonly EvaluatedPupil[]): void {
  const items = pupils.flatMap((pupil) => pupil.items);
  if (items.length === 0) return;
  const count = pupils.filter((pupil) => pupil.items.length > 0).length;
  const detail = `Chưa tổng hợp được: ${items.length} chỗ còn thiếu hoặc chưa đúng của ${count} học sinh.`;
  throw new Problem('MARKS_MISSING', detail, items);
}

type NewResult = Omit<PupilResult, 'eventSeq'>;

function resultRow(
  info: ClassInfo,
  { pupil, input, answer }: EvaluatedPupil,
  id: string,
  computedBy: string,
  computedAt: string,
): NewResult {
  return {
    schoolId: info.schoolId,
    id,
    classId: info.id,
    pupilId: pupil.id,
    yearId: info.year.id,
    ruleSet: info.ruleSet.id,
    ruleSetVersion: info.ruleSet.version,
    ruleSetHash: ruleSetHash(info.ruleSet),
    input: { ...input },
    answer: { ...answer },
    computedBy,
    computedAt,
  };
}

/** Nothing was recorded, corrected or noted since, and the rules give the same again. */
function holdsStill(known: PupilResult, now: NewResult, newestEvent: number): boolean {
  return (
    known.eventSeq > newestEvent &&
    known.ruleSetHash === now.ruleSetHash &&
    hashOf(known.input as Json) === hashOf(now.input as Json) &&
    hashOf(known.answer as Json) === hashOf(now.answer as Json)
  );
}

/** Input and answer are kept as hashes: their values are in the marks' own events. */
function computedEvent(row: NewResult): Pick<NewEvent, 'type' | 'subject' | 'subjectId' | 'data'> {
  const hashes = { input: hashOf(row.input as Json), answer: hashOf(row.answer as Json) };
  const data = { ...rowData(row, 'input', 'answer'), ...hashes };
  return { type: 'result.computed', subject: 'results', subjectId: row.id, data };
}
