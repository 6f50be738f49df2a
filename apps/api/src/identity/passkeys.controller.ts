/** A person's own passkeys. Their ids are long: they travel in bodies, not in addresses. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  NewPasskeyRequest,
  PasskeyCreationOptions,
  PasskeyNameRequest,
  PasskeyRevokeRequest,
  PasskeysAnswer,
} from '#contracts/passkeys.js';
import { Passkeys } from './passkeys.js';
import { CurrentSession, type SessionContext } from './session-context.js';

@ApiTags('passkeys')
@Controller('api/passkeys')
export class PasskeysController {
  constructor(private readonly passkeys: Passkeys) {}

  @Get()
  @ApiOperation({ summary: 'My passkeys, withdrawn ones too' })
  @ApiOkResponse({ type: PasskeysAnswer })
  async list(@CurrentSession() session: SessionContext): Promise<PasskeysAnswer> {
    return { passkeys: await this.passkeys.list(session) };
  }

  @Post('options')
  @HttpCode(200)
  @ApiOperation({ summary: 'For navigator.credentials.create: a challenge that works once, for 5 minutes' })
  @ApiOkResponse({ type: PasskeyCreationOptions })
  async options(@CurrentSession() session: SessionContext): Promise<PasskeyCreationOptions> {
    return this.passkeys.creationOptions(session);
  }

  @Post()
  @ApiOperation({
    summary:
      'Add a passkey, confirmed by the act passkey.add with another passkey, or with TOTP for the first',
  })
  @ApiBody({ type: NewPasskeyRequest })
  @ApiCreatedResponse({ type: PasskeysAnswer })
  async add(
    @CurrentSession() session: SessionContext,
    @Body() { name, credential, act }: NewPasskeyRequest,
  ): Promise<PasskeysAnswer> {
    await this.passkeys.add(session, { name, credential }, act);
    return this.list(session);
  }

  @Post('rename')
  @HttpCode(200)
  @ApiOperation({ summary: 'Name a passkey' })
  @ApiBody({ type: PasskeyNameRequest })
  @ApiOkResponse({ type: PasskeysAnswer })
  async rename(
    @CurrentSession() session: SessionContext,
    @Body() { passkeyId, name }: PasskeyNameRequest,
  ): Promise<PasskeysAnswer> {
    await this.passkeys.rename(session, passkeyId, name);
    return this.list(session);
  }

  @Post('revoke')
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw a passkey for ever, confirmed by the act passkey.revoke' })
  @ApiBody({ type: PasskeyRevokeRequest })
  @ApiOkResponse({ type: PasskeysAnswer })
  async revoke(
    @CurrentSession() session: SessionContext,
    @Body() { passkeyId, act }: PasskeyRevokeRequest,
  ): Promise<PasskeysAnswer> {
    await this.passkeys.revoke(session, { passkeyId }, act);
    return this.list(session);
  }
}
