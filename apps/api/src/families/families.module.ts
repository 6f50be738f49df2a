/** What families see. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { SchoolModule } from '../school/school.module.js';
import { FamiliesController } from './families.controller.js';
import { FamilyReader } from './family-reader.js';

@Module({
  imports: [SchoolModule, GradebookModule],
  controllers: [FamiliesController],
  providers: [FamilyReader],
})
export class FamiliesModule {}
