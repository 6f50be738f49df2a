/** What families see. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { ResultsModule } from '../results/results.module.js';
import { SchoolModule } from '../school/school.module.js';
import { FamiliesController } from './families.controller.js';
import { FamilyReader } from './family-reader.js';

@Module({
  imports: [SchoolModule, GradebookModule, ResultsModule],
  controllers: [FamiliesController],
  providers: [FamilyReader],
})
export class FamiliesModule {}
