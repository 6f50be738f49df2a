/** Roles and delegations: who may do what in the school, from when to when, by which decision. */
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, Matches } from 'class-validator';
import { CalendarDay } from './calendar-day.js';
import { ActAnswerDto } from './acts.js';
import { Nested } from './nested.js';
import { PlainText } from './plain-text.js';
import { AllOrSome, ReachDto } from './reach.js';
import { NamedPerson } from './school.js';

const APPOINTED = [
  'principal',
  'vice-principal',
  'it-officer',
  'clerk',
  'group-head',
  'teacher',
  'sealer',
  'inspector',
  'guardian',
  'pupil',
] as const;

/** What the principal may hand over by a written decision; "*" is all of it. */
export const DELEGABLE = [
  'transcript.sign.principal',
  'transcript.revoke',
  'transcript.transfer',
  'transcript.finish',
  'correction.approve',
  '*',
] as const;

/** What an appointment is in charge of; a list left out means "all". */
export class ChargeDto extends ReachDto {
  @ApiProperty({ example: 'Tổ Toán – Tin', required: false })
  @IsOptional()
  @PlainText('Tên tổ, khối', { min: 1, max: 100 })
  name?: string;

  @ApiProperty({ example: ['TOAN', 'TIN_HOC'], required: false, type: [String] })
  @AllOrSome('môn', 60)
  @Matches(/^[A-Z0-9_]{2,40}$/, { each: true, message: 'Mã môn không đúng dạng.' })
  subjects?: string[];
}

/** What an appointment is for; also the parameters of its act. */
export class AppointmentParams {
  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11' })
  @IsUUID(undefined, { message: 'Mã người không đúng dạng.' })
  personId: string;

  @ApiProperty({ example: 'vice-principal', enum: APPOINTED })
  @IsIn(APPOINTED, { message: 'Không có vai trò này.' })
  role: (typeof APPOINTED)[number];

  @ApiProperty({ example: '2026-09-01' })
  @CalendarDay('Ngày bắt đầu')
  from: string;

  @ApiProperty({ example: '2027-08-31', required: false, description: 'Last day; open when left out' })
  @IsOptional()
  @CalendarDay('Ngày kết thúc')
  to?: string;

  @ApiProperty({ example: '27/QĐ-THCS', required: false })
  @IsOptional()
  @PlainText('Số quyết định', { min: 1, max: 100 })
  decisionNumber?: string;

  @ApiProperty({ type: ChargeDto, required: false, description: 'The whole school when left out' })
  @IsOptional()
  @Nested(() => ChargeDto)
  charge?: ChargeDto;
}

export class AppointmentRequest extends AppointmentParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

/** Ends an appointment or a delegation, at once or with a last day; also the parameters of its act. */
export class EndParams {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' })
  @IsUUID(undefined, { message: 'Mã không đúng dạng.' })
  id: string;

  @ApiProperty({ example: 'Chuyển công tác theo Quyết định 12/QĐ-UBND' })
  @PlainText('Lí do', { min: 3, max: 300 })
  reason: string;

  @ApiProperty({ example: '2027-07-31', required: false, description: 'Last day; at once when left out' })
  @IsOptional()
  @CalendarDay('Ngày cuối')
  lastDay?: string;
}

export class EndRequest extends EndParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class DelegationParams {
  @ApiProperty({ example: '0b0f6f0e-6a53-4d56-8f5e-0f0d7f1d1c11' })
  @IsUUID(undefined, { message: 'Mã người được ủy quyền không đúng dạng.' })
  toPersonId: string;

  @ApiProperty({ example: 'transcript.sign.principal', enum: DELEGABLE })
  @IsIn(DELEGABLE, { message: `Chỉ ủy quyền được: ${DELEGABLE.join(', ')}.` })
  scope: (typeof DELEGABLE)[number];

  @ApiProperty({ example: '2027-05-20' })
  @CalendarDay('Ngày bắt đầu')
  from: string;

  @ApiProperty({ example: '2027-06-05' })
  @CalendarDay('Ngày kết thúc')
  to: string;

  @ApiProperty({ example: '31/QĐ-THCS' })
  @PlainText('Số quyết định', { min: 1, max: 100 })
  decisionNumber: string;
}

export class DelegationRequest extends DelegationParams {
  @ApiProperty({ type: ActAnswerDto })
  @Nested(() => ActAnswerDto)
  act: ActAnswerDto;
}

export class AppointmentAnswer {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) id: string;
  @ApiProperty({ type: NamedPerson }) person: NamedPerson;
  @ApiProperty({ example: 'vice-principal', enum: APPOINTED }) role: string;
  @ApiProperty({ example: '2026-09-01' }) from: string;
  @ApiProperty({ example: null, nullable: true, type: String }) to: string | null;
  @ApiProperty({ example: '27/QĐ-THCS', nullable: true, type: String }) decisionNumber: string | null;
  @ApiProperty({ type: ChargeDto, nullable: true, description: 'null: the whole school' })
  charge: ChargeDto | null;
  @ApiProperty({ type: NamedPerson, nullable: true, description: 'null: given with the installation' })
  appointedBy: NamedPerson | null;
  @ApiProperty({ example: true, description: 'Whether it is in force today' }) inForce: boolean;
  @ApiProperty({ example: null, nullable: true, type: String }) endedAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) endReason: string | null;
}

export class DelegationAnswer {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) id: string;
  @ApiProperty({ type: NamedPerson }) by: NamedPerson;
  @ApiProperty({ type: NamedPerson }) to: NamedPerson;
  @ApiProperty({ example: 'transcript.sign.principal', enum: DELEGABLE }) scope: string;
  @ApiProperty({ example: '2027-05-20' }) from: string;
  @ApiProperty({ example: '2027-06-05' }) until: string;
  @ApiProperty({ example: '31/QĐ-THCS' }) decisionNumber: string;
  @ApiProperty({ example: true, description: 'Whether it is in force today' }) inForce: boolean;
  @ApiProperty({ example: null, nullable: true, type: String }) endedAt: string | null;
  @ApiProperty({ example: null, nullable: true, type: String }) endReason: string | null;
}

/** Everyone's roles and delegations, those over included, newest first. */
export class StaffAnswer {
  @ApiProperty({ type: [AppointmentAnswer] }) appointments: AppointmentAnswer[];
  @ApiProperty({ type: [DelegationAnswer] }) delegations: DelegationAnswer[];
}
