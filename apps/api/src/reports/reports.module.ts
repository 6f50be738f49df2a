/** What the managers look at: progress, minutes, reminders. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { ResultsModule } from '../results/results.module.js';
import { SchoolModule } from '../school/school.module.js';
import { Inspections } from './inspections.js';
import { Progress } from './progress.js';
import { Reminders } from './reminders.js';
import { ReportsController } from './reports.controller.js';
import { Statistics } from './statistics.js';

@Module({
  imports: [SchoolModule, GradebookModule, ResultsModule],
  controllers: [ReportsController],
  providers: [Progress, Inspections, Reminders, Statistics],
})
export class ReportsModule {}
