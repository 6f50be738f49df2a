/** Corrections of what was recorded. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { ResultsModule } from '../results/results.module.js';
import { SchoolModule } from '../school/school.module.js';
import { AllowedCorrections } from './allowed-corrections.js';
import { AftermathController } from './aftermath.controller.js';
import { AftermathReader } from './aftermath-reader.js';
import { AppealReader } from './appeal-reader.js';
import { AppealRelations } from './appeal-relations.js';
import { Appeals } from './appeals.js';
import { AppealsController } from './appeals.controller.js';
import { CorrectionAftermath } from './correction-aftermath.js';
import { CorrectionApplication } from './correction-application.js';
import { CorrectionChanges } from './correction-change.js';
import { CorrectionDecisions } from './correction-decisions.js';
import { CorrectionEffects } from './correction-effect.js';
import { CorrectionExpiry } from './correction-expiry.js';
import { CorrectionReader } from './correction-reader.js';
import { CorrectionRequests } from './correction-requests.js';
import { CorrectionsController } from './corrections.controller.js';
import { Evidence } from './evidence.js';
import { EvidenceController } from './evidence.controller.js';
import { EvidenceOwners } from './evidence-owners.js';
import { PupilChangeReader } from './pupil-change-reader.js';
import { PupilChanges } from './pupil-changes.js';
import { PupilChangesController } from './pupil-changes.controller.js';
import { Resealing } from './resealing.js';
import { TeachersOfClass } from './teachers-of-class.js';

@Module({
  imports: [SchoolModule, GradebookModule, ResultsModule],
  controllers: [
    CorrectionsController,
    AppealsController,
    EvidenceController,
    PupilChangesController,
    AftermathController,
  ],
  providers: [
    CorrectionEffects,
    CorrectionReader,
    CorrectionRequests,
    CorrectionDecisions,
    CorrectionApplication,
    CorrectionAftermath,
    CorrectionChanges,
    CorrectionExpiry,
    AllowedCorrections,
    TeachersOfClass,
    Appeals,
    AppealReader,
    AppealRelations,
    Evidence,
    EvidenceOwners,
    PupilChanges,
    PupilChangeReader,
    AftermathReader,
    Resealing,
  ],
  exports: [CorrectionRequests, CorrectionDecisions],
})
export class CorrectionsModule {}
