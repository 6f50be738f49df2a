/** The way to the council's decision: recognition, list, meeting. */
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ListAnswer,
  ListRequest,
  ListReturnRequest,
  MeetingAnswer,
  MeetingRequest,
  MeetingsAnswer,
  MeetingsQuery,
  RecognitionAnswer,
  RecognitionRequest,
  YearStepsAnswer,
} from '#contracts/council.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { ClassLists } from './class-lists.js';
import { CouncilMeetings } from './council-meetings.js';
import { Recognitions } from './recognitions.js';
import { YearSteps } from './year-steps.js';

@ApiTags('results')
@Controller('api')
export class CouncilController {
  constructor(
    private readonly lists: ClassLists,
    private readonly recognitions: Recognitions,
    private readonly meetings: CouncilMeetings,
    private readonly steps: YearSteps,
  ) {}

  @Get('results/:classId/steps')
  @ApiOperation({ summary: 'How far the end of the year has come for a class, and what it waits for' })
  @ApiOkResponse({ type: YearStepsAnswer })
  async yearSteps(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<YearStepsAnswer> {
    return this.steps.ofClass(session, classId);
  }

  @Get('results/:classId/recognition')
  @ApiOperation({ summary: 'How the class voted on who is recognised (TT 27/2020 Đ.13)' })
  @ApiOkResponse({ type: [RecognitionAnswer] })
  async readRecognition(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<RecognitionAnswer[]> {
    return this.recognitions.ofClass(session, classId);
  }

  @Post('results/:classId/recognition')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep how the class voted; each pupil named is noted as recognised or not' })
  @ApiBody({ type: RecognitionRequest })
  @ApiOkResponse({ type: [RecognitionAnswer] })
  async enterRecognition(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() body: RecognitionRequest,
  ): Promise<RecognitionAnswer[]> {
    return this.recognitions.enter(session, classId, body);
  }

  @Get('results/:classId/lists')
  @ApiOperation({ summary: 'Lists of the class put before the council, newest first' })
  @ApiOkResponse({ type: [ListAnswer] })
  async readLists(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<ListAnswer[]> {
    return this.lists.ofClass(session, classId);
  }

  @Post('results/:classId/lists')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put the list of the class before the council (homeroom teacher)' })
  @ApiBody({ type: ListRequest })
  @ApiOkResponse({ type: [ListAnswer] })
  async submitList(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() body: ListRequest,
  ): Promise<ListAnswer[]> {
    return this.lists.submit(session, classId, body);
  }

  @Post('results/:classId/lists/return')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send the list back with comments pinned to rows (managers)' })
  @ApiBody({ type: ListReturnRequest })
  @ApiOkResponse({ type: [ListAnswer] })
  async returnList(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() body: ListReturnRequest,
  ): Promise<ListAnswer[]> {
    return this.lists.sendBack(session, classId, body);
  }

  @Get('council-meetings')
  @ApiOperation({ summary: 'Meetings of the council in a year, newest first' })
  @ApiOkResponse({ type: MeetingsAnswer })
  async readMeetings(
    @CurrentSession() session: SessionContext,
    @Query() query: MeetingsQuery,
  ): Promise<MeetingsAnswer> {
    return { meetings: await this.meetings.list(session, query.yearId) };
  }

  @Post('council-meetings')
  @ApiOperation({ summary: "Keep a council's meeting: who was there, minutes, votes a class" })
  @ApiBody({ type: MeetingRequest })
  @ApiCreatedResponse({ type: MeetingAnswer })
  async enterMeeting(
    @CurrentSession() session: SessionContext,
    @Body() body: MeetingRequest,
  ): Promise<MeetingAnswer> {
    return this.meetings.enter(session, body);
  }
}
