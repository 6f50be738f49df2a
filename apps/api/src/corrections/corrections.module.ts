/** Corrections of what was recorded. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { ResultsModule } from '../results/results.module.js';
import { SchoolModule } from '../school/school.module.js';
import { CorrectionApplication } from './correction-application.js';
import { CorrectionDecisions } from './correction-decisions.js';
import { CorrectionEffects } from './correction-effect.js';
import { CorrectionReader } from './correction-reader.js';
import { CorrectionRequests } from './correction-requests.js';
import { CorrectionsController } from './corrections.controller.js';

@Module({
  imports: [SchoolModule, GradebookModule, ResultsModule],
  controllers: [CorrectionsController],
  providers: [
    CorrectionEffects,
    CorrectionReader,
    CorrectionRequests,
    CorrectionDecisions,
    CorrectionApplication,
  ],
  exports: [CorrectionRequests, CorrectionDecisions],
})
export class CorrectionsModule {}
