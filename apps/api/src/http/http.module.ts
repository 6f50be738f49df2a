/** What every request goes through: the error filter and the body check. */
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import type { Logger } from 'pino';
import { ProblemFilter } from './problem.filter.js';
import { validationPipe } from './validation.js';

@Module({})
export class HttpModule {
  static forRoot(log: Logger): DynamicModule {
    return {
      module: HttpModule,
      providers: [
        { provide: APP_FILTER, useValue: new ProblemFilter(log) },
        { provide: APP_PIPE, useFactory: validationPipe },
      ],
    };
  }
}
