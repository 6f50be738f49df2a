/** Sheets of marks: drafts, recording, history, and what is missing. */
import { Module } from '@nestjs/common';
import { SchoolModule } from '../school/school.module.js';
import { WindowsModule } from '../windows/windows.module.js';
import { ClassMoves } from './class-moves.js';
import { ClassMovesController } from './class-moves.controller.js';
import { ColumnDetails } from './column-details.js';
import { ColumnStore } from './column-store.js';
import { ColumnsController } from './columns.controller.js';
import { Drafts } from './drafts.js';
import { EarlierMarks } from './earlier-marks.js';
import { EarlierMarksController } from './earlier-marks.controller.js';
import { EarlierReader } from './earlier-reader.js';
import { GroundStore } from './ground-store.js';
import { MarkGrounds } from './mark-grounds.js';
import { MarkHistory } from './mark-history.js';
import { MarkStore } from './mark-store.js';
import { MarksController } from './marks.controller.js';
import { MissingCells } from './missing-cells.js';
import { Recording } from './recording.js';
import { Scratch } from './scratch.js';
import { ScratchController } from './scratch.controller.js';
import { SheetNotes } from './sheet-notes.js';
import { SheetReader } from './sheet-reader.js';
import { SheetReads } from './sheet-reads.js';
import { SheetStates } from './sheet-states.js';
import { SheetsController } from './sheets.controller.js';
import { SubjectChangeApproval } from './subject-change-approval.js';
import { SubjectChangeReader } from './subject-change-reader.js';
import { SubjectChanges } from './subject-changes.js';
import { SubjectChangesController } from './subject-changes.controller.js';
import { Withdrawal } from './withdrawal.js';

@Module({
  imports: [SchoolModule, WindowsModule],
  controllers: [
    SheetsController,
    ColumnsController,
    MarksController,
    EarlierMarksController,
    ClassMovesController,
    SubjectChangesController,
    ScratchController,
  ],
  providers: [
    SheetReader,
    SheetStates,
    SheetNotes,
    SheetReads,
    ColumnStore,
    GroundStore,
    Drafts,
    Recording,
    Withdrawal,
    ColumnDetails,
    MarkGrounds,
    EarlierMarks,
    EarlierReader,
    ClassMoves,
    SubjectChanges,
    SubjectChangeApproval,
    SubjectChangeReader,
    Scratch,
    MarkHistory,
    MarkStore,
    MissingCells,
  ],
  exports: [GroundStore, SheetStates, SheetReads, Drafts, Recording, MarkStore, MissingCells],
})
export class GradebookModule {}
