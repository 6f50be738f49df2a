/** Results by the regulations, and what the council decided on them. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { SchoolModule } from '../school/school.module.js';
import { WindowsModule } from '../windows/windows.module.js';
import { ClassLists } from './class-lists.js';
import { CouncilDecisions } from './council-decisions.js';
import { CouncilMeetings } from './council-meetings.js';
import { CouncilController } from './council.controller.js';
import { Explanations } from './explanations.js';
import { NeededMarks } from './needed-marks.js';
import { PupilYears } from './pupil-years.js';
import { Recognitions } from './recognitions.js';
import { ResultComputation } from './result-computation.js';
import { Results } from './results.js';
import { ResultsController } from './results.controller.js';
import { Warnings } from './warnings.js';
import { YearNotes } from './year-notes.js';
import { YearSteps } from './year-steps.js';

@Module({
  imports: [SchoolModule, WindowsModule, GradebookModule],
  controllers: [ResultsController, CouncilController],
  providers: [
    Explanations,
    PupilYears,
    ResultComputation,
    Results,
    YearNotes,
    CouncilDecisions,
    ClassLists,
    Recognitions,
    CouncilMeetings,
    YearSteps,
    Warnings,
    NeededMarks,
  ],
  exports: [PupilYears, ResultComputation, Results, YearNotes, CouncilDecisions, YearSteps],
})
export class ResultsModule {}
