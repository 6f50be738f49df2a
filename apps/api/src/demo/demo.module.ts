/** What the first start of a demonstration needs beside the application's own services. */
import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { DemoBase } from './demo-base.js';

@Module({ imports: [AuditModule], providers: [DemoBase], exports: [DemoBase] })
export class DemoModule {}
