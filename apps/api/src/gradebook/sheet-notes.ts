/** What is behind the cells of a sheet besides their values: grounds, earlier marks, individual plans. */
import { Injectable } from '@nestjs/common';
import type { CellNoteAnswer } from '#contracts/gradebook.js';
import { Database } from '../database/database.js';
import { YearNote } from '../results/results.entities.js';
import type { EarlierMark, MarkGround } from './gradebook.entities.js';
import { GroundStore } from './ground-store.js';
import type { LoadedSheet } from './sheet-states.js';

export interface NotesOfSheet {
  /** By pupil. */
  readonly cells: ReadonlyMap<string, CellNoteAnswer[]>;
  /** Pupils of whom nothing is missing here ("không đánh giá"). */
  readonly notAssessed: ReadonlySet<string>;
}

@Injectable()
export class SheetNotes {
  constructor(
    private readonly database: Database,
    private readonly grounds: GroundStore,
  ) {}

  async ofSheet({ info, sheet, grounds }: LoadedSheet): Promise<NotesOfSheet> {
    const { schoolId } = info;
    const { area } = sheet.area;
    const plans = await this.database.read.findBy(YearNote, { schoolId, classId: info.id });
    const earlier = (await this.grounds.earlier(schoolId, [info.id])).filter(
      (row) => row.area === area && row.period === sheet.period,
    );
    const cells = new Map<string, CellNoteAnswer[]>();
    const add = (pupilId: string, note: CellNoteAnswer) =>
      cells.set(pupilId, [...(cells.get(pupilId) ?? []), note]);
    for (const ground of grounds.values()) add(ground.pupilId, groundNote(ground));
    for (const row of earlier) add(row.pupilId, earlierNote(row));
    const notAssessed = plans.filter(({ note }) => note.notAssessed?.includes(area) === true);
    return { cells, notAssessed: new Set(notAssessed.map(({ pupilId }) => pupilId)) };
  }
}

function groundNote({
  columnCode,
  kind,
  reason,
  evidence,
  notifiedOn,
  notifiedHow,
}: MarkGround): CellNoteAnswer {
  const told = notifiedOn === null ? [] : [`đã báo gia đình ngày ${notifiedOn} (${notifiedHow ?? ''})`];
  return {
    column: columnCode,
    kind,
    text: [reason, ...(evidence === null ? [] : [evidence]), ...told].join('; '),
  };
}

function earlierNote({ columnCode, value, origin, evidence }: EarlierMark): CellNoteAnswer {
  return {
    column: columnCode,
    kind: value === null ? 'not-required' : 'earlier',
    text: `${origin}; ${evidence}`,
  };
}
