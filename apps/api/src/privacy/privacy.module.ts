/** Personal data at its end: erasure by approval, retention, and clearing away what was only needed for a while. */
import { Module } from '@nestjs/common';
import { SchoolModule } from '../school/school.module.js';
import { TranscriptsModule } from '../transcripts/transcripts.module.js';
import { ErasureAccess } from './erasure-access.js';
import { ErasureApproval } from './erasure-approval.js';
import { ErasurePlans } from './erasure-plan.js';
import { ErasureReader } from './erasure-reader.js';
import { ErasureRequests } from './erasure-requests.js';
import { Erasing } from './erasing.js';
import { PrivacyController } from './privacy.controller.js';
import { Pruning } from './pruning.js';

@Module({
  imports: [SchoolModule, TranscriptsModule],
  controllers: [PrivacyController],
  providers: [ErasureAccess, ErasurePlans, ErasureReader, ErasureRequests, ErasureApproval, Erasing, Pruning],
})
export class PrivacyModule {}
