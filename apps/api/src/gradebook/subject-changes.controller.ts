/** Changes of optional subjects: asked for, taken back, approved, refused. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  SubjectChangeAnswer,
  SubjectChangeRefusal,
  SubjectChangeRequest,
  SubjectChangesAnswer,
  SubjectChangesApproval,
} from '#contracts/subject-changes.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { SubjectChangeApproval } from './subject-change-approval.js';
import { SubjectChangeReader } from './subject-change-reader.js';
import { SubjectChanges } from './subject-changes.js';

@ApiTags('gradebook')
@Controller('api/classes/:classId/subject-changes')
export class SubjectChangesController {
  constructor(
    private readonly reader: SubjectChangeReader,
    private readonly changes: SubjectChanges,
    private readonly approval: SubjectChangeApproval,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Changes of optional subjects asked for in this class' })
  @ApiOkResponse({ type: SubjectChangesAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<SubjectChangesAnswer> {
    return { changes: await this.reader.list(session, classId) };
  }

  @Post()
  @ApiOperation({
    summary: 'Ask that a pupil stop an optional subject or take up another (homeroom teacher)',
  })
  @ApiBody({ type: SubjectChangeRequest })
  @ApiCreatedResponse({ type: SubjectChangeAnswer })
  async request(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() body: SubjectChangeRequest,
  ): Promise<SubjectChangeAnswer> {
    return this.changes.request(session, classId, body);
  }

  @Post('approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Approve one or many in one act "subject.approve", all or none (not who asked)' })
  @ApiBody({ type: SubjectChangesApproval })
  @ApiOkResponse({ type: SubjectChangesAnswer })
  async approve(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() body: SubjectChangesApproval,
  ): Promise<SubjectChangesAnswer> {
    return { changes: await this.approval.approve(session, classId, body, body.act) };
  }

  @Post(':changeId/refuse')
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse with a reason (not who asked)' })
  @ApiBody({ type: SubjectChangeRefusal })
  @ApiOkResponse({ type: SubjectChangeAnswer })
  async refuse(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @IdParam('changeId', 'đề nghị đổi môn') changeId: string,
    @Body() body: SubjectChangeRefusal,
  ): Promise<SubjectChangeAnswer> {
    return this.changes.refuse(session, classId, changeId, body.reason);
  }

  @Post(':changeId/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take my own request back' })
  @ApiOkResponse({ type: SubjectChangeAnswer })
  async withdraw(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @IdParam('changeId', 'đề nghị đổi môn') changeId: string,
  ): Promise<SubjectChangeAnswer> {
    return this.changes.withdraw(session, classId, changeId);
  }
}
