/** The school's own policy on the points that the circulars leave to it (quy chế của trường); libs/policy names them. */
import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';

const WHO_APPLIES = ['server', 'it-officer'] as const;
const WINDOW_OPENING = ['either', 'hand', 'clock'] as const;
const CORRECTION_DAYS = [7, 14, 30] as const;
const APPEAL_DAYS = [7, 15, 30] as const;
const YES_NO = { message: 'Chỉ nhận true hoặc false.' };

/** What is to be decided anew; what is left out stays as it is. */
export class SwitchesDto {
  @ApiProperty({ example: 'server', enum: WHO_APPLIES, required: false })
  @IsOptional()
  @IsIn(WHO_APPLIES, { message: `Chọn một trong: ${WHO_APPLIES.join(', ')}.` })
  whoApplies?: (typeof WHO_APPLIES)[number];

  @ApiProperty({ example: true, required: false })
  @IsOptional()
  @IsBoolean(YES_NO)
  homeroomConfirms?: boolean;

  @ApiProperty({ example: true, required: false })
  @IsOptional()
  @IsBoolean(YES_NO)
  groupHeadConfirms?: boolean;

  @ApiProperty({ example: 'either', enum: WINDOW_OPENING, required: false })
  @IsOptional()
  @IsIn(WINDOW_OPENING, { message: `Chọn một trong: ${WINDOW_OPENING.join(', ')}.` })
  windowOpening?: (typeof WINDOW_OPENING)[number];

  @ApiProperty({ example: false, required: false })
  @IsOptional()
  @IsBoolean(YES_NO)
  allowTotpStepUp?: boolean;

  @ApiProperty({ example: false, required: false })
  @IsOptional()
  @IsBoolean(YES_NO)
  recordWithdrawal?: boolean;

  @ApiProperty({ example: false, required: false })
  @IsOptional()
  @IsBoolean(YES_NO)
  paperLane?: boolean;

  @ApiProperty({ example: false, required: false })
  @IsOptional()
  @IsBoolean(YES_NO)
  sheetSignatures?: boolean;

  @ApiProperty({ example: 14, enum: CORRECTION_DAYS, required: false })
  @IsOptional()
  @IsIn(CORRECTION_DAYS, { message: `Chọn một trong: ${CORRECTION_DAYS.join(', ')} ngày.` })
  correctionDays?: (typeof CORRECTION_DAYS)[number];

  @ApiProperty({ example: 15, enum: APPEAL_DAYS, required: false })
  @IsOptional()
  @IsIn(APPEAL_DAYS, { message: `Chọn một trong: ${APPEAL_DAYS.join(', ')} ngày.` })
  appealDays?: (typeof APPEAL_DAYS)[number];
}

/** Parameters of the act "settings.change" as well. */
export class SettingsParams {
  @ApiProperty({ type: SwitchesDto })
  @Nested(() => SwitchesDto)
  switches: SwitchesDto;

  @ApiProperty({ example: '21/QĐ-THCSSM', description: "Number of the principal's decision" })
  @PlainText('Số quyết định', { min: 1, max: 60 })
  decisionNumber: string;

  @ApiProperty({ example: '2026-11-20' })
  @CalendarDay('Ngày quyết định')
  decidedOn: string;
}

export class SettingsRequest extends SettingsParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

/** What holds now: what the school has decided, and the default of the rest. */
export class SwitchesAnswer {
  @ApiProperty({ example: 'server', enum: WHO_APPLIES }) whoApplies: (typeof WHO_APPLIES)[number];
  @ApiProperty({ example: true }) homeroomConfirms: boolean;
  @ApiProperty({ example: true }) groupHeadConfirms: boolean;
  @ApiProperty({ example: 'either', enum: WINDOW_OPENING }) windowOpening: (typeof WINDOW_OPENING)[number];
  @ApiProperty({ example: false }) allowTotpStepUp: boolean;
  @ApiProperty({ example: false }) recordWithdrawal: boolean;
  @ApiProperty({ example: false }) paperLane: boolean;
  @ApiProperty({ example: false }) sheetSignatures: boolean;
  @ApiProperty({ example: 14, enum: CORRECTION_DAYS }) correctionDays: (typeof CORRECTION_DAYS)[number];
  @ApiProperty({ example: 15, enum: APPEAL_DAYS }) appealDays: (typeof APPEAL_DAYS)[number];
}

export class SettingsAnswer {
  @ApiProperty({ type: SwitchesAnswer }) switches: SwitchesAnswer;
  @ApiProperty({
    example: ['homeroomConfirms'],
    description: 'Names that the school has decided itself; the others stand at their default',
    type: [String],
  })
  decided: string[];
}
