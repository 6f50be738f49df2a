/** What erasing a pupil would destroy, what must be kept and why, and what stands in the way; part by part. */
import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { ERASURE_GROUNDS, type ErasurePart, type HeldRecord } from '#regulations/retention.js';
import { Appeal } from '../corrections/appeals.entities.js';
import { OPEN_STATES } from '../corrections/correction-rules.js';
import { Correction } from '../corrections/corrections.entities.js';
import { PupilChange } from '../corrections/pupil-changes.entities.js';
import { Clock } from '../clock.js';
import { erased, notFound, Problem, type ProblemItem } from '../http/problem.js';
import { Pupil } from '../school/school.entities.js';
import { Transcript } from '../transcripts/transcripts.entities.js';
import { classDocumentsOf } from './class-documents.js';
import { awaitedTranscripts } from './awaited-transcripts.js';
import type { Erasure } from './privacy.entities.js';
import { eventsAbout, rowsOfPart, type FoundRows, type OfPupil } from './pupil-rows.js';
import { heldOf, loadFacts, type PupilFacts } from './retention-facts.js';

export const PART_LABELS: Readonly<Record<ErasurePart, string>> = {
  family: 'Tài khoản của gia đình',
  book: 'Điểm, đánh giá, kết quả, đề nghị sửa, phúc khảo, minh chứng',
  transcript: 'Học bạ và các khóa, muối của học bạ',
  identity: 'Họ tên, ngày sinh, số định danh, chỗ ở và mọi thông tin về học sinh',
};

/** One part, as it is now. */
export interface PartPlan {
  readonly part: ErasurePart;
  readonly found: readonly FoundRows[];
  /** Numbers of the events whose text and salt go. */
  readonly events: readonly number[];
  readonly held: readonly HeldRecord[];
  /** Sentences. */
  readonly obstacles: readonly string[];
}

@Injectable()
export class ErasurePlans {
  constructor(private readonly clock: Clock) {}

  /** @throws Problem NOT_FOUND also for another school's pupil; ERASED when nothing of the pupil is left */
  async plan(
    read: EntityManager,
    schoolId: string,
    pupilId: string,
    parts: readonly ErasurePart[],
  ): Promise<{ pupil: Pupil; parts: PartPlan[] }> {
    const pupil = await read.findOneBy(Pupil, { schoolId, id: pupilId });
    if (pupil === null) throw notFound('học sinh');
    const today = this.clock.today();
    const [facts] = await loadFacts(read, schoolId, today, [pupilId]);
    if (pupil.erasedAt !== null || facts === undefined) throw erased('học sinh này');
    const of = { read, schoolId, pupilId };
    const plans: PartPlan[] = [];
    for (const part of parts) {
      const found = await rowsOfPart(of, part);
      plans.push({
        ...{ part, found, events: await eventsAbout(of, found), held: heldOf(facts, part, today) },
        obstacles: [...learning(facts), ...(await obstaclesOf(of, part, parts))],
      });
    }
    return { pupil, parts: plans };
  }

  /**
   * What is asked for, when nothing forbids it now.
   * @throws Problem RETAINED naming each record, its article and until when; STATE_CONFLICT with what stands in the way
   */
  async allowed(
    read: EntityManager,
    { schoolId, pupilId, parts, ground }: Pick<Erasure, 'schoolId' | 'pupilId' | 'parts' | 'ground'>,
  ): Promise<{ pupil: Pupil; parts: PartPlan[] }> {
    const plan = await this.plan(read, schoolId, pupilId, parts);
    if (!ERASURE_GROUNDS[ground].lifts) refuseHeld(plan.parts);
    const items = plan.parts.flatMap(({ part, obstacles }) =>
      obstacles.map((message) => ({ where: part, code: 'STATE_CONFLICT', message })),
    );
    if (items.length > 0) throw new Problem('STATE_CONFLICT', items[0]?.message ?? '', items);
    if (plan.parts.every(({ found }) => found.length === 0)) {
      throw new Problem('STATE_CONFLICT', 'Không có dữ liệu nào thuộc các phần này để xóa.');
    }
    return plan;
  }
}

function refuseHeld(parts: readonly PartPlan[]): void {
  const items = parts.flatMap(({ part, held }) =>
    held.map(({ record, name, year, article, until }): ProblemItem => {
      const how = until === null ? 'lưu vĩnh viễn' : `lưu đến hết ngày ${until}`;
      return { where: part, code: record, message: `${name} năm học ${year}: ${how} (${article}).` };
    }),
  );
  if (items.length === 0) return;
  const detail = `Còn ${String(items.length)} hồ sơ phải lưu theo quy định; chưa xóa được các phần này. ${items[0]?.message ?? ''}`;
  throw new Problem('RETAINED', detail, items);
}

function learning({ learnsIn }: PupilFacts): string[] {
  return learnsIn === null
    ? []
    : [
        `Em đang học lớp ${learnsIn}: nhà trường còn phải có dữ liệu này đến khi em thôi học hoặc hết năm học.`,
      ];
}

/** What is still going on, and what has to go first. */
async function obstaclesOf(of: OfPupil, part: ErasurePart, asked: readonly ErasurePart[]): Promise<string[]> {
  const { read, schoolId, pupilId } = of;
  const where = { schoolId, pupilId };
  switch (part) {
    case 'family':
      return [];
    case 'book': {
      const open =
        (await read.countBy(Correction, { ...where, state: In([...OPEN_STATES]) })) +
        (await read.countBy(Appeal, { ...where, state: 'asked' }));
      const unfinished = (await classDocumentsOf(of)).filter(
        ({ state }) => state !== 'issued' && state !== 'returned',
      );
      return [
        ...(open === 0 ? [] : [`Còn ${String(open)} đề nghị sửa, phúc khảo chưa giải quyết.`]),
        ...(unfinished.length === 0
          ? []
          : ['Sổ theo dõi hoặc bảng tổng hợp của lớp có tên em đang lập, kí; hãy xong hoặc trả lại trước.']),
        ...(asked.includes('identity') ? [] : await awaitedTranscripts(of)),
      ];
    }
    case 'transcript': {
      const open = await read.countBy(Transcript, { ...where, state: In(['composed', 'sealed']) });
      return open === 0 ? [] : ['Học bạ của em đang lập, kí hoặc chờ Sổ Cái; hãy xong hoặc trả lại trước.'];
    }
    case 'identity': {
      const open = await read.countBy(PupilChange, { ...where, state: 'proposed' });
      const left: ErasurePart[] = [];
      for (const other of ['family', 'book', 'transcript'] as const) {
        if (!asked.includes(other) && (await rowsOfPart(of, other)).length > 0) left.push(other);
      }
      return [
        ...(open === 0 ? [] : ['Còn đề nghị sửa thông tin của em chưa giải quyết.']),
        ...left.map((other) => `Phải xóa cùng hoặc trước: ${PART_LABELS[other]}.`),
      ];
    }
  }
}
