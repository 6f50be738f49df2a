/** Erasure of pupils' personal data, and what need not be kept any longer. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ErasureAnswer,
  ErasureApproval as ApprovalRequest,
  ErasurePreviewAnswer,
  ErasureRefusal,
  ErasureRequest,
  ErasuresAnswer,
  RetentionAnswer,
} from '#contracts/privacy.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { ErasureApproval } from './erasure-approval.js';
import { ErasureReader } from './erasure-reader.js';
import { ErasureRequests } from './erasure-requests.js';

@ApiTags('privacy')
@Controller('api')
export class PrivacyController {
  constructor(
    private readonly reader: ErasureReader,
    private readonly requests: ErasureRequests,
    private readonly approval: ErasureApproval,
  ) {}

  @Get('retention')
  @ApiOperation({ summary: 'Pupils who have left, and what of them need not be kept any longer' })
  @ApiOkResponse({ type: RetentionAnswer })
  async retention(@CurrentSession() session: SessionContext): Promise<RetentionAnswer> {
    return this.reader.retention(session);
  }

  @Get('pupils/:pupilId/erasure')
  @ApiOperation({ summary: 'What erasing would destroy, what must be kept, by which article and until when' })
  @ApiOkResponse({ type: ErasurePreviewAnswer })
  async preview(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
  ): Promise<ErasurePreviewAnswer> {
    return this.reader.preview(session, pupilId);
  }

  @Post('pupils/:pupilId/erasures')
  @ApiOperation({ summary: 'Ask for an erasure, with its ground and paper (clerk, IT officer)' })
  @ApiBody({ type: ErasureRequest })
  @ApiCreatedResponse({ type: ErasureAnswer })
  async request(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
    @Body() body: ErasureRequest,
  ): Promise<ErasureAnswer> {
    return this.requests.request(session, pupilId, body);
  }

  @Get('erasures')
  @ApiOperation({ summary: 'Erasures asked for and carried out, newest first' })
  @ApiOkResponse({ type: ErasuresAnswer })
  async list(@CurrentSession() session: SessionContext): Promise<ErasuresAnswer> {
    return { erasures: await this.reader.list(session) };
  }

  @Post('erasures/:id/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Approve and carry out in one act "erasure.approve" (principal, not who asked)' })
  @ApiBody({ type: ApprovalRequest })
  @ApiOkResponse({ type: ErasureAnswer })
  async approve(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị xóa dữ liệu') id: string,
    @Body() body: ApprovalRequest,
  ): Promise<ErasureAnswer> {
    return this.approval.approve(session, id, body.act);
  }

  @Post('erasures/:id/refuse')
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse with a reason (principal)' })
  @ApiBody({ type: ErasureRefusal })
  @ApiOkResponse({ type: ErasureAnswer })
  async refuse(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị xóa dữ liệu') id: string,
    @Body() body: ErasureRefusal,
  ): Promise<ErasureAnswer> {
    return this.requests.refuse(session, id, body.reason);
  }

  @Post('erasures/:id/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw my own' })
  @ApiOkResponse({ type: ErasureAnswer })
  async withdraw(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đề nghị xóa dữ liệu') id: string,
  ): Promise<ErasureAnswer> {
    return this.requests.withdraw(session, id);
  }
}
