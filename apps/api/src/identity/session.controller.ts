/** Sign in, who am I, sign out. */
import { Body, Controller, Delete, Get, HttpCode, Post, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SessionAnswer, SignInRequest } from '#contracts/session.js';
import { Profiles } from './profiles.js';
import { CurrentSession, Public, type SessionContext } from './session-context.js';
import { SESSION_COOKIE } from './session.guard.js';
import { Sessions } from './sessions.js';

@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly profiles: Profiles,
  ) {}

  @Public()
  @Post()
  @ApiOperation({ summary: 'Sign in; sets the session cookie and answers the CSRF token for later writes' })
  @ApiBody({ type: SignInRequest })
  @ApiCreatedResponse({ type: SessionAnswer })
  async signIn(
    @Body() body: SignInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const opened = await this.sessions.open(body.username, body.password);
    void reply.setCookie(SESSION_COOKIE, opened.cookie, {
      path: '/',
      httpOnly: true,
      secure: true,
      sameSite: 'strict',
    });
    return this.profiles.describe(opened.context, opened.csrfToken);
  }

  @Get()
  @ApiOperation({ summary: 'Who am I, in which school, in which roles today' })
  @ApiOkResponse({ type: SessionAnswer })
  async whoAmI(@CurrentSession() session: SessionContext): Promise<SessionAnswer> {
    return this.profiles.describe(session, await this.profiles.csrfToken(session));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse()
  async signOut(
    @CurrentSession() session: SessionContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.close(session);
    void reply.clearCookie(SESSION_COOKIE, { path: '/', httpOnly: true, secure: true, sameSite: 'strict' });
  }
}
