/**
 * What stands in the way of closing a school year (practice.md 1, 2): every class decided on, every pupil's transcript
 * issued or held back with a reason, nothing asked for that waits, no window ahead.
 */
import { Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan } from 'typeorm';
import type { HeldPupilAnswer } from '#contracts/years.js';
import { Appeal } from '../corrections/appeals.entities.js';
import { Correction, TranscriptReissue } from '../corrections/corrections.entities.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { EarlierMark } from '../gradebook/gradebook.entities.js';
import type { ProblemItem } from '../http/problem.js';
import { YearSteps } from '../results/year-steps.js';
import type { ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import { SubjectChange, type SchoolYear } from '../school/school.entities.js';
import { Transcript, TranscriptBatch, type Held } from '../transcripts/transcripts.entities.js';
import { EntryWindow, Notice } from '../windows/windows.entities.js';

/** Reasons that a decision is still to come: after the summer, or of the principal. */
const UNDECIDED: ReadonlySet<string> = new Set(['SUMMER', 'PRINCIPAL_DECIDES', 'NO_DECISION']);

export interface ClosingState {
  readonly blockers: readonly ProblemItem[];
  readonly held: readonly HeldPupilAnswer[];
  readonly classes: readonly ClassInfo[];
}

@Injectable()
export class ClosingGates {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly classes: Classes,
    private readonly steps: YearSteps,
  ) {}

  /** Inside a unit that holds the classes it sees what the unit sees. */
  async of({ schoolId, id: yearId }: SchoolYear): Promise<ClosingState> {
    const classes = (await this.classes.ofYear(schoolId, yearId)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const blockers: ProblemItem[] = [...(await this.windowsAhead(schoolId, yearId))];
    const held: HeldPupilAnswer[] = [];
    for (const info of classes) {
      blockers.push(...(await this.asked(info)));
      if ((await this.classes.presentPupils(info)).length === 0) continue;
      const waiting = await this.steps.waiting(info);
      const issuing = await this.transcripts(info);
      held.push(...issuing.held);
      blockers.push(
        ...waiting.map(({ step, label, sentence }) =>
          blocker(info, `STEP_${step.toUpperCase()}`, `${label}: ${sentence}`),
        ),
        ...issuing.blockers,
      );
    }
    return { blockers, held, classes };
  }

  private async windowsAhead(schoolId: string, yearId: string): Promise<ProblemItem[]> {
    const windows = await this.database.read.findBy(EntryWindow, {
      ...{ schoolId, yearId, closesAt: MoreThan(this.clock.timestamp()) },
      ...{ cancelledAt: IsNull(), closedAt: IsNull() },
    });
    const ids = [...new Set(windows.map(({ noticeId }) => noticeId))];
    const notices =
      ids.length === 0 ? [] : await this.database.read.findBy(Notice, { schoolId, id: In(ids) });
    return notices.map(({ number }) => ({
      where: number,
      code: 'WINDOW_AHEAD',
      message: `Đợt cập nhật điểm theo thông báo ${number} còn mở hoặc sắp mở; hãy đóng hoặc hủy trước.`,
    }));
  }

  /** Who has an issued transcript, and who is held back; a later batch speaks for those it names. */
  private async transcripts(
    info: ClassInfo,
  ): Promise<{ readonly blockers: ProblemItem[]; readonly held: HeldPupilAnswer[] }> {
    const { schoolId, id: classId, name: className, year } = info;
    const read = this.database.read;
    const pupils = (await this.classes.presentPupils(info)).map(({ pupil }) => pupil);
    const issued = await read.find(Transcript, {
      select: { schoolId: true, id: true, pupilId: true },
      where: { schoolId, yearId: year.id, kind: 'hoc-ba', state: 'issued' },
    });
    const batches = await read.find(TranscriptBatch, {
      where: { schoolId, classId, kind: 'hoc-ba' },
      order: { composedAt: 'DESC' },
    });
    const reasonsOf = (pupilId: string): Held['reasons'] | undefined =>
      batches.flatMap((batch) => batch.held).find((each) => each.pupilId === pupilId)?.reasons;
    const left = pupils.filter(({ id }) => !issued.some(({ pupilId }) => pupilId === id));
    const known = left.flatMap((pupil) => {
      const reasons = reasonsOf(pupil.id);
      return reasons === undefined ? [] : [{ pupil, reasons }];
    });
    const undecided = known.filter(({ reasons }) => reasons.some(({ code }) => UNDECIDED.has(code)));
    const unknown = left.length - known.length;
    return {
      blockers: [
        ...(unknown === 0
          ? []
          : [
              blocker(
                info,
                'NOT_ISSUED',
                `${unknown} em chưa có học bạ, cũng không có tên trong danh sách giữ lại.`,
              ),
            ]),
        ...undecided.map(({ pupil, reasons }) =>
          blocker(info, 'NOT_DECIDED', `${pupil.fullName} (${pupil.code}): ${reasons[0]?.message ?? ''}`),
        ),
      ],
      held: known.map(({ pupil: { id: pupilId, fullName }, reasons }) => {
        return { classId, className, pupilId, fullName, reasons: reasons.map(({ message }) => message) };
      }),
    };
  }

  /** What somebody asked for and nobody could answer any more, also of a class that all have left. */
  private async asked(info: ClassInfo): Promise<ProblemItem[]> {
    const { schoolId, id: classId, year } = info;
    const read = this.database.read;
    const corrections = await read.countBy(Correction, {
      ...{ schoolId, classId, state: In(['requested', 'confirmed', 'approved']) },
    });
    const appeals = await read.countBy(Appeal, { schoolId, classId, state: 'asked' });
    const swaps = await read.countBy(SubjectChange, { schoolId, classId, state: 'requested' });
    const earlier = await read.findBy(EarlierMark, { schoolId, classId, state: 'entered' });
    const papers = new Set(earlier.map(({ requestId }) => requestId)).size;
    const reissues = await read.findBy(TranscriptReissue, { schoolId, classId });
    const transcripts = await read.find(Transcript, {
      select: { schoolId: true, id: true, pupilId: true, event: true, state: true },
      where: { schoolId, yearId: year.id, kind: 'hoc-ba', erasedAt: IsNull() },
    });
    const due = reissues.filter(({ transcriptId, pupilId }) => {
      const old = transcripts.find(({ id }) => id === transcriptId);
      return (
        old !== undefined &&
        !transcripts.some((t) => t.pupilId === pupilId && t.event > old.event && t.state === 'issued')
      );
    });
    const found: [number, string, string][] = [
      [corrections, 'CORRECTION_WAITS', 'đề nghị sửa còn chờ'],
      [appeals, 'APPEAL_WAITS', 'đề nghị phúc khảo chưa trả lời'],
      [swaps, 'SUBJECT_CHANGE_WAITS', 'đề nghị đổi môn lựa chọn chưa giải quyết'],
      [papers, 'EARLIER_MARKS_WAIT', 'bộ kết quả trường cũ chưa được người thứ hai xác nhận'],
      [due.length, 'REISSUE_WAITS', 'học bạ phải cấp lại sau khi sửa'],
    ];
    return found
      .filter(([count]) => count > 0)
      .map(([count, code, words]) => blocker(info, code, `còn ${count} ${words}.`));
  }
}

function blocker({ name }: ClassInfo, code: string, message: string): ProblemItem {
  return { where: name, code, message: `Lớp ${name}: ${message}` };
}
