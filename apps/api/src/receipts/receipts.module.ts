/** Receipts that teachers keep of what they recorded. */
import { Module } from '@nestjs/common';
import { SchoolModule } from '../school/school.module.js';
import { ReceiptsController } from './receipts.controller.js';
import { Receipts } from './receipts.js';

@Module({ imports: [SchoolModule], controllers: [ReceiptsController], providers: [Receipts] })
export class ReceiptsModule {}
