/** A sheet of the gradebook: its cells, drafts, recording, import, and the history of a mark. */
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { PlainText } from './plain-text.js';
import { SheetOfClass } from './school.js';
import { WorkbookProblemAnswer } from './workbook.js';

/** A class of 60 pupils with 40 columns. */
const MOST_CELLS = 2400;
const COLUMN = /^[A-Z0-9_]{2,40}$/;
const MODES = ['all', 'each'] as const;

/** A sheet with how far it has got: counts, never values. */
export class SheetSummary extends SheetOfClass {
  @ApiProperty({ example: 264, description: 'Cells that must be recorded before a lock' }) required: number;
  @ApiProperty({ example: 220, description: 'Of those, recorded' }) recorded: number;
  @ApiProperty({ example: 12, description: 'Cells that wait as drafts' }) drafts: number;
  @ApiProperty({ example: false }) locked: boolean;
}

export class SheetsAnswer {
  @ApiProperty({ type: [SheetSummary] }) sheets: SheetSummary[];
}

export class SheetCellAnswer {
  @ApiProperty({ example: 'TX1' }) column: string;
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1' }) markId: string;
  @ApiProperty({
    example: '8.5',
    nullable: true,
    type: String,
    description: 'Canonical text; null is an emptied draft',
  })
  value: string | null;
  @ApiProperty({ example: 'draft', enum: ['draft', 'recorded'] }) state: 'draft' | 'recorded';
  @ApiProperty({ example: 1, description: 'To be sent back with the next change' }) version: number;
  @ApiProperty({ example: '2026-11-21T03:00:00.000Z' }) updatedAt: string;
  @ApiProperty({ example: 'Lê Văn Bình', description: 'Teacher of record' }) teacher: string;
}

export class SheetColumnAnswer {
  @ApiProperty({ example: 'TX1' }) code: string;
  @ApiProperty({ example: 'ĐĐGtx 1' }) label: string;
  @ApiProperty({ example: 'score', description: 'What a cell may hold: see libs/regulations sheets' })
  kind: string;
  @ApiProperty({ example: true }) required: boolean;
  @ApiProperty({ example: true, description: 'Whether a window is open for it now and nothing locks it' })
  open: boolean;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Why it is closed: which window or lock, and whom to ask',
  })
  whyClosed: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Code of the reason, as /closed answers',
  })
  closedReason: string | null;
  @ApiProperty({
    example: ['1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677'],
    type: [String],
    description: 'Pupils for whom a make-up window opens it although it is closed',
  })
  openFor: string[];
  @ApiProperty({ example: 'Kiểm tra 15 phút: số nguyên tố', nullable: true, type: String }) name:
    string | null;
  @ApiProperty({ example: '2026-11-12', nullable: true, type: String }) heldOn: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Strand of the subject: "Âm nhạc"',
  })
  strand: string | null;
  @ApiProperty({
    example: null,
    nullable: true,
    type: String,
    description: 'Whose column it is; null when shared',
  })
  owner: string | null;
  @ApiProperty({ example: true, description: 'Whether I may write in it as far as owners go' }) mine: boolean;
  @ApiProperty({ example: 0, description: 'Version of name, day, strand and owner; 0 while nothing is said' })
  version: number;
}

/** What is behind a cell besides its value. */
export class CellNoteAnswer {
  @ApiProperty({ example: 'GK' }) column: string;
  @ApiProperty({ example: 'make-up', enum: ['absent', 'make-up', 'earlier', 'not-required'] })
  kind: 'absent' | 'make-up' | 'earlier' | 'not-required';
  @ApiProperty({
    example: 'Giấy ra viện số 123/GRV',
    description: 'Reason and evidence, or where it comes from',
  })
  text: string;
}

