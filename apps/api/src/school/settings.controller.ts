/** The school's own policy: read it, change it in one act. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SettingsAnswer, SettingsRequest } from '#contracts/settings.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Settings } from './school-settings.js';

@ApiTags('school')
@Controller('api/school/settings')
export class SettingsController {
  constructor(private readonly settings: Settings) {}

  @Get()
  @ApiOperation({ summary: "The school's own policy: what it has decided, and the default of the rest" })
  @ApiOkResponse({ type: SettingsAnswer })
  async read(@CurrentSession() session: SessionContext): Promise<SettingsAnswer> {
    return this.settings.read(session);
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Change it in one act "settings.change", by a decision of the principal' })
  @ApiBody({ type: SettingsRequest })
  @ApiOkResponse({ type: SettingsAnswer })
  async change(
    @CurrentSession() session: SessionContext,
    @Body() body: SettingsRequest,
  ): Promise<SettingsAnswer> {
    const { act, ...params } = body;
    return this.settings.change(session, params, act);
  }
}
