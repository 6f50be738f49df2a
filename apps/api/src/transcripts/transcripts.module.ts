/** Transcripts (học bạ): composing, signing, sealing, issuing, reading. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { ResultsModule } from '../results/results.module.js';
import { SchoolModule } from '../school/school.module.js';
import { WindowsModule } from '../windows/windows.module.js';
import { BatchPlanning } from './batch-planning.js';
import { BatchReview } from './batch-review.js';
import { BatchStates } from './batch-state.js';
import { Certificates } from './certificates.js';
import { ClassRosters } from './class-rosters.js';
import { CredentialKeys } from './credential-keys.js';
import { IssuingJobReader } from './issuing-job-reader.js';
import { IssuingJobRunner } from './issuing-job-runner.js';
import { IssuingJobsController } from './issuing-jobs.controller.js';
import { IssuingJobs } from './issuing-jobs.js';
import { Openings } from './openings.js';
import { OtherDocuments } from './other-documents.js';
import { PeriodSources } from './period-source.js';
import { ResultStanding } from './result-standing.js';
import { SealTimestamps } from './seal-timestamps.js';
import { SigningPlans } from './signing-plans.js';
import { SigningRoute } from './signing-route.js';
import { TranscriptBatches } from './transcript-batches.js';
import { TranscriptFiles } from './transcript-files.js';
import { TranscriptEventsController } from './transcript-events.controller.js';
import { TranscriptEvents } from './transcript-events.js';
import { TranscriptIssuing } from './transcript-issuing.js';
import { TranscriptReader } from './transcript-reader.js';
import { TranscriptSigning } from './transcript-signing.js';
import { TranscriptSources } from './transcript-sources.js';
import { OpeningsController, TranscriptsController } from './transcripts.controller.js';

@Module({
  imports: [SchoolModule, GradebookModule, WindowsModule, ResultsModule],
  controllers: [TranscriptEventsController, TranscriptsController, OpeningsController, IssuingJobsController],
  providers: [
    BatchPlanning,
    BatchReview,
    BatchStates,
    Certificates,
    ClassRosters,
    CredentialKeys,
    IssuingJobReader,
    IssuingJobRunner,
    IssuingJobs,
    Openings,
    OtherDocuments,
    PeriodSources,
    ResultStanding,
    SealTimestamps,
    SigningPlans,
    SigningRoute,
    TranscriptBatches,
    TranscriptFiles,
    TranscriptIssuing,
    TranscriptEvents,
    TranscriptReader,
    TranscriptSigning,
    TranscriptSources,
  ],
  exports: [TranscriptFiles],
})
export class TranscriptsModule {}