export class SheetPupilAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) id: string;
  @ApiProperty({ example: '7412340117' }) code: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) fullName: string;
  @ApiProperty({ example: '2015-03-08' }) birthDate: string;
  @ApiProperty({ example: null, nullable: true, type: String }) leftOn: string | null;
  @ApiProperty({ example: '2026-09-05' }) enteredOn: string;
  @ApiProperty({ example: false, description: '"Không đánh giá" by an individual plan: nothing is missing' })
  notAssessed: boolean;
  @ApiProperty({
    example: true,
    description: 'False: they stopped this optional subject; nothing is missing',
  })
  takesSubject: boolean;
  @ApiProperty({ type: [SheetCellAnswer], description: 'Only cells that hold or held something' })
  cells: SheetCellAnswer[];
  @ApiProperty({
    type: [CellNoteAnswer],
    description: 'Why a cell is V, waits for a make-up test, or is not required',
  })
  notes: CellNoteAnswer[];
}

export class SheetAnswer {
  @ApiProperty({ example: '5d0a2a3b-8a80-4f4e-8a57-6a2b1b0f6c11' }) classId: string;
  @ApiProperty({ example: '6A1' }) className: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'Toán' }) areaLabel: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'Học kì I' }) periodLabel: string;
  @ApiProperty({ example: 'tt22-2021', enum: ['tt22-2021', 'tt27-2020'] }) ruleSet: 'tt22-2021' | 'tt27-2020';
  @ApiProperty({ example: false }) locked: boolean;
  @ApiProperty({ example: true, description: 'Whether I may enter values here (when a column is open)' })
  mayEnter: boolean;
  @ApiProperty({ example: true, description: 'Whether I may ask for corrections here' }) mayRequest: boolean;
  @ApiProperty({ type: [SheetColumnAnswer] }) columns: SheetColumnAnswer[];
  @ApiProperty({ type: [SheetPupilAnswer], description: 'In the order of a class list' })
  pupils: SheetPupilAnswer[];
}

export class DraftCellDto {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' })
  @IsUUID(undefined, { message: 'Mã học sinh không đúng dạng.' })
  pupilId: string;

  @ApiProperty({ example: 'TX1' })
  @Matches(COLUMN, { message: 'Mã cột không đúng dạng.' })
  column: string;

  @ApiProperty({
    example: '8,5',
    nullable: true,
    type: String,
    description: 'As typed; null or empty clears the draft',
  })
  @ValidateIf((cell: DraftCellDto) => cell.value !== null)
  @IsString({ message: 'Giá trị phải là chữ (điểm gửi dạng "8,5"), hoặc null để xóa nháp.' })
  @MaxLength(2000, { message: 'Giá trị dài quá 2000 kí tự.' })
  value: string | null;

  @ApiProperty({ example: 0, description: 'Version the writer saw; 0 for an empty cell' })
  @IsInt({ message: 'Phiên bản phải là số nguyên.' })
  @Min(0, { message: 'Phiên bản phải từ 0.' })
  @Max(2_000_000_000)
  version: number;
}

export class DraftsRequest {
  @ApiProperty({ type: [DraftCellDto] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Chưa có ô nào để lưu.' })
  @ArrayMaxSize(MOST_CELLS, { message: `Mỗi lần lưu nhiều nhất ${MOST_CELLS} ô.` })
  @ArrayUnique((c?: DraftCellDto) => `${c?.pupilId} ${c?.column}`, { message: 'Một ô được gửi hai lần.' })
  @ValidateNested({ each: true })
  @Type(() => DraftCellDto)
  cells: DraftCellDto[];

  @ApiProperty({
    example: 'all',
    enum: MODES,
    required: false,
    description:
      '"all" (default): every cell or none. "each": row by row, each pupil\'s cells or none of them',
  })
  @IsOptional()
  @IsIn(MODES, { message: 'Cách lưu phải là all (tất cả hoặc không) hoặc each (từng hàng).' })
  mode?: (typeof MODES)[number];
}

export class WrittenCellAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'TX1' }) column: string;
  @ApiProperty({
    example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1',
    nullable: true,
    type: String,
    description: 'Null when an empty cell stayed empty',
  })
  markId: string | null;
  @ApiProperty({ example: '8.5', nullable: true, type: String, description: 'Canonical' }) value:
    string | null;
  @ApiProperty({ example: 1 }) version: number;
}

