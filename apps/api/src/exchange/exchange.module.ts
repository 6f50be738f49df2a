/** Class lists and mark sheets in and out as workbooks. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { SchoolModule } from '../school/school.module.js';
import { RosterImport } from './roster-import.js';
import { RosterController } from './roster.controller.js';
import { SheetExchangeController } from './sheet-exchange.controller.js';
import { SheetExport } from './sheet-export.js';
import { SheetImport } from './sheet-import.js';

@Module({
  imports: [SchoolModule, GradebookModule],
  controllers: [RosterController, SheetExchangeController],
  providers: [RosterImport, SheetImport, SheetExport],
})
export class ExchangeModule {}
