/** Entry progress, minutes of its checks, reminders. */
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  InspectionAnswer,
  InspectionRequest,
  OpinionRequest,
  ProgressAnswer,
  ProgressQuery,
  ReminderAnswer,
  ReminderRequest,
  RemindersAnswer,
  StatisticsAnswer,
  StatisticsQuery,
} from '#contracts/reports.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Inspections } from './inspections.js';
import { Progress } from './progress.js';
import { Reminders } from './reminders.js';
import { Statistics } from './statistics.js';

@ApiTags('reports')
@Controller('api')
export class ReportsController {
  constructor(
    private readonly progress: Progress,
    private readonly inspections: Inspections,
    private readonly reminders: Reminders,
    private readonly statistics: Statistics,
  ) {}

  @Get('progress')
  @ApiOperation({ summary: 'Entry progress by class, sheet and column at any moment; counts, never values' })
  @ApiOkResponse({ type: ProgressAnswer })
  async at(
    @CurrentSession() session: SessionContext,
    @Query() query: ProgressQuery,
  ): Promise<ProgressAnswer> {
    return this.progress.at(session, query);
  }

  @Get('statistics')
  @ApiOperation({ summary: 'How many pupils have each level, by class, grade and in all, with percentages' })
  @ApiOkResponse({ type: StatisticsAnswer })
  async count(
    @CurrentSession() session: SessionContext,
    @Query() query: StatisticsQuery,
  ): Promise<StatisticsAnswer> {
    return this.statistics.ofYear(session, query.yearId);
  }

  @Get('inspections')
  @ApiOperation({ summary: 'Minutes of progress checks that I may read' })
  @ApiOkResponse({ type: [InspectionAnswer] })
  async list(@CurrentSession() session: SessionContext): Promise<InspectionAnswer[]> {
    return this.inspections.list(session);
  }

  @Post('inspections')
  @ApiOperation({
    summary: 'Keep the minutes of a check: the progress at a moment, conclusion, who was checked',
  })
  @ApiBody({ type: InspectionRequest })
  @ApiCreatedResponse({ type: InspectionAnswer })
  async make(
    @CurrentSession() session: SessionContext,
    @Body() body: InspectionRequest,
  ): Promise<InspectionAnswer> {
    return this.inspections.make(session, body);
  }

  @Post('inspections/:id/opinion')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say something to minutes in which I was checked' })
  @ApiBody({ type: OpinionRequest })
  @ApiOkResponse({ type: InspectionAnswer })
  async say(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'biên bản kiểm tra') id: string,
    @Body() body: OpinionRequest,
  ): Promise<InspectionAnswer> {
    return this.inspections.say(session, id, body.opinion);
  }

  @Get('reminders')
  @ApiOperation({ summary: 'Reminders to me, newest first' })
  @ApiOkResponse({ type: RemindersAnswer })
  async mine(@CurrentSession() session: SessionContext): Promise<RemindersAnswer> {
    return { reminders: await this.reminders.mine(session) };
  }

  @Post('reminders')
  @ApiOperation({ summary: 'Remind the teachers of a sheet that has gaps' })
  @ApiBody({ type: ReminderRequest })
  @ApiCreatedResponse({ type: [ReminderAnswer] })
  async send(
    @CurrentSession() session: SessionContext,
    @Body() body: ReminderRequest,
  ): Promise<ReminderAnswer[]> {
    return this.reminders.send(session, body);
  }

  @Post('reminders/:id/seen')
  @HttpCode(204)
  @ApiOperation({ summary: 'I have seen the reminder' })
  async see(@CurrentSession() session: SessionContext, @IdParam('id', 'lời nhắc') id: string): Promise<void> {
    await this.reminders.see(session, id);
  }
}
