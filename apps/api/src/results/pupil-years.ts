/** The year of each pupil of a class, as evaluate reads it: recorded cells and notes. */
import { Injectable } from '@nestjs/common';
import { buildInput, PupilYearError, type PupilYear, type RecordedCell } from '#regulations/build-input.js';
import { inputIssues, isErrorAnswer } from '#regulations/evaluate.js';
import { problemSentence } from '#regulations/labels.js';
import { ABSENCE_COLUMNS, CONDUCT_AREA } from '#regulations/sheets.js';
import type {
  Answer,
  ErrorAnswer,
  EvaluateInput,
  Period,
  Problem as AnswerProblem,
} from '#regulations/types.js';
import { Database } from '../database/database.js';
import type { EarlierMark, MarkCell } from '../gradebook/gradebook.entities.js';
import { GroundStore } from '../gradebook/ground-store.js';
import { MarkStore } from '../gradebook/mark-store.js';
import { Problem, type ProblemItem } from '../http/problem.js';
import { areaLabel, areasOf, takes, type ClassInfo } from '../school/class-info.js';
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
    private readonly grounds: GroundStore,
  ) {}

  /** Those who are in the class, in the order of the class list. @param known the class's cells, where they are read already */
  async ofClass(info: ClassInfo, known?: readonly MarkCell[]): Promise<PupilOfYear[]> {
    const { schoolId } = info;
    const present = await this.classes.presentPupils(info);
    const all = known ?? (await this.marks.ofClasses(schoolId, [info.id]));
    const cells = all.filter((cell) => cell.state === 'recorded');
    const notes = await this.database.read.findBy(YearNote, { schoolId, classId: info.id });
    const notRequired = (await this.grounds.earlier(schoolId, [info.id])).filter(
      ({ value }) => value === null,
    );
    return present.map(({ pupil }) => {
      const own = cells.filter((cell) => cell.pupilId === pupil.id);
      const note = notes.find((candidate) => candidate.pupilId === pupil.id);
      const excused = notRequired.filter((cell) => cell.pupilId === pupil.id);
      const year = yearOf(info, pupil.id, own, note?.note ?? {}, excused);
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

/**
 * What is recorded of one pupil's year, as `buildInput` and `whatIf` take it; of a subject that they stopped, nothing.
 * @param notRequired cells of before the pupil came, as a second person has confirmed
 */
export function yearOf(
  info: ClassInfo,
  pupilId: string,
  cells: readonly MarkCell[],
  note: YearNoteContent,
  notRequired: readonly EarlierMark[] = [],
): PupilYear {
  const subjects = areasOf(info).flatMap(({ subject }) => {
    if (subject === null || !takes(info, pupilId, subject.code)) return [];
    const taught = info.subjects.find((candidate) => candidate.subjectCode === subject.code);
    return [{ ...subject, periodsPerYear: taught?.periodsPerYear ?? subject.periodsPerYear }];
  });
  return {
    id: pupilId,
    ruleSet: info.ruleSet.id,
    grade: info.grade,
    subjects: subjects.map(({ code, kind, periodsPerYear }) => ({ code, kind, periodsPerYear })),
    cells: cells
      .filter(({ area }) => takes(info, pupilId, area))
      .map(({ area, period, columnCode, value }): RecordedCell => {
        return { area, period: period as Period, column: columnCode, value };
      }),
    ...(notRequired.length === 0
      ? {}
      : {
          notRequired: notRequired.map(({ area, period, columnCode }) => {
            return { area, period: period as Period, column: columnCode };
          }),
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
  const items = answer.problems
    .filter((problem) => blocks(problem, pupilYear.year))
    .map((problem) => item(problem.code, `${problemSentence(problem, info.grade)}.`));
  return { ...pupilYear, answer: items.length === 0 ? answer : null, items };
}

/**
 * A re-assessment that does not apply is ignored by the rules and shown with the result; what was not required of a
 * late joiner leaves, at most, their own result open, to be decided by people. Neither holds up the class.
 */
function blocks({ code, where }: AnswerProblem, { notRequired = [] }: PupilYear): boolean {
  if (code === 'NOT_ELIGIBLE' || code === 'NOT_REQUIRED') return false;
  const excused = (column: string, period?: string) =>
    notRequired.some(
      (cell) =>
        cell.area === CONDUCT_AREA && cell.column === column && (period ?? cell.period) === cell.period,
    );
  if (code === 'MISSING_CONDUCT') return !excused('MUC', where.split('.')[1]);
  return code !== 'MISSING_ABSENCES' || !ABSENCE_COLUMNS.some((column) => excused(column));
}