/** Both values of a cell that someone else changed meanwhile. */
export class DraftConflictAnswer {
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'TX1' }) column: string;
  @ApiProperty({ example: '9', nullable: true, type: String }) mine: string | null;
  @ApiProperty({ example: '8.5', nullable: true, type: String }) theirs: string | null;
  @ApiProperty({ example: 3, description: 'To be sent with the next change' }) version: number;
  @ApiProperty({ example: 'Lê Văn Bình', nullable: true, type: String }) teacher: string | null;
  @ApiProperty({ example: '2026-11-21T03:00:00.000Z', nullable: true, type: String }) updatedAt:
    string | null;
}

export class RefusedCellAnswer {
  @ApiProperty({ example: 2, description: 'Place in the request' }) index: number;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: 'TX1' }) column: string;
  @ApiProperty({
    example: 'CELL_INVALID',
    description: 'ROW_NOT_SAVED: only another cell of the row is wrong',
  })
  code: string;
  @ApiProperty({ example: 'Trần An, ĐĐGtx 1: “85” nằm ngoài thang điểm.' }) message: string;
  @ApiProperty({ type: DraftConflictAnswer, nullable: true, description: 'Of a STALE_VERSION' })
  conflict: DraftConflictAnswer | null;
}

export class DraftsAnswer {
  @ApiProperty({
    type: [WrittenCellAnswer],
    description: 'The saved cells as they are now, in the order sent',
  })
  cells: WrittenCellAnswer[];
  @ApiProperty({ type: [RefusedCellAnswer], description: 'Row by row only: what was not saved, and why' })
  refused: RefusedCellAnswer[];
}

export class RecordRequest {
  @ApiProperty({ example: ['TX1', 'TX2', 'GK'], type: [String] })
  @IsArray()
  @ArrayMinSize(1, { message: 'Hãy chọn ít nhất một cột để ghi sổ.' })
  @ArrayMaxSize(60)
  @ArrayUnique({ message: 'Một cột được chọn hai lần.' })
  @Matches(COLUMN, { each: true, message: 'Mã cột không đúng dạng.' })
  columns: string[];
}

export class RecordedColumnAnswer {
  @ApiProperty({ example: 'TX1' }) column: string;
  @ApiProperty({ example: 45, description: 'Cells that this call fixed' }) recorded: number;
  @ApiProperty({ example: 0, description: 'Cells fixed before' }) before: number;
  @ApiProperty({ example: 1, description: 'Pupils whose cell is still empty' }) empty: number;
}

export class RecordAnswer {
  @ApiProperty({ example: 45 }) recorded: number;
  @ApiProperty({ type: [RecordedColumnAnswer] }) columns: RecordedColumnAnswer[];
}

export class ImportCellAnswer {
  @ApiProperty({ example: 9, description: 'Row of the workbook, from 1' }) row: number;
  @ApiProperty({ example: '7412340117' }) pupilCode: string;
  @ApiProperty({ example: 'Nguyễn Minh Anh' }) pupilName: string;
  @ApiProperty({ example: 'TX1' }) column: string;
  @ApiProperty({ example: 'changed', enum: ['new', 'changed', 'unchanged', 'refused'] })
  outcome: 'new' | 'changed' | 'unchanged' | 'refused';
  @ApiProperty({ example: '7', nullable: true, type: String, description: 'What the sheet holds now' })
  current: string | null;
  @ApiProperty({ example: '8.5', nullable: true, type: String, description: 'What the workbook holds' })
  incoming: string | null;
  @ApiProperty({ example: null, nullable: true, type: String, description: 'Why it is refused' }) why:
    string | null;
}

/** Fields of the form beside the file. */
export class SheetPreviewFields {
  @ApiProperty({ example: 'Toán', required: false, description: 'Which sheet of the workbook' })
  @IsOptional()
  @PlainText('Tên trang tính', { min: 1, max: 60 })
  sheet?: string;
}

