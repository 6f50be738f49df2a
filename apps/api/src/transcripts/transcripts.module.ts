/** Transcripts (học bạ): composing, signing, sealing, issuing, reading. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { ResultsModule } from '../results/results.module.js';
import { SchoolModule } from '../school/school.module.js';
import { WindowsModule } from '../windows/windows.module.js';
import { BatchPlanning } from './batch-planning.js';
import { BatchReview } from './batch-review.js';
import { BatchStates } from './batch-state.js';
import { CertificateImport } from './certificate-import.js';
import { DocumentLooks } from './document-looks.js';
import { SchoolPictures } from './school-pictures.js';
import { SchoolStylesController } from './school-styles.controller.js';
import { SchoolStyles } from './school-styles.js';
import { CertificatesController } from './certificates.controller.js';
import { Certificates } from './certificates.js';
import { CredentialKeyRotation } from './credential-key-rotation.js';
import { CredentialKeys } from './credential-keys.js';
import { ClassRosters } from './class-rosters.js';
import { IssuingJobReader } from './issuing-job-reader.js';
import { IssuingJobRunner } from './issuing-job-runner.js';
import { IssuingJobsController } from './issuing-jobs.controller.js';
import { IssuingJobs } from './issuing-jobs.js';
import { Openings } from './openings.js';
import { OtherDocuments } from './other-documents.js';
import { PeriodSources } from './period-source.js';
import { ReceivedTranscriptsController } from './received-transcripts.controller.js';
import { ReceivedTranscripts } from './received-transcripts.js';
import { ResultStanding } from './result-standing.js';
import { RevocationLists } from './revocation-lists.js';
import { SealTimestamps } from './seal-timestamps.js';
import { SheetSignatureReader } from './sheet-signature-reader.js';
import { SheetSignaturesController } from './sheet-signatures.controller.js';
import { SheetSigning } from './sheet-signing.js';
import { SheetStandings } from './sheet-standing.js';
import { SigningPlans } from './signing-plans.js';
import { SigningRoute } from './signing-route.js';
import { TranscriptBatches } from './transcript-batches.js';
import { TranscriptEventsController } from './transcript-events.controller.js';
import { TranscriptEvents } from './transcript-events.js';
import { TranscriptFiles } from './transcript-files.js';
import { TranscriptIssuing } from './transcript-issuing.js';
import { TranscriptReader } from './transcript-reader.js';
import { TranscriptSigning } from './transcript-signing.js';
import { TranscriptSources } from './transcript-sources.js';
import { OutsideSigningController } from './outside-signing.controller.js';
import { OutsideSignings } from './outside-signing.js';
import { SigningToken } from './signing-token.js';
import { PresentationsController } from './presentations.controller.js';
import { Presentations } from './presentations.js';
import { OpeningsController, TranscriptsController } from './transcripts.controller.js';

@Module({
  imports: [SchoolModule, GradebookModule, WindowsModule, ResultsModule],
  controllers: [
    ReceivedTranscriptsController,
    TranscriptEventsController,
    TranscriptsController,
    PresentationsController,
    OpeningsController,
    IssuingJobsController,
    OutsideSigningController,
    CertificatesController,
    SchoolStylesController,
    SheetSignaturesController,
  ],
  providers: [
    BatchPlanning,
    BatchReview,
    BatchStates,
    CertificateImport,
    Certificates,
    ClassRosters,
    CredentialKeyRotation,
    CredentialKeys,
    DocumentLooks,
    SchoolPictures,
    SchoolStyles,
    IssuingJobReader,
    IssuingJobRunner,
    IssuingJobs,
    Openings,
    OtherDocuments,
    PeriodSources,
    Presentations,
    OutsideSignings,
    ReceivedTranscripts,
    ResultStanding,
    RevocationLists,
    SealTimestamps,
    SheetSignatureReader,
    SheetSigning,
    SheetStandings,
    SigningPlans,
    SigningRoute,
    SigningToken,
    TranscriptBatches,
    TranscriptEvents,
    TranscriptFiles,
    TranscriptIssuing,
    TranscriptReader,
    TranscriptSigning,
    TranscriptSources,
  ],
  exports: [TranscriptFiles],
})
export class TranscriptsModule {}
