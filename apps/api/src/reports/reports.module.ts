/** What the managers look at: progress, minutes, reminders. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { SchoolModule } from '../school/school.module.js';
import { Inspections } from './inspections.js';
import { Progress } from './progress.js';
import { Reminders } from './reminders.js';
import { ReportsController } from './reports.controller.js';

@Module({
  imports: [SchoolModule, GradebookModule],
  controllers: [ReportsController],
  providers: [Progress, Inspections, Reminders],
})
export class ReportsModule {}
