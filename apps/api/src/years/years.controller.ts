/** The end of a school year. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { YearCloseRequest, YearClosingAnswer } from '#contracts/years.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { YearClosing } from './year-closing.js';

@ApiTags('school')
@Controller('api/years')
export class YearsController {
  constructor(private readonly closing: YearClosing) {}

  @Get(':yearId/closing')
  @ApiOperation({ summary: 'What is still to be done before the year can be closed, and who is held back' })
  @ApiOkResponse({ type: YearClosingAnswer })
  async check(
    @CurrentSession() session: SessionContext,
    @IdParam('yearId', 'năm học') yearId: string,
  ): Promise<YearClosingAnswer> {
    return this.closing.check(session, yearId);
  }

  @Post('close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Close a school year in one act "year.close" (principal)' })
  @ApiBody({ type: YearCloseRequest })
  @ApiOkResponse({ type: YearClosingAnswer })
  async close(
    @CurrentSession() session: SessionContext,
    @Body() body: YearCloseRequest,
  ): Promise<YearClosingAnswer> {
    const { act, ...params } = body;
    return this.closing.close(session, params, act);
  }
}
