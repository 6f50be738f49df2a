/** What applied corrections brought with them: decisions to be met on again, transcripts to be superseded. */
import { ApiProperty } from '@nestjs/swagger';

export class ReopenedDecisionAnswer {
  @ApiProperty({ example: '5c0e6f8e-1f0b-4a51-9c7e-1d3f2b8a9c10' }) id: string;
  @ApiProperty({ example: '9b1f7a42-7c0c-4b6e-8a57-6a2b1b0f6c11' }) decisionId: string;
  @ApiProperty({ example: '45/QĐ-THCS' }) decisionNumber: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) pupilName: string;
  @ApiProperty({ example: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' }) correctionId: string;
  @ApiProperty({ example: '2027-05-20T03:00:00.000Z' }) reopenedAt: string;
  @ApiProperty({ example: false, description: 'A later decision on the pupil has settled it' })
  settled: boolean;
  @ApiProperty({ example: 'cần họp lại' }) standing: string;
}

export class ReopenedDecisionsAnswer {
  @ApiProperty({ type: [ReopenedDecisionAnswer], description: 'Newest first' })
  reopened: ReopenedDecisionAnswer[];
}

export class ReissueAnswer {
  @ApiProperty({ example: '5c0e6f8e-1f0b-4a51-9c7e-1d3f2b8a9c10' }) id: string;
  @ApiProperty({ example: '9b1f7a42-7c0c-4b6e-8a57-6a2b1b0f6c11' }) transcriptId: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) pupilName: string;
  @ApiProperty({ example: 'correction', enum: ['correction', 'pupil-change', 'reseal'] })
  becauseOf: 'correction' | 'pupil-change' | 'reseal';
  @ApiProperty({ example: '7d7cb8a0-4c6a-4b59-93a4-1f0f4e0f7a55' }) becauseId: string;
  @ApiProperty({ example: '2027-05-20T03:00:00.000Z' }) notedAt: string;
  @ApiProperty({ example: false, description: 'A later version has been issued' }) superseded: boolean;
}

export class ReissuesAnswer {
  @ApiProperty({ type: [ReissueAnswer], description: 'Newest first' }) reissues: ReissueAnswer[];
}
