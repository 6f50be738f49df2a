/** Sheets of marks: drafts, recording, history, and what is missing. */
import { Module } from '@nestjs/common';
import { SchoolModule } from '../school/school.module.js';
import { WindowsModule } from '../windows/windows.module.js';
import { Drafts } from './drafts.js';
import { MarkHistory } from './mark-history.js';
import { MarkStore } from './mark-store.js';
import { MarksController } from './marks.controller.js';
import { MissingCells } from './missing-cells.js';
import { Recording } from './recording.js';
import { SheetReader } from './sheet-reader.js';
import { SheetStates } from './sheet-states.js';
import { SheetsController } from './sheets.controller.js';

@Module({
  imports: [SchoolModule, WindowsModule],
  controllers: [SheetsController, MarksController],
  providers: [SheetReader, SheetStates, Drafts, Recording, MarkHistory, MarkStore, MissingCells],
  exports: [SheetStates, Drafts, Recording, MarkStore, MissingCells],
})
export class GradebookModule {}
