/** Locks of sheets: preview of what is missing, lock, reopen. */
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  LockPreviewAnswer,
  LockPreviewQuery,
  LockRequest,
  LocksAnswer,
  LocksQuery,
  ReopeningsAnswer,
  ReopenRequest,
} from '#contracts/locks.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { LockReader } from './lock-reader.js';
import { PeriodLocks } from './period-locks.js';

@ApiTags('locks')
@Controller('api/locks')
export class LocksController {
  constructor(
    private readonly reader: LockReader,
    private readonly locks: PeriodLocks,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Locks of a class, with who locked, why with gaps, and who reopened' })
  @ApiOkResponse({ type: LocksAnswer })
  async list(@CurrentSession() session: SessionContext, @Query() query: LocksQuery): Promise<LocksAnswer> {
    return { locks: await this.reader.ofClass(session, query.classId) };
  }

  @Get('preview')
  @ApiOperation({ summary: 'What sheets still lack before they can be locked, by pupil and column' })
  @ApiOkResponse({ type: LockPreviewAnswer })
  async preview(
    @CurrentSession() session: SessionContext,
    @Query() query: LockPreviewQuery,
  ): Promise<LockPreviewAnswer> {
    const sheets = await this.reader.preview(session, query);
    return { sheets, missing: sheets.reduce((sum, sheet) => sum + sheet.missing.length, 0) };
  }

  @Get('reopenings')
  @ApiOperation({ summary: 'Every lock of the school that was lifted, newest first, with who, when and why' })
  @ApiOkResponse({ type: ReopeningsAnswer })
  async reopenings(@CurrentSession() session: SessionContext): Promise<ReopeningsAnswer> {
    return { reopenings: await this.reader.reopenings(session) };
  }

  @Post()
  @ApiOperation({ summary: 'Lock sheets in one act "period.lock"; with gaps only with a reason' })
  @ApiBody({ type: LockRequest })
  @ApiCreatedResponse({ type: LocksAnswer })
  async lock(@CurrentSession() session: SessionContext, @Body() body: LockRequest): Promise<LocksAnswer> {
    const { act, ...params } = body;
    return { locks: await this.locks.lock(session, params, act) };
  }

  @Post('reopen')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reopen locked sheets in one act "period.reopen", with a reason' })
  @ApiBody({ type: ReopenRequest })
  @ApiOkResponse({ type: LocksAnswer })
  async reopen(@CurrentSession() session: SessionContext, @Body() body: ReopenRequest): Promise<LocksAnswer> {
    const { act, ...params } = body;
    return { locks: await this.locks.reopen(session, params, act) };
  }
}
