/** Accounts of the school: the report, new accounts and codes, disabling, two-person recovery. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import {
  AccountRequest,
  AccountReviewRequest,
  AccountsAnswer,
  ConfirmRecoveryRequest,
  IssuedCodeAnswer,
  ProposedRecoveryAnswer,
  ReasonRequest,
} from '#contracts/accounts.js';
import { IdParam } from '../http/id-param.js';
import { AccountRecoveries } from './account-recovery.js';
import { AccountReport } from './account-report.js';
import { Accounts } from './accounts.js';
import { CurrentSession, type SessionContext } from './session-context.js';

@ApiTags('accounts')
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly report: AccountReport,
    private readonly recoveries: AccountRecoveries,
  ) {}

  @Get()
  @ApiOperation({ summary: 'All accounts: roles, last sign-in, second factors, and what to look at' })
  @ApiOkResponse({ type: AccountsAnswer })
  async list(@CurrentSession() session: SessionContext): Promise<AccountsAnswer> {
    return this.report.list(session);
  }

  @Post('review')
  @HttpCode(200)
  @ApiOperation({ summary: "Sign the month's list off (vice-principal or principal)" })
  @ApiBody({ type: AccountReviewRequest })
  @ApiOkResponse({ type: AccountsAnswer })
  async review(
    @CurrentSession() session: SessionContext,
    @Body() body: AccountReviewRequest,
  ): Promise<AccountsAnswer> {
    await this.report.review(session, body);
    return this.report.list(session);
  }

  @Post()
  @ApiOperation({ summary: 'Make an account and the code of its letter (IT officer); it has no role yet' })
  @ApiBody({ type: AccountRequest })
  @ApiCreatedResponse({ type: IssuedCodeAnswer })
  async create(
    @CurrentSession() session: SessionContext,
    @Body() body: AccountRequest,
  ): Promise<IssuedCodeAnswer> {
    return this.accounts.create(session, body);
  }

  @Post(':personId/activation-code')
  @ApiOperation({ summary: 'A new code: sets a new password, keeps the second factor' })
  @ApiCreatedResponse({ type: IssuedCodeAnswer })
  async issueCode(
    @CurrentSession() session: SessionContext,
    @IdParam('personId', 'tài khoản') personId: string,
  ): Promise<IssuedCodeAnswer> {
    return this.accounts.issueCode(session, personId);
  }

  @Post(':personId/disable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Disable an account; it stops at the next request' })
  @ApiBody({ type: ReasonRequest })
  @ApiNoContentResponse()
  async disable(
    @CurrentSession() session: SessionContext,
    @IdParam('personId', 'tài khoản') personId: string,
    @Body() body: ReasonRequest,
  ): Promise<void> {
    await this.accounts.disable(session, personId, body.reason);
  }

  @Post(':personId/enable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take the disabling back' })
  @ApiBody({ type: ReasonRequest })
  @ApiNoContentResponse()
  async enable(
    @CurrentSession() session: SessionContext,
    @IdParam('personId', 'tài khoản') personId: string,
    @Body() body: ReasonRequest,
  ): Promise<void> {
    await this.accounts.enable(session, personId, body.reason);
  }

  @Post(':personId/recovery')
  @ApiOperation({ summary: "First person: propose to reset somebody's second factor" })
  @ApiBody({ type: ReasonRequest })
  @ApiCreatedResponse({ type: ProposedRecoveryAnswer })
  async proposeRecovery(
    @CurrentSession() session: SessionContext,
    @IdParam('personId', 'tài khoản') personId: string,
    @Body() body: ReasonRequest,
  ): Promise<ProposedRecoveryAnswer> {
    return { recoveryId: await this.recoveries.propose(session, personId, body.reason) };
  }

  @Post('recovery/confirm')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Second person: confirm by the act "account.confirm-recovery"; answers the new code',
  })
  @ApiBody({ type: ConfirmRecoveryRequest })
  @ApiOkResponse({ type: IssuedCodeAnswer })
  async confirmRecovery(
    @CurrentSession() session: SessionContext,
    @Body() body: ConfirmRecoveryRequest,
  ): Promise<IssuedCodeAnswer> {
    return this.recoveries.confirm(session, body.recoveryId, body.act);
  }
}
