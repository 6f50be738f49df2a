/** Sign in, in two steps; who am I; sign out; the own sessions. */
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  EndedSessionsAnswer,
  OwnSessionsAnswer,
  PendingSignInAnswer,
  SecondFactorRequest,
  SessionAnswer,
  SignInRequest,
} from '#contracts/session.js';
import { OwnSessions } from './own-sessions.js';
import { Profiles } from './profiles.js';
import { CurrentSession, Public, type SessionContext } from './session-context.js';
import { PENDING_COOKIE, SESSION_COOKIE } from './session.guard.js';
import { Sessions, type OpenedSession } from './sessions.js';
import { SignIn } from './sign-in.js';

const COOKIE = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

@ApiTags('session')
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly signing: SignIn,
    private readonly sessions: Sessions,
    private readonly own: OwnSessions,
    private readonly profiles: Profiles,
  ) {}

  @Public()
  @Post()
  @ApiOperation({
    summary: 'Sign in: sets the session cookie and answers the CSRF token for later writes, or asks for more',
  })
  @ApiBody({ type: SignInRequest })
  @ApiCreatedResponse({ type: SessionAnswer })
  @ApiAcceptedResponse({ type: PendingSignInAnswer, description: 'A second factor is asked for' })
  async signIn(
    @Body() body: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer | PendingSignInAnswer> {
    const result = await this.signing.withPassword(body.username, body.password, request.ip);
    if ('context' in result) return this.enter(result, reply);
    void reply.status(202).setCookie(PENDING_COOKIE, result.cookie, COOKIE);
    const { methods, passkey } = result;
    return { pending: true, methods, ...(passkey === null ? {} : { passkey }) };
  }

  @Public()
  @Post('second-factor')
  @ApiOperation({ summary: 'The second step: a one-time code, a recovery code, or a passkey' })
  @ApiBody({ type: SecondFactorRequest })
  @ApiCreatedResponse({ type: SessionAnswer })
  async secondFactor(
    @Body() body: SecondFactorRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionAnswer> {
    const pending = request.cookies[PENDING_COOKIE];
    const opened = await this.signing.withSecondFactor(pending, body, request.ip);
    void reply.clearCookie(PENDING_COOKIE, COOKIE);
    return this.enter(opened, reply);
  }

  @Get()
  @ApiOperation({ summary: 'Who am I, in which school, in which roles today' })
  @ApiOkResponse({ type: SessionAnswer })
  async whoAmI(@CurrentSession() session: SessionContext): Promise<SessionAnswer> {
    return this.profiles.describe(session);
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
    void reply.clearCookie(SESSION_COOKIE, COOKIE);
  }

  @Get('list')
  @ApiOperation({ summary: 'The own sessions that are open, on this and other machines' })
  @ApiOkResponse({ type: OwnSessionsAnswer })
  async list(@CurrentSession() session: SessionContext): Promise<OwnSessionsAnswer> {
    return { sessions: await this.own.list(session) };
  }

  @Delete('others')
  @ApiOperation({ summary: 'End all other own sessions' })
  @ApiOkResponse({ type: EndedSessionsAnswer })
  async endOthers(@CurrentSession() session: SessionContext): Promise<EndedSessionsAnswer> {
    return { ended: await this.own.endOthers(session) };
  }

  @Delete('list/:sessionId')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of the own sessions' })
  @ApiNoContentResponse()
  async end(@CurrentSession() session: SessionContext, @Param('sessionId') id: string): Promise<void> {
    await this.own.end(session, id);
  }

  private enter(opened: OpenedSession, reply: FastifyReply): Promise<SessionAnswer> {
    void reply.status(201).setCookie(SESSION_COOKIE, opened.cookie, COOKIE);
    return this.profiles.describe(opened.context);
  }
}
