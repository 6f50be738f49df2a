/** Notices of entry times and their windows. */
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ClosedAnswer,
  ClosedQuery,
  NoticeAnswer,
  NoticeRequest,
  NoticesAnswer,
  WindowAnswer,
} from '#contracts/windows.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { ClosedReader } from './closed-reader.js';
import { Notices } from './notices.js';
import { WindowMoves } from './window-moves.js';

@ApiTags('windows')
@Controller('api')
export class WindowsController {
  constructor(
    private readonly notices: Notices,
    private readonly moves: WindowMoves,
    private readonly closed: ClosedReader,
  ) {}

  @Get('windows')
  @ApiOperation({ summary: 'Every notice with its windows and their state now' })
  @ApiOkResponse({ type: NoticesAnswer })
  async list(@CurrentSession() session: SessionContext): Promise<NoticesAnswer> {
    return { notices: await this.notices.list(session) };
  }

  @Post('notices')
  @ApiOperation({
    summary:
      'Announce entry times (vice-principal): a numbered notice with its windows, or changes of earlier ones',
  })
  @ApiBody({ type: NoticeRequest })
  @ApiCreatedResponse({ type: NoticeAnswer })
  async announce(
    @CurrentSession() session: SessionContext,
    @Body() body: NoticeRequest,
  ): Promise<NoticeAnswer> {
    return this.notices.announce(session, body);
  }

  @Post('windows/:id/open')
  @HttpCode(200)
  @ApiOperation({ summary: 'Open an announced window by hand (IT officer), inside its announced times' })
  @ApiOkResponse({ type: WindowAnswer })
  async open(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đợt cập nhật') id: string,
  ): Promise<WindowAnswer> {
    return this.moves.open(session, id);
  }

  @Post('windows/:id/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Close an open window before its announced end (IT officer)' })
  @ApiOkResponse({ type: WindowAnswer })
  async close(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đợt cập nhật') id: string,
  ): Promise<WindowAnswer> {
    return this.moves.close(session, id);
  }

  @Get('classes/:classId/sheets/:area/:period/closed')
  @ApiOperation({ summary: 'Which columns of a sheet are open, now or at a moment; of the others why not' })
  @ApiOkResponse({ type: ClosedAnswer })
  async whyClosed(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Query() query: ClosedQuery,
  ): Promise<ClosedAnswer> {
    return this.closed.of(session, { classId, area, period }, query.at);
  }
}
