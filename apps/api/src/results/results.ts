/** Results as they stand: what was computed, and whether a later mark or note has overtaken it. */
import { Injectable } from '@nestjs/common';
import { HONOUR_LABELS, promotionSentence } from '#regulations/labels.js';
import type { Answer, ErrorAnswer, EvaluateInput } from '#regulations/types.js';
import type { DecisionAnswer, PupilResultAnswer, ResultsAnswer } from '#contracts/results.js';
import { Database } from '../database/database.js';
import type { MarkCell } from '../gradebook/gradebook.entities.js';
import { erased, Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { withoutBook } from '../privacy/awaited-transcripts.js';
import { ClassAccess } from '../school/class-access.js';
import type { ClassInfo } from '../school/class-info.js';
import { People } from '../school/people.js';
import type { Pupil } from '../school/school.entities.js';
import { PupilYears } from './pupil-years.js';
import { CouncilDecision, PupilResult } from './results.entities.js';

/** What `evaluate` answers when nothing is in the way. */
export type ResultOfYear = Exclude<Answer, ErrorAnswer>;

/** A pupil of the class with the result as it stands. */
export interface StandingResult {
  readonly pupil: Pupil;
  /** What is recorded of the pupil's year now. */
  readonly input: EvaluateInput;
  readonly result: PupilResult | null;
  /** A mark or note has a later journal event than the result. */
  readonly stale: boolean;
  /** The pupil's book was erased by approval: there will be no result, and nobody waits for one. */
  readonly bookErased: boolean;
  /** The council's decision on this very result; null while there is none, or once the result has moved since. */
  readonly decision: CouncilDecision | null;
}

/** A pupil whose result holds. */
export interface HeldResult {
  readonly pupil: Pupil;
  readonly result: PupilResult;
}

/** A class of which the council has decided on some pupils; decided + undecided + withoutBook = the class. */
export interface DecidedClass {
  readonly decided: readonly (HeldResult & { readonly decision: CouncilDecision })[];
  readonly undecided: readonly Pupil[];
  readonly withoutBook: readonly Pupil[];
}

@Injectable()
export class Results {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
    private readonly people: People,
    private readonly years: PupilYears,
  ) {}

  /** The results of a class as its homeroom teacher and managers see them. */
  async ofClass(session: SessionContext, classId: string): Promise<ResultsAnswer> {
    const { info } = await this.access.authorize(session, classId, 'result.read');
    const standing = await this.standing(info);
    const [decision] = await this.decisions(info, standing);
    return {
      classId,
      className: info.name,
      ruleSet: info.ruleSet.id,
      ruleSetVersion: info.ruleSet.version,
      complete: standing.every(({ result, stale }) => result !== null && !stale),
      results: standing.map((each) => resultAnswer(info, each)),
      decision: decision ?? null,
      undecided: standing.filter((each) => each.decision === null).map(({ pupil }) => pupil.id),
    };
  }

  /** Decisions on a class, newest first. */
  async decisionsOf(session: SessionContext, classId: string): Promise<DecisionAnswer[]> {
    const { info } = await this.access.authorize(session, classId, 'result.read');
    return this.decisions(info, await this.standing(info));
  }

  /** Every pupil of the class in the order of the class list. */
  async standing(info: ClassInfo, cells?: readonly MarkCell[]): Promise<StandingResult[]> {
    const { schoolId, id: classId, year } = info;
    const pupils = await this.years.ofClass(info, cells);
    const rows = await this.database.read.findBy(PupilResult, { schoolId, yearId: year.id, classId });
    const decisions = await this.decisionRows(info);
    const ids = pupils.map(({ pupil }) => pupil.id);
    const without = await withoutBook(this.database.read, schoolId, ids, year.startsOn);
    return pupils.map(({ pupil, input, newestEvent }) => {
      const result = rows.find((row) => row.pupilId === pupil.id) ?? null;
      const stale = result !== null && result.eventSeq < newestEvent;
      const decision = result === null || stale ? null : decisionOn(decisions, result);
      const bookErased = result === null && without.has(pupil.id);
      return { pupil, input, result, stale, bookErased, decision };
    });
  }

  /**
   * Results that may be decided on: one for every pupil asked about, none overtaken.
   * @param pupilIds those asked about; left out, whoever is not decided on (everyone, when all are)
   * @throws Problem RESULTS_MISSING with the pupils without one
   */
  async complete(info: ClassInfo, pupilIds?: readonly string[]): Promise<readonly HeldResult[]> {
    const everyone = (await this.standing(info)).filter(({ bookErased }) => !bookErased);
    const undecided = everyone.filter(({ decision }) => decision === null);
    const left = undecided.length === 0 ? everyone : undecided;
    const standing =
      pupilIds === undefined ? left : everyone.filter(({ pupil }) => pupilIds.includes(pupil.id));
    const items = standing
      .filter(({ result, stale }) => result === null || stale)
      .map(({ pupil, stale }) => ({
        where: pupil.id,
        code: stale ? 'RESULT_STALE' : 'RESULT_MISSING',
        message: `${pupil.fullName} (${pupil.code}): ${stale ? 'điểm hoặc đánh giá đã đổi sau khi tổng hợp' : 'chưa có kết quả'}.`,
      }));
    if (items.length > 0 || standing.length === 0) {
      const detail = `Lớp ${info.name} chưa có đủ kết quả; hãy tổng hợp (lại) trước.`;
      throw new Problem('RESULTS_MISSING', detail, items);
    }
    return standing.flatMap(({ pupil, result }) => (result === null ? [] : [{ pupil, result }]));
  }

  /**
   * What issuing is gated on: the council's decision on a pupil's result as it is now. Whoever has none is held back,
   * the rest of the class is not.
   * @param cells the class's, where they are read already
   * @throws Problem RESULTS_MISSING, NO_DECISION when nobody of the class is decided on; ERASED when no book is left
   */
  async decided(info: ClassInfo, cells?: readonly MarkCell[]): Promise<DecidedClass> {
    const standing = await this.standing(info, cells);
    const decided = standing.flatMap(({ pupil, result, decision }) =>
      result === null || decision === null ? [] : [{ pupil, result, decision }],
    );
    const erasedBooks = standing.filter(({ bookErased }) => bookErased).map(({ pupil }) => pupil);
    if (decided.length === 0) {
      if (erasedBooks.length > 0 && erasedBooks.length === standing.length) {
        throw erased(`cả lớp ${info.name} (điểm, kết quả)`);
      }
      await this.complete(info);
      const [row] = await this.decisionRows(info);
      const detail =
        row === undefined
          ? `Chưa nhập quyết định của hội đồng về kết quả của lớp ${info.name}; chưa có quyết định thì chưa phát hành.`
          : `Kết quả của lớp ${info.name} được tổng hợp lại sau quyết định số ${row.number}; hãy nhập quyết định mới.`;
      throw new Problem('NO_DECISION', detail);
    }
    const undecided = standing
      .filter(({ decision, bookErased }) => decision === null && !bookErased)
      .map(({ pupil }) => pupil);
    return { decided, undecided, withoutBook: erasedBooks };
  }

  /** Number of the journal event that computed each pupil's result. */
  async seqs({ schoolId, id: classId, year }: ClassInfo): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.read.find(PupilResult, {
      select: { schoolId: true, id: true, pupilId: true, eventSeq: true },
      where: { schoolId, yearId: year.id, classId },
    });
    return new Map(rows.map(({ pupilId, eventSeq }) => [pupilId, eventSeq]));
  }

  private decisionRows({ schoolId, id: classId }: ClassInfo): Promise<CouncilDecision[]> {
    return this.database.read.find(CouncilDecision, {
      where: { schoolId, classId },
      order: { eventSeq: 'DESC' },
    });
  }

  private async decisions(info: ClassInfo, standing: readonly StandingResult[]): Promise<DecisionAnswer[]> {
    const rows = await this.decisionRows(info);
    const names = await this.people.names(
      info.schoolId,
      rows.map((row) => row.enteredBy),
    );
    return rows.map(({ id, classId, number, decidedOn, enteredBy, enteredAt, pupilIds }) => {
      const decides = new Set(
        standing.filter(({ decision }) => decision?.id === id).map(({ pupil }) => pupil.id),
      );
      return {
        ...{ id, classId, className: info.name, number, decidedOn },
        ...{ enteredBy: names(enteredBy), enteredAt, inForce: decides.size > 0 },
        pupilIds: [...pupilIds],
        overtaken: pupilIds.filter((pupilId) => !decides.has(pupilId)),
      };
    });
  }
}

/** The newest decision on the pupil that was entered after the result was computed. @param decisions newest first */
export function decisionOn(
  decisions: readonly CouncilDecision[],
  { pupilId, eventSeq }: Pick<PupilResult, 'pupilId' | 'eventSeq'>,
): CouncilDecision | null {
  return decisions.find((row) => row.eventSeq > eventSeq && row.pupilIds.includes(pupilId)) ?? null;
}

function resultAnswer(
  info: ClassInfo,
  { pupil, result, stale, decision }: StandingResult,
): PupilResultAnswer {
  const answer = (result?.answer ?? null) as ResultOfYear | null;
  const promotion = answer?.promotion ?? null;
  const honour = answer?.honour ?? null;
  return {
    pupilId: pupil.id,
    code: pupil.code,
    fullName: pupil.fullName,
    answer: answer === null ? null : { ...answer },
    promotion: promotion === null ? null : promotionSentence(promotion, info.grade),
    honour: honour === null ? null : HONOUR_LABELS[honour],
    computedAt: result?.computedAt ?? null,
    stale,
    decidedBy: decision?.number ?? null,
  };
}
