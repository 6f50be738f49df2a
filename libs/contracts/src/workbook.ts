/** What is wrong with, or worth a look in, an uploaded workbook: row and cell as Excel counts them. */
import { ApiProperty } from '@nestjs/swagger';

export class WorkbookProblemAnswer {
  @ApiProperty({ example: 'UNREADABLE_CELL' }) code: string;
  @ApiProperty({
    example: 'error',
    enum: ['error', 'warning'],
    description: 'An error must be put right before the import',
  })
  severity: 'error' | 'warning';
  @ApiProperty({ example: 12, nullable: true, type: Number, description: 'Row, from 1' }) row: number | null;
  @ApiProperty({ example: 'E12', nullable: true, type: String }) cell: string | null;
  @ApiProperty({ example: '31/02/2014', nullable: true, type: String, description: 'What stands there' })
  found: string | null;
  @ApiProperty({ example: null, nullable: true, type: String, description: 'What may have been meant' })
  suggestion: string | null;
  @ApiProperty({ example: '“31/02/2014” không phải là ngày sinh; hãy ghi dạng ngày/tháng/năm.' })
  message: string;
}
