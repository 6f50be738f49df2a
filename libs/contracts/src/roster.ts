/** Importing a class list from a workbook: preview first, then all or nothing. */
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { PlainText } from './plain-text.js';
import { WorkbookProblemAnswer } from './workbook.js';

/** Fields of the form beside the file. */
export class RosterFields {
  @ApiProperty({
    example: '7a6f0f5e-0d0a-4a0e-9b0e-3b8f1f1f9a01',
    required: false,
    description: 'The year that the title of the list names, or the current one, when left out',
  })
  @IsOptional()
  @IsUUID(undefined, { message: 'Mã năm học không đúng dạng.' })
  yearId?: string;

  @ApiProperty({
    example: '6A2',
    required: false,
    description: 'When neither the title nor a column names the class',
  })
  @IsOptional()
  @PlainText('Tên lớp', { min: 1, max: 20 })
  className?: string;

  @ApiProperty({ example: 'Lớp 6A2', required: false, description: 'Which sheet of the workbook' })
  @IsOptional()
  @PlainText('Tên trang tính', { min: 1, max: 60 })
  sheet?: string;
}

/** The form as it is sent. */
export class RosterUpload extends RosterFields {
  @ApiProperty({ type: 'string', format: 'binary', description: '.xlsx' }) file: unknown;
}

export class RosterRowAnswer {
  @ApiProperty({ example: 9, description: 'Row of the workbook, from 1' }) row: number;
  @ApiProperty({ example: '7412340117' }) code: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({ example: '2015-03-08', nullable: true, type: String }) birthDate: string | null;
  @ApiProperty({ example: 'NU', enum: ['NAM', 'NU'], nullable: true }) sex: 'NAM' | 'NU' | null;
  @ApiProperty({
    example: 'new',
    enum: ['new', 'known', 'present', 'refused'],
    description: 'New to the school, known from an earlier year, in the class already, or with an error',
  })
  outcome: 'new' | 'known' | 'present' | 'refused';
}

export class RosterPreviewAnswer {
  @ApiProperty({ example: '6A2' }) className: string;
  @ApiProperty({ example: 6, nullable: true, type: Number }) grade: number | null;
  @ApiProperty({ example: '2026-2027' }) yearLabel: string;
  @ApiProperty({ example: false, description: 'Whether the class is there already' }) classExists: boolean;
  @ApiProperty({ example: 'Lớp 6A2' }) sheet: string;
  @ApiProperty({ example: { new: 40, known: 4, present: 0, refused: 0 } })
  counts: { new: number; known: number; present: number; refused: number };
  @ApiProperty({ type: [RosterRowAnswer] }) rows: RosterRowAnswer[];
  @ApiProperty({ type: [WorkbookProblemAnswer] }) problems: WorkbookProblemAnswer[];
  @ApiProperty({ example: true, description: 'Whether the import would be taken as it is' })
  importable: boolean;
}

export class RosterImportAnswer {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: '6A2' }) className: string;
  @ApiProperty({ example: true, description: 'Whether the class was made by this import' }) created: boolean;
  @ApiProperty({ example: 40, description: 'Pupils new to the school' }) newPupils: number;
  @ApiProperty({ example: 44, description: 'Pupils put into the class' }) enrolled: number;
  @ApiProperty({ example: 0, description: 'Pupils who were in the class already' }) present: number;
  @ApiProperty({ type: [WorkbookProblemAnswer], description: 'Warnings that the import went past' })
  warnings: WorkbookProblemAnswer[];
}