export class SheetImportFields extends SheetPreviewFields {
  @ApiProperty({ example: '3c5f…', description: 'The basis that the preview answered' })
  @Matches(/^[0-9a-f]{64}$/, { message: 'Hãy xem trước rồi gửi kèm mã của lần xem trước (basis).' })
  basis: string;
}

/** The forms as they are sent. */
export class SheetPreviewUpload extends SheetPreviewFields {
  @ApiProperty({ type: 'string', format: 'binary', description: '.xlsx' }) file: unknown;
}

export class SheetImportUpload extends SheetImportFields {
  @ApiProperty({ type: 'string', format: 'binary', description: '.xlsx' }) file: unknown;
}

export class SheetImportPreviewAnswer {
  @ApiProperty({
    example: '3c5f…',
    description: 'State of the sheet this preview was made against; send it with the import',
  })
  basis: string;
  @ApiProperty({ example: { new: 40, changed: 3, unchanged: 2, refused: 0 } })
  counts: { new: number; changed: number; unchanged: number; refused: number };
  @ApiProperty({
    type: [ImportCellAnswer],
    description: 'Every cell of the workbook except the unchanged ones',
  })
  cells: ImportCellAnswer[];
  @ApiProperty({ type: [WorkbookProblemAnswer] }) problems: WorkbookProblemAnswer[];
  @ApiProperty({ example: true, description: 'Whether the import would be taken as it is' })
  importable: boolean;
}

export class SheetImportAnswer {
  @ApiProperty({ example: 43, description: 'Drafts written' }) written: number;
  @ApiProperty({ example: 2 }) unchanged: number;
}

export class MarkEventAnswer {
  @ApiProperty({ example: 1204, description: 'Number in the journal of the school' }) seq: number;
  @ApiProperty({ example: 'mark.corrected' }) type: string;
  @ApiProperty({ example: '2026-11-21T03:00:00.000Z' }) at: string;
  @ApiProperty({ example: 'Trần Thị Thu Hà' }) by: string;
  @ApiProperty({ example: '6', nullable: true, type: String }) old: string | null;
  @ApiProperty({ example: '6.5', nullable: true, type: String }) value: string | null;
  @ApiProperty({ example: 'Cộng sót điểm câu 2b bài cuối kì', nullable: true, type: String }) reason:
    string | null;
  @ApiProperty({ example: 'Lê Văn Bình', nullable: true, type: String }) requestedBy: string | null;
  @ApiProperty({ example: 'Phạm Thị Lan', nullable: true, type: String }) confirmedBy: string | null;
  @ApiProperty({ example: 'Trần Thị Thu Hà', nullable: true, type: String }) approvedBy: string | null;
}

export class MarkHistoryAnswer {
  @ApiProperty({ example: '8d7c2f4e-1c83-4b19-8b6a-4b7bb8a1f0d1' }) markId: string;
  @ApiProperty({ example: 'TOAN' }) area: string;
  @ApiProperty({ example: 'HK1' }) period: string;
  @ApiProperty({ example: 'GK' }) column: string;
  @ApiProperty({ example: '1c1f6a0e-30f1-4d5e-8a11-d5d1a2b4c677' }) pupilId: string;
  @ApiProperty({ example: '6.5', nullable: true, type: String }) value: string | null;
  @ApiProperty({ example: 'recorded', enum: ['draft', 'recorded'] }) state: 'draft' | 'recorded';
  @ApiProperty({ type: [MarkEventAnswer], description: 'Oldest first; drafts leave no events' })
  events: MarkEventAnswer[];
}

export class WithdrawRequest extends RecordRequest {
  @ApiProperty({ example: 'Ghi nhầm cột: đây là bài kiểm tra của lớp 6A2' })
  @PlainText('Lí do rút lại', { min: 5, max: 500 })
  reason: string;
}

export class WithdrawAnswer {
  @ApiProperty({ example: 45, description: 'Cells that are drafts again' }) withdrawn: number;
}
