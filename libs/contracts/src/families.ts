/** What a family sees: its own child, and nobody else's; no ranking, no average of the class (TT 15/2026 Đ.22). */
import { ApiProperty } from '@nestjs/swagger';
import { NeededMarkAnswer } from './results.js';

export class ChildAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({ example: '6A1', nullable: true, type: String, description: 'The class of today' })
  className: string | null;
}

export class ChildrenAnswer {
  @ApiProperty({ type: [ChildAnswer] }) children: ChildAnswer[];
}

export class FamilyMarkAnswer {
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1' }) markId: string;
  @ApiProperty({ example: 1 }) version: number;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) areaLabel: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'Học kì I' }) periodLabel: string;
  @ApiProperty({ example: 'CK' }) column: string;
  @ApiProperty({ example: 'ĐĐGck' }) columnLabel: string;
  @ApiProperty({ example: '6.5' }) value: string;
  @ApiProperty({ example: '2026-12-20T03:00:00.000Z' }) recordedAt: string;
  @ApiProperty({ example: '2027-01-05T03:00:00.000Z', description: 'Until when it may be appealed' })
  appealUntil: string;
}

export class FamilyMarksAnswer {
  @ApiProperty({ type: [FamilyMarkAnswer], description: 'Of the newest year, recorded ones only' })
  marks: FamilyMarkAnswer[];
  @ApiProperty({ type: [NeededMarkAnswer], description: 'What last tests that are still open must bring' })
  needed: NeededMarkAnswer[];
}

export class FamilyResultAnswer {
  @ApiProperty({ example: '2026-2027' }) yearLabel: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: {}, description: 'The answer of evaluate for this pupil', type: Object })
  answer: object;
  @ApiProperty({ example: 'Được lên lớp 7', nullable: true, type: String }) promotion: string | null;
  @ApiProperty({ example: 'Học sinh Giỏi', nullable: true, type: String }) honour: string | null;
  @ApiProperty({ example: '2027-05-20T03:00:00.000Z' }) computedAt: string;
}

export class FamilyResultsAnswer {
  @ApiProperty({ type: [FamilyResultAnswer], description: 'A year each, newest first' })
  results: FamilyResultAnswer[];
}

/** One day's looking at data of the child's class (law 91/2025). */
export class FamilyAccessAnswer {
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) by: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'Xem bảng điểm' }) what: string;
  @ApiProperty({ example: '2026-11-20T03:00:00.000Z', description: 'The first time of that day' }) at: string;
}

export class FamilyTranscriptAnswer {
  @ApiProperty({ example: 'hoc-ba', enum: ['hoc-ba', 'phieu-ket-qua'] }) document: string;
  @ApiProperty({ example: 'CN', description: 'The period that a slip is about; CN is the year' })
  period: string;
  @ApiProperty({ example: '7d7c0a1e-30f1-4d5e-8a11-d5d1a2b4c600' }) transcriptId: string;
  @ApiProperty({ example: '2026-2027' }) yearLabel: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 1, description: 'The highest of a document and period is in force' })
  version: number;
  @ApiProperty({ example: 'MFRG GZDF …', description: 'Mã xác thực, as printed on every page' })
  verificationCode: string;
  @ApiProperty({ example: '2027-05-28T03:10:00.000Z' }) issuedAt: string;
}

export class FamilyTranscriptsAnswer {
  @ApiProperty({ type: [FamilyTranscriptAnswer], description: 'Newest first' })
  transcripts: FamilyTranscriptAnswer[];
}
