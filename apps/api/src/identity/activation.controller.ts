/** Activating an account with the code of a printed letter; and what a person changes of their own account. */
import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  ActivationAnswer,
  ActivationCompletion,
  ActivationRequest,
  PasswordChangeRequest,
  RecoveryCodesAnswer,
  RecoveryCodesRequest,
} from '#contracts/activation.js';
import { Activation } from './activation.js';
import { OwnAccount } from './own-account.js';
import { CurrentSession, Public, type SessionContext } from './session-context.js';

@ApiTags('account')
@Controller('api')
export class ActivationController {
  constructor(
    private readonly activation: Activation,
    private readonly own: OwnAccount,
  ) {}

  @Public()
  @Post('activation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Look at an activation code; answers the secret of the second factor to enrol' })
  @ApiBody({ type: ActivationRequest })
  @ApiOkResponse({ type: ActivationAnswer })
  async begin(@Body() body: ActivationRequest, @Req() request: FastifyRequest): Promise<ActivationAnswer> {
    return this.activation.begin(body, request.ip);
  }

  @Public()
  @Post('activation/complete')
  @HttpCode(200)
  @ApiOperation({ summary: 'Use the code up: set the password, enrol the second factor' })
  @ApiBody({ type: ActivationCompletion })
  @ApiOkResponse({ type: RecoveryCodesAnswer })
  async complete(
    @Body() body: ActivationCompletion,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodesAnswer> {
    return { recoveryCodes: await this.activation.complete(body, request.ip) };
  }

  @Post('own-account/password')
  @HttpCode(204)
  @ApiOperation({ summary: 'Change the own password; all other own sessions end' })
  @ApiBody({ type: PasswordChangeRequest })
  @ApiNoContentResponse()
  async changePassword(
    @CurrentSession() session: SessionContext,
    @Body() body: PasswordChangeRequest,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.own.changePassword(session, body, request.ip);
  }

  @Post('own-account/recovery-codes')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make new recovery codes, confirmed with a one-time code; the former ones end' })
  @ApiBody({ type: RecoveryCodesRequest })
  @ApiOkResponse({ type: RecoveryCodesAnswer })
  async renewRecoveryCodes(
    @CurrentSession() session: SessionContext,
    @Body() body: RecoveryCodesRequest,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodesAnswer> {
    return { recoveryCodes: await this.own.renewRecoveryCodes(session, body.totpCode, request.ip) };
  }
}
