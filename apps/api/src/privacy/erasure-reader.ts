/** What could be erased of a pupil, the requests so far, and whose periods are over. */
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type {
  ErasureAnswer,
  ErasurePreviewAnswer,
  RetentionAnswer,
  RetentionRowAnswer,
} from '#contracts/privacy.js';
import { charterAt } from '#regulations/charter.js';
import { ERASURE_GROUNDS, ERASURE_PARTS, type ErasurePart } from '#regulations/retention.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { notFound } from '../http/problem.js';
import type { SessionContext } from '../identity/session-context.js';
import { People } from '../school/people.js';
import { Pupil } from '../school/school.entities.js';
import { ErasureAccess } from './erasure-access.js';
import { ErasurePlans, PART_LABELS } from './erasure-plan.js';
import { Erasure } from './privacy.entities.js';
import { sharedActs } from './pupil-rows.js';
import { heldOf, loadFacts, type PupilFacts } from './retention-facts.js';

/** What no erasure takes away, in words. */
const STAYS = [
  'Các mục của Sổ Cái và chuỗi cam kết của nhật kí: không chứa dữ liệu cá nhân, không mở được khi muối đã hủy.',
  'Mã số không tên của em trong biên bản, danh sách, quyết định chung của lớp và của hội đồng.',
  'Tệp học bạ mà gia đình, trường khác đang giữ: vẫn kiểm chứng được.',
];

@Injectable()
export class ErasureReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly access: ErasureAccess,
    private readonly people: People,
    private readonly plans: ErasurePlans,
  ) {}

  /** @throws Problem FORBIDDEN; NOT_FOUND; ERASED */
  async preview(session: SessionContext, pupilId: string): Promise<ErasurePreviewAnswer> {
    await this.access.toPupil(session, pupilId, 'erasure.read');
    const { schoolId } = session;
    const read = this.database.read;
    const { pupil, parts } = await this.plans.plan(read, schoolId, pupilId, ERASURE_PARTS);
    const shared = await sharedActs({ read, schoolId, pupilId });
    return {
      pupilId,
      fullName: pupil.fullName,
      parts: parts.map(({ part, found, events, held, obstacles }) => ({
        ...{ part, label: PART_LABELS[part], events: events.length, obstacles: [...obstacles] },
        rows: found.reduce((sum, { rows }) => sum + rows.length, 0),
        held: held.map((record) => ({ ...record })),
      })),
      stays: shared === 0 ? STAYS : [...STAYS, sharedWords(shared)],
    };
  }

  async list(session: SessionContext): Promise<ErasureAnswer[]> {
    await this.access.toList(session);
    const { schoolId } = session;
    const rows = await this.database.read.find(Erasure, {
      where: { schoolId },
      order: { requestedAt: 'DESC', id: 'ASC' },
    });
    return this.answers(schoolId, rows);
  }

  /** @throws Problem NOT_FOUND also for another school's */
  async one(session: SessionContext, id: string): Promise<ErasureAnswer> {
    await this.access.toOne(session);
    const rows = await this.database.read.findBy(Erasure, { schoolId: session.schoolId, id });
    const [answer] = await this.answers(session.schoolId, rows);
    if (answer === undefined) throw notFound('đề nghị xóa dữ liệu');
    return answer;
  }

  /** Pupils who have left and of whom something need not be kept any longer. */
  async retention(session: SessionContext): Promise<RetentionAnswer> {
    await this.access.toList(session);
    const day = this.clock.today();
    const facts = await loadFacts(this.database.read, session.schoolId, day);
    return { day, pupils: facts.flatMap((each) => overRow(each, day)) };
  }

  private async answers(schoolId: string, rows: readonly Erasure[]): Promise<ErasureAnswer[]> {
    const id = In(rows.map(({ pupilId }) => pupilId));
    const pupils = rows.length === 0 ? [] : await this.database.read.findBy(Pupil, { schoolId, id });
    const names = await this.people.names(
      schoolId,
      rows.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy]),
    );
    return rows.map((row) => ({
      ...{ id: row.id, pupilId: row.pupilId, state: row.state, parts: row.parts, ground: row.ground },
      ...{ paper: row.paper, reason: row.reason, requestedAt: row.requestedAt },
      ...{ decidedAt: row.decidedAt, decisionReason: row.decisionReason },
      fullName: pupils.find((pupil) => pupil.id === row.pupilId)?.fullName ?? '',
      groundLabel: ERASURE_GROUNDS[row.ground].label,
      requestedBy: names(row.requestedBy),
      decidedBy: row.decidedBy === null ? null : names(row.decidedBy),
    }));
  }
}

function sharedWords(shared: number): string {
  return `${String(shared)} lần xác nhận hai lớp nêu tên em cùng học sinh khác: giữ làm chứng cho các em kia, hủy khi em cuối cùng được xóa.`;
}

function overRow(facts: PupilFacts, day: string): RetentionRowAnswer[] {
  const last = facts.years.at(-1);
  if (facts.learnsIn !== null || last === undefined) return [];
  const has: Readonly<Record<ErasurePart, boolean>> = {
    family: facts.hasFamily,
    book: facts.bookYears.length > 0,
    transcript: facts.transcriptYears.length > 0,
    identity: true,
  };
  const over = ERASURE_PARTS.filter((part) => has[part] && heldOf(facts, part, day).length === 0);
  if (over.length === 0) return [];
  const { id: pupilId, code, fullName } = facts.pupil;
  const { article: charter } = charterAt(last.endsOn, facts.level);
  return [{ pupilId, code, fullName, lastYear: last.label, charter, over }];
}
