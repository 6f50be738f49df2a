/** Notices, entry windows, and the gates they make of each sheet. */
import { Module } from '@nestjs/common';
import { SchoolModule } from '../school/school.module.js';
import { ClosedReader } from './closed-reader.js';
import { Gates } from './gates.js';
import { Notices } from './notices.js';
import { WindowClock } from './window-clock.js';
import { WindowHistory } from './window-history.js';
import { WindowMoves } from './window-moves.js';
import { WindowsController } from './windows.controller.js';

@Module({
  imports: [SchoolModule],
  controllers: [WindowsController],
  providers: [Notices, WindowMoves, WindowClock, WindowHistory, ClosedReader, Gates],
  exports: [Notices, Gates, WindowClock],
})
export class WindowsModule {}
