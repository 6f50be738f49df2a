/** Notices, entry windows, and the gates they make of each sheet. */
import { Module } from '@nestjs/common';
import { SchoolModule } from '../school/school.module.js';
import { Gates } from './gates.js';
import { Notices } from './notices.js';
import { WindowsController } from './windows.controller.js';

@Module({
  imports: [SchoolModule],
  controllers: [WindowsController],
  providers: [Notices, Gates],
  exports: [Notices, Gates],
})
export class WindowsModule {}
