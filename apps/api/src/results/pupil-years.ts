/** The year of each pupil of a class, as evaluate reads it: recorded cells and notes. */
import { Injectable } from '@nestjs/common';
import { buildInput, PupilYearError, type PupilYear, type RecordedCell } from '#regulations/build-input.js';
import { inputIssues, isErrorAnswer } from '#regulations/evaluate.js';
import { problemSentence } from '#regulations/labels.js';
import type { Answer, ErrorAnswer, EvaluateInput, Period } from '#regulations/types.js';
import { Database } from '../database/database.js';
import type { MarkCell } from '../gradebook/gradebook.entities.js';
import { MarkStore } from '../gradebook/mark-store.js';
import { Problem, type ProblemItem } from '../http/problem.js';
import { areaLabel, areasOf, type ClassInfo } from '../school/class-info.js';
import { Classes } from '../school/classes.js';
import type { Pupil } from '../school/school.entities.js';
import { YearNote, type YearNoteContent } from './results.entities.js';

/** A pupil with everything their result follows from. */
export interface PupilOfYear {
  readonly pupil: Pupil;
  /** What is recorded of the year, cell by cell. */
  readonly year: PupilYear;
  readonly input: EvaluateInput;
  /** Newest journal event among the pupil's recorded cells and note; -1 without any. */
  readonly newestEvent: number;
}

/** What became of one pupil's input. */
export interface EvaluatedPupil extends PupilOfYear {
  /** Null when something is missing or wrong. */
  readonly answer: Exclude<Answer, ErrorAnswer> | null;
  /** What stands in the way, each named. */
  readonly items: readonly ProblemItem[];
}

@Injectable()
export class PupilYears {
  constructor(
    private readonly database: Database,
    private readonly classes: Classes,
    private readonly marks: MarkStore,
  ) {}

  /** Those who are in the class, in the order of the class list. */
  async ofClass(info: ClassInfo): Promise<PupilOfYear[]> {
    const { schoolId } = info;
    const present = await this.classes.presentPupils(info);
    const cells = (await this.marks.ofClasses(schoolId, [info.id])).filter(
      (cell) => cell.state === 'recorded',
    );
    const notes = await this.database.read.findBy(YearNote, { schoolId, classId: info.id });
    return present.map(({ pupil }) => {
      const own = cells.filter((cell) => cell.pupilId === pupil.id);
      const note = notes.find((candidate) => candidate.pupilId === pupil.id);
      const year = yearOf(info, pupil.id, own, note?.note ?? {});
      return {
        pupil,
        year,
        input: inputOf(info, pupil, year),
        newestEvent: Math.max(-1, note?.eventSeq ?? -1, ...own.map((cell) => cell.eventSeq ?? -1)),
      };
    });
  }
}

/** @throws Problem STATE_CONFLICT when something is recorded of a subject that the class is no longer taught */
function inputOf(info: ClassInfo, pupil: Pupil, year: PupilYear): EvaluateInput {
  try {
    return buildInput(year);
  } catch (error) {
    if (!(error instanceof PupilYearError)) throw error;
    const areas = new Set(areasOf(info).map(({ area }) => area));
    const lost = year.cells.find(({ area }) => !areas.has(area))?.area ?? '';
    const detail = `${pupil.fullName} (${pupil.code}) có điểm môn ${areaLabel(info, lost)}, nhưng lớp ${info.name} không còn học môn ấy; hãy trả môn ấy lại cho lớp.`;
    throw new Problem('STATE_CONFLICT', detail);
  }
}

/** What is recorded of one pupil's year, as `buildInput` and `whatIf` take it. */
export function yearOf(
  info: ClassInfo,
  pupilId: string,
  cells: readonly MarkCell[],
  note: YearNoteContent,
): PupilYear {
  const subjects = areasOf(info).flatMap(({ subject }) => {
    if (subject === null) return [];
    const taught = info.subjects.find((candidate) => candidate.subjectCode === subject.code);
    return [{ ...subject, periodsPerYear: taught?.periodsPerYear ?? subject.periodsPerYear }];
  });
  return {
    id: pupilId,
    ruleSet: info.ruleSet.id,
    grade: info.grade,
    subjects: subjects.map(({ code, kind, periodsPerYear }) => ({ code, kind, periodsPerYear })),
    cells: cells.map(({ area, period, columnCode, value }): RecordedCell => {
      return { area, period: period as Period, column: columnCode, value };
    }),
    // Notes are texts of people: evaluate itself says what is wrong with them.
    ...(note as Partial<PupilYear>),
  };
}

/** Evaluates, and says of what is missing or wrong what and where. */
export function evaluated(info: ClassInfo, pupilYear: PupilOfYear): EvaluatedPupil {
  const { pupil, input } = pupilYear;
  const answer = info.ruleSet.evaluate(input);
  const item = (code: string, message: string): ProblemItem => ({
    where: pupil.id,
    code,
    message: `${pupil.fullName} (${pupil.code}): ${message}`,
  });
  if (isErrorAnswer(answer)) {
    const items = inputIssues(input).map((issue) => item(issue.code, `${issue.where}: ${issue.message}.`));
    return { ...pupilYear, answer: null, items };
  }
  // A re-assessment that does not apply is ignored by the rules and shown with the result; it blocks nothing.
  const items = answer.problems
    .filter(({ code }) => code !== 'NOT_ELIGIBLE')
    .map((problem) => item(problem.code, `${problemSentence(problem, info.grade)}.`));
  return { ...pupilYear, answer: items.length === 0 ? answer : null, items };
}
