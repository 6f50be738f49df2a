/** The accounts of a pupil's family: joined and ended by the office. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GuardianshipRequest, GuardianshipsAnswer } from '#contracts/guardianships.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Guardianships } from './guardianships.js';

@ApiTags('school')
@Controller('api')
export class GuardianshipsController {
  constructor(private readonly guardianships: Guardianships) {}

  @Get('pupils/:pupilId/guardianships')
  @ApiOperation({ summary: "The accounts of a pupil's family, also those that have ended" })
  @ApiOkResponse({ type: GuardianshipsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
  ): Promise<GuardianshipsAnswer> {
    return { guardianships: await this.guardianships.ofPupil(session, pupilId) };
  }

  @Post('pupils/:pupilId/guardianships')
  @ApiOperation({ summary: 'Join an account with a pupil, as the class list says or a paper shows (office)' })
  @ApiBody({ type: GuardianshipRequest })
  @ApiCreatedResponse({ type: GuardianshipsAnswer })
  async make(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
    @Body() body: GuardianshipRequest,
  ): Promise<GuardianshipsAnswer> {
    await this.guardianships.make(session, pupilId, body);
    return { guardianships: await this.guardianships.ofPupil(session, pupilId) };
  }

  @Post('guardianships/:id/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'The account no longer sees the pupil, from now on (office)' })
  @ApiOkResponse({ type: GuardianshipsAnswer })
  async end(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'tài khoản gia đình đã nối') id: string,
  ): Promise<GuardianshipsAnswer> {
    const pupilId = await this.guardianships.end(session, id);
    return { guardianships: await this.guardianships.ofPupil(session, pupilId) };
  }
}
