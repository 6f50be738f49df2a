/** Closing a school year. */
import { Module } from '@nestjs/common';
import { ResultsModule } from '../results/results.module.js';
import { SchoolModule } from '../school/school.module.js';
import { WindowsModule } from '../windows/windows.module.js';
import { ClosingGates } from './closing-gates.js';
import { YearClosing } from './year-closing.js';
import { YearsController } from './years.controller.js';

@Module({
  imports: [SchoolModule, ResultsModule, WindowsModule],
  controllers: [YearsController],
  providers: [ClosingGates, YearClosing],
})
export class YearsModule {}
