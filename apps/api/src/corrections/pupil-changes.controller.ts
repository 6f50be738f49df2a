/** Changes of a pupil's personal data. */
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  PupilChangeAnswer,
  PupilChangeConfirmation,
  PupilChangeRefusal,
  PupilChangeRequest,
  PupilChangesAnswer,
  PupilChangesQuery,
} from '#contracts/pupil-changes.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { PupilChangeReader } from './pupil-change-reader.js';
import { PupilChanges } from './pupil-changes.js';

@ApiTags('corrections')
@Controller('api')
export class PupilChangesController {
  constructor(
    private readonly changes: PupilChanges,
    private readonly reader: PupilChangeReader,
  ) {}

  @Get('pupil-changes')
  @ApiOperation({ summary: 'Proposed changes of personal data that I may see, newest first' })
  @ApiOkResponse({ type: PupilChangesAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @Query() query: PupilChangesQuery,
  ): Promise<PupilChangesAnswer> {
    return { changes: await this.reader.list(session, query) };
  }

  @Post('pupils/:pupilId/changes')
  @ApiOperation({ summary: "Propose a change of a pupil's personal data (homeroom teacher, office)" })
  @ApiBody({ type: PupilChangeRequest })
  @ApiCreatedResponse({ type: PupilChangeAnswer })
  async propose(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
    @Body() body: PupilChangeRequest,
  ): Promise<PupilChangeAnswer> {
    return this.changes.propose(session, pupilId, body);
  }

  @Post('pupil-changes/:id/confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm against the paper (clerk or IT, not who proposed it); the data change' })
  @ApiBody({ type: PupilChangeConfirmation })
  @ApiOkResponse({ type: PupilChangeAnswer })
  async confirm(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị sửa thông tin') id: string,
    @Body() body: PupilChangeConfirmation,
  ): Promise<PupilChangeAnswer> {
    return this.changes.confirm(session, id, body.paper);
  }

  @Post('pupil-changes/:id/refuse')
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse with a reason (office)' })
  @ApiBody({ type: PupilChangeRefusal })
  @ApiOkResponse({ type: PupilChangeAnswer })
  async refuse(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị sửa thông tin') id: string,
    @Body() body: PupilChangeRefusal,
  ): Promise<PupilChangeAnswer> {
    return this.changes.refuse(session, id, body.reason);
  }

  @Post('pupil-changes/:id/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw my own' })
  @ApiOkResponse({ type: PupilChangeAnswer })
  async withdraw(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị sửa thông tin') id: string,
  ): Promise<PupilChangeAnswer> {
    return this.changes.withdraw(session, id);
  }
}
