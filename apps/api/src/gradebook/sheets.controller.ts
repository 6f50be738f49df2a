/** The sheets of a class: how far they are, one sheet, drafts, recording. */
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  DraftsAnswer,
  DraftsRequest,
  RecordAnswer,
  RecordRequest,
  SheetAnswer,
  SheetsAnswer,
  WithdrawAnswer,
  WithdrawRequest,
} from '#contracts/gradebook.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Drafts } from './drafts.js';
import { Recording } from './recording.js';
import { SheetReader } from './sheet-reader.js';
import { Withdrawal } from './withdrawal.js';

@ApiTags('gradebook')
@Controller('api/classes/:classId/sheets')
export class SheetsController {
  constructor(
    private readonly reader: SheetReader,
    private readonly drafts: Drafts,
    private readonly recording: Recording,
    private readonly withdrawal: Withdrawal,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every sheet of a class with its progress, without values' })
  @ApiOkResponse({ type: SheetsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<SheetsAnswer> {
    return { sheets: await this.reader.summaries(session, classId) };
  }

  @Get(':area/:period')
  @ApiOperation({ summary: 'One sheet: pupils × columns, versions, and for a closed column why' })
  @ApiOkResponse({ type: SheetAnswer })
  async sheet(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
  ): Promise<SheetAnswer> {
    return this.reader.sheet(session, { classId, area, period });
  }

  @Put(':area/:period/drafts')
  @ApiOperation({
    summary: 'Save drafts, all or none (or row by row); a stale version answers with both values',
  })
  @ApiBody({ type: DraftsRequest })
  @ApiOkResponse({ type: DraftsAnswer })
  async draft(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Body() body: DraftsRequest,
  ): Promise<DraftsAnswer> {
    const ref = { classId, area, period };
    if (body.mode === 'each') return this.drafts.writeEach(session, ref, body.cells);
    return { cells: await this.drafts.write(session, ref, body.cells), refused: [] };
  }

  @Post(':area/:period/record')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record the drafts of columns: from then on they change only by correction' })
  @ApiBody({ type: RecordRequest })
  @ApiOkResponse({ type: RecordAnswer })
  async record(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Body() body: RecordRequest,
  ): Promise<RecordAnswer> {
    return this.recording.record(session, { classId, area, period }, body.columns);
  }

  @Post(':area/:period/record/withdraw')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take back a recording of today that nobody else has read, where the school allows it',
  })
  @ApiBody({ type: WithdrawRequest })
  @ApiOkResponse({ type: WithdrawAnswer })
  async withdraw(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Body() body: WithdrawRequest,
  ): Promise<WithdrawAnswer> {
    return this.withdrawal.withdraw(session, { classId, area, period }, body.columns, body.reason);
  }
}
