/** Appeals: asked by a family, answered by the teacher. */
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AppealAnswer,
  AppealAnswerRequest,
  AppealRequest,
  AppealsAnswer,
  AppealsQuery,
} from '#contracts/appeals.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { AppealReader } from './appeal-reader.js';
import { Appeals } from './appeals.js';

@ApiTags('corrections')
@Controller('api/appeals')
export class AppealsController {
  constructor(
    private readonly appeals: Appeals,
    private readonly reader: AppealReader,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Appeals that concern me, newest first, with what I may do with each' })
  @ApiOkResponse({ type: AppealsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @Query() query: AppealsQuery,
  ): Promise<AppealsAnswer> {
    return { appeals: await this.reader.list(session, query) };
  }

  @Post()
  @ApiOperation({
    summary: "Appeal a recorded mark of one's own child (family), before the school's deadline",
  })
  @ApiBody({ type: AppealRequest })
  @ApiCreatedResponse({ type: AppealAnswer })
  async ask(@CurrentSession() session: SessionContext, @Body() body: AppealRequest): Promise<AppealAnswer> {
    return this.appeals.ask(session, body);
  }

  @Post(':id/answer')
  @HttpCode(200)
  @ApiOperation({ summary: 'Answer (teacher of record): the mark stays, or a correction is asked for' })
  @ApiBody({ type: AppealAnswerRequest })
  @ApiOkResponse({ type: AppealAnswer })
  async answer(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị phúc khảo') id: string,
    @Body() body: AppealAnswerRequest,
  ): Promise<AppealAnswer> {
    return this.appeals.answer(session, id, body);
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw my own appeal' })
  @ApiOkResponse({ type: AppealAnswer })
  async withdraw(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị phúc khảo') id: string,
  ): Promise<AppealAnswer> {
    return this.appeals.withdraw(session, id);
  }
}
