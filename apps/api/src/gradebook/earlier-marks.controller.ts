/** Marks from before a pupil joined: entered from the papers, confirmed by a second person. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  EarlierMarksRequest,
  EarlierRefusal,
  EarlierRequestAnswer,
  EarlierRequestsAnswer,
} from '#contracts/earlier-marks.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { EarlierMarks } from './earlier-marks.js';
import { EarlierReader } from './earlier-reader.js';

@ApiTags('gradebook')
@Controller('api/classes/:classId/earlier-marks')
export class EarlierMarksController {
  constructor(
    private readonly reader: EarlierReader,
    private readonly earlier: EarlierMarks,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Marks of pupils who joined in the year: those that wait, and those decided on' })
  @ApiOkResponse({ type: EarlierRequestsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<EarlierRequestsAnswer> {
    return { requests: await this.reader.list(session, classId) };
  }

  @Post()
  @ApiOperation({ summary: 'Enter marks from the papers (homeroom teacher); nothing is in the book yet' })
  @ApiBody({ type: EarlierMarksRequest })
  @ApiCreatedResponse({ type: EarlierRequestAnswer })
  async enter(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() body: EarlierMarksRequest,
  ): Promise<EarlierRequestAnswer> {
    return this.earlier.enter(session, classId, body);
  }

  @Post(':requestId/confirm')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirm them against the papers (a second person): they become part of the book',
  })
  @ApiOkResponse({ type: EarlierRequestAnswer })
  async confirm(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @IdParam('requestId', 'kết quả trường cũ') requestId: string,
  ): Promise<EarlierRequestAnswer> {
    return this.earlier.confirm(session, classId, requestId);
  }

  @Post(':requestId/refuse')
  @HttpCode(200)
  @ApiOperation({ summary: 'Do not confirm them, with a reason' })
  @ApiBody({ type: EarlierRefusal })
  @ApiOkResponse({ type: EarlierRequestAnswer })
  async refuse(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @IdParam('requestId', 'kết quả trường cũ') requestId: string,
    @Body() body: EarlierRefusal,
  ): Promise<EarlierRequestAnswer> {
    return this.earlier.refuse(session, classId, requestId, body.reason);
  }
}
