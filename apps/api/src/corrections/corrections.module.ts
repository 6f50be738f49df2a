/** Corrections of what was recorded. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { SchoolModule } from '../school/school.module.js';
import { CorrectionApplication } from './correction-application.js';
import { CorrectionDecisions } from './correction-decisions.js';
import { CorrectionReader } from './correction-reader.js';
import { CorrectionRequests } from './correction-requests.js';
import { CorrectionsController } from './corrections.controller.js';

@Module({
  imports: [SchoolModule, GradebookModule],
  controllers: [CorrectionsController],
  providers: [CorrectionReader, CorrectionRequests, CorrectionDecisions, CorrectionApplication],
  exports: [CorrectionRequests, CorrectionDecisions],
})
export class CorrectionsModule {}
