/** Pupils who come into a class and leave it. */
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { EnrolmentAnswer, JoinRequest, LeaveRequest } from '#contracts/enrolments.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Enrolments } from './enrolments.js';

@ApiTags('school')
@Controller('api/classes/:classId/pupils')
export class EnrolmentsController {
  constructor(private readonly enrolments: Enrolments) {}

  @Post()
  @ApiOperation({ summary: 'Put a pupil into a class, known to the school or new, with the paper behind it' })
  @ApiBody({ type: JoinRequest })
  @ApiCreatedResponse({ type: EnrolmentAnswer })
  async join(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() body: JoinRequest,
  ): Promise<EnrolmentAnswer> {
    return this.enrolments.join(session, classId, body);
  }

  @Post(':pupilId/leave')
  @HttpCode(200)
  @ApiOperation({ summary: "End a pupil's time in a class; the marks stay there" })
  @ApiBody({ type: LeaveRequest })
  @ApiOkResponse({ type: EnrolmentAnswer })
  async leave(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @IdParam('pupilId', 'học sinh') pupilId: string,
    @Body() body: LeaveRequest,
  ): Promise<EnrolmentAnswer> {
    return this.enrolments.leave(session, classId, pupilId, body);
  }
}
