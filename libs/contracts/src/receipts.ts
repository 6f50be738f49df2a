/** Receipts of a person's own events in the journal (biên nhận). */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';

const ID = 'f6c9e1a8-6d39-4b5b-9a7e-55a4f2f90b11';
const PERIODS = ['HK1', 'HK2', 'GHK1', 'CHK1', 'GHK2', 'CN'] as const;
const HASH = 'j0Jt8mVnhf3cVYF0fO3HqjBfQkGvP1r5a2cVw3m5x9M=';

export class ReceiptsQuery {
  @ApiProperty({ example: ID })
  @IsUUID(undefined, { message: 'Mã lớp không đúng dạng.' })
  classId: string;

  @ApiProperty({ example: 'TOAN', required: false })
  @IsOptional()
  @Matches(/^[A-Z0-9_]{2,40}$/, { message: 'Mã môn không đúng dạng.' })
  area?: string;

  @ApiProperty({ example: 'HK1', required: false, enum: PERIODS })
  @IsOptional()
  @IsIn(PERIODS, { message: `Thời điểm đánh giá phải là một trong: ${PERIODS.join(', ')}.` })
  period?: string;
}

export class ReceiptItem {
  @ApiProperty({ example: 812, description: "The event's number in the school's journal" }) seq: number;
  @ApiProperty({ example: 'mark.recorded' }) type: string;
  @ApiProperty({ example: '2026-11-20T10:00:00.000Z' }) at: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'GK' }) column: string;
  @ApiProperty({ example: ID }) pupilId: string;
  @ApiProperty({ example: '8.5', nullable: true, type: String }) value: string | null;
  @ApiProperty({ example: true, description: 'Whether the ledger holds it: the receipt proves itself' })
  anchored: boolean;
}

export class ReceiptsAnswer {
  @ApiProperty({ type: [ReceiptItem], description: 'Own events only, newest first' }) receipts: ReceiptItem[];
}

export class ReceiptEvent {
  @ApiProperty({ example: 812 }) seq: number;
  @ApiProperty({ example: '{"act":null,"actor":"…","at":"2026-11-20T10:00:00.000Z",…}' }) payload: string;
  @ApiProperty({ example: HASH, description: 'Base64 of 32 random bytes' }) salt: string;
  @ApiProperty({
    example: HASH,
    description: 'HMAC-SHA256(salt, "socai.v1/journal" ‖ 0x00 ‖ payload), base64',
  })
  commitment: string;
}

export class ReceiptAnchorAnswer {
  @ApiProperty({ example: HASH, description: "The journal's head before the event" }) before: string;
  @ApiProperty({ type: [String], example: [HASH], description: 'Commitments of the events up to the anchor' })
  after: readonly string[];
  @ApiProperty({ example: 'eyJhdCI6…', description: 'The journal.anchored entry, base64' }) entry: string;
  @ApiProperty({ example: 'c2sp.org/tlog-proof@v1\nindex 17\n…' }) proof: string;
}

/** The file that a teacher keeps; `socai receipt` checks it without the school. */
export class ReceiptAnswer {
  @ApiProperty({ example: 'socai.v1/event-receipt' }) format: 'socai.v1/event-receipt';
  @ApiProperty({ example: 'demo.so-cai.example/thcs-song-may' }) origin: string;
  @ApiProperty({ type: ReceiptEvent }) event: ReceiptEvent;
  @ApiProperty({ type: ReceiptAnchorAnswer, nullable: true, description: 'Null for the first minutes' })
  anchor: ReceiptAnchorAnswer | null;
}
