/** How far the end of the year has come for a class: the order of the law as steps, each with what it waits for. */
import { Injectable } from '@nestjs/common';
import type { YearStepAnswer, YearStepsAnswer } from '#contracts/council.js';
import { Database } from '../database/database.js';
import type { SessionContext } from '../identity/session-context.js';
import { ClassAccess } from '../school/class-access.js';
import { sheetsOf, type ClassInfo } from '../school/class-info.js';
import { Gates, sheetKey } from '../windows/gates.js';
import { ClassLists } from './class-lists.js';
import { passed } from './council-meetings.js';
import { CouncilMeeting } from './council.entities.js';
import { Recognitions } from './recognitions.js';
import { Results } from './results.js';

type State = 'done' | 'waiting' | 'not-needed';
type Step = Omit<YearStepAnswer, 'state'> & { readonly state: State };

@Injectable()
export class YearSteps {
  constructor(
    private readonly database: Database,
    private readonly access: ClassAccess,
    private readonly gates: Gates,
    private readonly results: Results,
    private readonly recognitions: Recognitions,
    private readonly lists: ClassLists,
  ) {}

  /** In order; a step that waits blocks those after it. */
  async ofClass(session: SessionContext, classId: string): Promise<YearStepsAnswer> {
    const { info } = await this.access.authorize(session, classId, 'result.read');
    const steps = await this.all(info);
    const firstWaiting = steps.findIndex(({ state }) => state === 'waiting');
    return {
      classId,
      steps: steps.map((step, i): YearStepAnswer => {
        const blocked = firstWaiting !== -1 && i > firstWaiting && step.state === 'waiting';
        return { ...step, state: blocked ? 'blocked' : step.state };
      }),
    };
  }

  /** Steps of a class that are still to be done, for whoever closes the year. */
  async waiting(info: ClassInfo): Promise<Step[]> {
    return (await this.all(info)).filter(({ state }) => state === 'waiting');
  }

  private async all(info: ClassInfo): Promise<Step[]> {
    return [
      await this.locks(info),
      await this.computed(info),
      await this.recognition(info),
      await this.list(info),
      await this.council(info),
      await this.decision(info),
    ];
  }

  private async locks(info: ClassInfo): Promise<Step> {
    const locked = await this.gates.locked(info.schoolId, [info.id]);
    const open = sheetsOf(info).filter(
      ({ area, period }) => !locked.has(sheetKey({ classId: info.id, area: area.area, period })),
    ).length;
    const sentence = open === 0 ? 'Mọi sổ đã khóa.' : `Còn ${open} sổ chưa khóa.`;
    return step('locks', 'Khóa sổ', open === 0, sentence);
  }

  private async computed(info: ClassInfo): Promise<Step> {
    const standing = await this.results.standing(info);
    const left = standing.filter(
      ({ result, stale, bookErased }) => (result === null && !bookErased) || stale,
    ).length;
    const done = left === 0 && standing.length > 0;
    const sentence = done ? 'Mọi học sinh có kết quả.' : `Còn ${left} học sinh chưa có kết quả đúng với sổ.`;
    return step('results', 'Tổng hợp kết quả', done, sentence);
  }

  private async recognition(info: ClassInfo): Promise<Step> {
    const label = 'Lớp công nhận (học sinh tiêu biểu)';
    if (info.school.level !== 'PRIMARY') {
      const sentence = 'Chỉ có ở cấp tiểu học (Thông tư 27/2020/TT-BGDĐT Đ.13).';
      return { step: 'recognition', label, state: 'not-needed', sentence };
    }
    const left = (await this.recognitions.unrecognised(info)).length;
    const sentence =
      left === 0
        ? 'Ai được ghi là lớp công nhận đều có biên bản.'
        : `Còn ${left} em chưa có biên bản họp lớp.`;
    return step('recognition', label, left === 0, sentence);
  }

  private async list(info: ClassInfo): Promise<Step> {
    const waiting = (await this.lists.waiting(info)).length;
    const sentence =
      waiting > 0
        ? `Còn ${waiting} em chưa có trong danh sách nào của giáo viên chủ nhiệm đúng với kết quả hiện nay.`
        : 'Danh sách đã gửi và đúng với kết quả.';
    return step('list', 'Danh sách của giáo viên chủ nhiệm', waiting === 0, sentence);
  }

  private async council(info: ClassInfo): Promise<Step> {
    const { schoolId, year } = info;
    const undecided = await this.undecided(info);
    const list = await this.lists.standing(info);
    const meetings = await this.database.read.findBy(CouncilMeeting, { schoolId, yearId: year.id });
    const voted = meetings.some(({ votes, present }) =>
      votes.some((vote) => vote.listId === list?.id && passed(vote, present)),
    );
    const done = undecided === 0 || voted;
    const sentence = done
      ? 'Hội đồng đã thông qua danh sách này.'
      : 'Hội đồng chưa thông qua danh sách hiện nay.';
    return step('council', 'Họp hội đồng', done, sentence);
  }

  private async decision(info: ClassInfo): Promise<Step> {
    const standing = await this.results.standing(info);
    const undecided = await this.undecided(info);
    const decisions = new Map(
      standing.flatMap(({ decision }) => (decision ? [[decision.id, decision]] : [])),
    );
    const named = [...decisions.values()].map(({ number, decidedOn }) => `số ${number} ngày ${decidedOn}`);
    const sentence =
      undecided > 0
        ? `Còn ${undecided} em chưa có quyết định đúng với kết quả hiện nay.`
        : `Quyết định ${named.join('; ')}.`;
    return step('decision', 'Quyết định', undecided === 0, sentence);
  }

  private async undecided(info: ClassInfo): Promise<number> {
    const standing = await this.results.standing(info);
    return standing.filter(({ decision, bookErased }) => decision === null && !bookErased).length;
  }
}

function step(name: string, label: string, done: boolean, sentence: string): Step {
  return { step: name, label, state: done ? 'done' : 'waiting', sentence };
}
