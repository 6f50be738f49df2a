/** Corrections: ask, confirm, approve, reject, withdraw; one, or many in one act. */
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CorrectionEffectAnswer,
  ApproveManyRequest,
  ApproveOneRequest,
  CorrectionIds,
  CorrectionRequest,
  CorrectionsAnswer,
  CorrectionsQuery,
  RejectManyRequest,
  RejectOneRequest,
} from '#contracts/corrections.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { CorrectionDecisions } from './correction-decisions.js';
import { CorrectionEffects } from './correction-effect.js';
import { CorrectionReader } from './correction-reader.js';
import { CorrectionRequests } from './correction-requests.js';

@ApiTags('corrections')
@Controller('api/corrections')
export class CorrectionsController {
  constructor(
    private readonly reader: CorrectionReader,
    private readonly requests: CorrectionRequests,
    private readonly decisions: CorrectionDecisions,
    private readonly effects: CorrectionEffects,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Corrections that concern me, newest first, with what I may do with each' })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @Query() query: CorrectionsQuery,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.reader.list(session, query) };
  }

  @Get(':id/effect')
  @ApiOperation({ summary: "What it would do to the pupil's averages, levels, honour and promotion" })
  @ApiOkResponse({ type: CorrectionEffectAnswer })
  async effect(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị sửa') id: string,
  ): Promise<CorrectionEffectAnswer> {
    return this.effects.of(session, id);
  }

  @Post()
  @ApiOperation({
    summary: 'Ask for corrections of one cause: recorded cells, or cells missing after a lock',
  })
  @ApiBody({ type: CorrectionRequest })
  @ApiCreatedResponse({ type: CorrectionsAnswer })
  async request(
    @CurrentSession() session: SessionContext,
    @Body() body: CorrectionRequest,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.requests.request(session, body) };
  }

  @Post('confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm many (homeroom teacher)' })
  @ApiBody({ type: CorrectionIds })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async confirmMany(
    @CurrentSession() session: SessionContext,
    @Body() body: CorrectionIds,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.decisions.confirm(session, body.correctionIds) };
  }

  @Post('approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Approve and apply many in one act "correction.approve" that lists each change' })
  @ApiBody({ type: ApproveManyRequest })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async approveMany(
    @CurrentSession() session: SessionContext,
    @Body() body: ApproveManyRequest,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.decisions.approve(session, body.correctionIds, body.act) };
  }

  @Post('apply')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Apply exactly what was approved (IT officer, where the school leaves it to them)',
  })
  @ApiBody({ type: CorrectionIds })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async applyMany(
    @CurrentSession() session: SessionContext,
    @Body() body: CorrectionIds,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.decisions.apply(session, body.correctionIds) };
  }

  @Post('reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reject many in one act "correction.reject", with a reason' })
  @ApiBody({ type: RejectManyRequest })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async rejectMany(
    @CurrentSession() session: SessionContext,
    @Body() body: RejectManyRequest,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.decisions.reject(session, body.correctionIds, body.reason, body.act) };
  }

  @Post('withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw many of my own' })
  @ApiBody({ type: CorrectionIds })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async withdrawMany(
    @CurrentSession() session: SessionContext,
    @Body() body: CorrectionIds,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.decisions.withdraw(session, body.correctionIds) };
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Confirm (homeroom teacher)' })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async confirm(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị sửa') id: string,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.decisions.confirm(session, [id]) };
  }

  @Post(':id/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Approve and apply, in an act "correction.approve" for exactly this correction' })
  @ApiBody({ type: ApproveOneRequest })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async approve(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị sửa') id: string,
    @Body() body: ApproveOneRequest,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.decisions.approve(session, [id], body.act) };
  }

  @Post(':id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reject with a reason, in an act "correction.reject"' })
  @ApiBody({ type: RejectOneRequest })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async reject(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị sửa') id: string,
    @Body() body: RejectOneRequest,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.decisions.reject(session, [id], body.reason, body.act) };
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw my own' })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async withdraw(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị sửa') id: string,
  ): Promise<CorrectionsAnswer> {
    return { corrections: await this.decisions.withdraw(session, [id]) };
  }
}
