/** Results as they stand: what was computed, and whether a later mark or note has overtaken it. */
import { Injectable } from '@nestjs/common';
import { HONOUR_LABELS, promotionSentence } from '#regulations/labels.js';
import type { Answer, ErrorAnswer } from '#regulations/types.js';
import type { DecisionAnswer, PupilResultAnswer, ResultsAnswer } from '#contracts/results.js';
import { Database } from '../database/database.js';
import { Problem } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
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
  readonly result: PupilResult | null;
  /** A mark or note has a later journal event than the result. */
  readonly stale: boolean;
}

/** A class whose every pupil has a result that holds, and the council's decision on them. */
export interface DecidedClass {
  readonly results: readonly { readonly pupil: Pupil; readonly result: PupilResult }[];
  readonly decision: CouncilDecision;
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
    const [decision] = await this.decisions(info);
    return {
      classId,
      className: info.name,
      ruleSet: info.ruleSet.id,
      ruleSetVersion: info.ruleSet.version,
      complete: standing.every(({ result, stale }) => result !== null && !stale),
      results: standing.map((each) => resultAnswer(info, each)),
      decision: decision ?? null,
    };
  }

  /** Decisions on a class, newest first. */
  async decisionsOf(session: SessionContext, classId: string): Promise<DecisionAnswer[]> {
    const { info } = await this.access.authorize(session, classId, 'result.read');
    return this.decisions(info);
  }

  /** Every pupil of the class in the order of the class list. */
  async standing(info: ClassInfo): Promise<StandingResult[]> {
    const { schoolId, id: classId, year } = info;
    const pupils = await this.years.ofClass(info);
    const rows = await this.database.read.findBy(PupilResult, { schoolId, yearId: year.id, classId });
    return pupils.map(({ pupil, newestEvent }) => {
      const result = rows.find((row) => row.pupilId === pupil.id) ?? null;
      return { pupil, result, stale: result !== null && result.eventSeq < newestEvent };
    });
  }

  /**
   * Results that may be decided on: one for every pupil, none overtaken.
   * @throws Problem RESULTS_MISSING with the pupils without one
   */
  async complete(info: ClassInfo): Promise<DecidedClass['results']> {
    const standing = await this.standing(info);
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
   * What issuing is gated on: complete results, and a decision of the council entered after they were computed.
   * @throws Problem RESULTS_MISSING, NO_DECISION
   */
  async decided(info: ClassInfo): Promise<DecidedClass> {
    const results = await this.complete(info);
    const decision = await this.decisionInForce(info);
    if (decision === null) {
      const rows = await this.decisionRows(info);
      const detail =
        rows.length === 0
          ? `Chưa nhập quyết định của hội đồng về kết quả của lớp ${info.name}; chưa có quyết định thì chưa phát hành.`
          : `Kết quả của lớp ${info.name} được tổng hợp lại sau quyết định số ${rows[0]?.number ?? ''}; hãy nhập quyết định mới.`;
      throw new Problem('NO_DECISION', detail);
    }
    return { results, decision };
  }

  /** The decision entered after the newest result; null when there is none. */
  async decisionInForce(info: ClassInfo): Promise<CouncilDecision | null> {
    const newest = await this.newestSeq(info);
    return (await this.decisionRows(info)).find((row) => row.eventSeq > newest) ?? null;
  }

  /** Number of the newest result's journal event in the class; -1 without any. */
  async newestSeq({ schoolId, id: classId, year }: ClassInfo): Promise<number> {
    const where = { schoolId, yearId: year.id, classId };
    const order = { eventSeq: 'DESC' } as const;
    const [newest] = await this.database.read.find(PupilResult, {
      select: { schoolId: true, id: true, eventSeq: true },
      where,
      order,
      take: 1,
    });
    return newest?.eventSeq ?? -1;
  }

  private decisionRows({ schoolId, id: classId }: ClassInfo): Promise<CouncilDecision[]> {
    return this.database.read.find(CouncilDecision, {
      where: { schoolId, classId },
      order: { eventSeq: 'DESC' },
    });
  }

  private async decisions(info: ClassInfo): Promise<DecisionAnswer[]> {
    const rows = await this.decisionRows(info);
    const standing = await this.standing(info);
    const newest = Math.max(-1, ...standing.map(({ result }) => result?.eventSeq ?? -1));
    const names = await this.people.names(
      info.schoolId,
      rows.map((row) => row.enteredBy),
    );
    return rows.map(({ id, classId, number, decidedOn, enteredBy, enteredAt, eventSeq }) => {
      const inForce = eventSeq > newest && standing.every(({ stale }) => !stale);
      return {
        id,
        classId,
        className: info.name,
        number,
        decidedOn,
        enteredBy: names(enteredBy),
        enteredAt,
        inForce,
      };
    });
  }
}

function resultAnswer(info: ClassInfo, { pupil, result, stale }: StandingResult): PupilResultAnswer {
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
  };
}
