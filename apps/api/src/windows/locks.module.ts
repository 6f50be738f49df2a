/** Locks of sheets; apart from the windows, because what is missing comes from the gradebook. */
import { Module } from '@nestjs/common';
import { GradebookModule } from '../gradebook/gradebook.module.js';
import { SchoolModule } from '../school/school.module.js';
import { LockReader } from './lock-reader.js';
import { LocksController } from './locks.controller.js';
import { PeriodLocks } from './period-locks.js';
import { WindowsModule } from './windows.module.js';

@Module({
  imports: [SchoolModule, WindowsModule, GradebookModule],
  controllers: [LocksController],
  providers: [PeriodLocks, LockReader],
  exports: [PeriodLocks],
})
export class LocksModule {}
