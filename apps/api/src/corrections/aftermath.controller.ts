/** What corrections brought with them, class by class. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReissuesAnswer, ReopenedDecisionsAnswer } from '#contracts/aftermath.js';
import { ResealRequest } from '#contracts/resealing.js';
import { IdParam } from '../http/id-param.js';
import { Problem } from '../http/problem.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { AftermathReader } from './aftermath-reader.js';
import { Resealing } from './resealing.js';

@ApiTags('corrections')
@Controller('api/classes/:classId')
export class AftermathController {
  constructor(
    private readonly reader: AftermathReader,
    private readonly resealing: Resealing,
  ) {}

  @Get('reopened-decisions')
  @ApiOperation({ summary: "The council's decisions that corrections have overtaken, pupil by pupil" })
  @ApiOkResponse({ type: ReopenedDecisionsAnswer })
  async reopened(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<ReopenedDecisionsAnswer> {
    return { reopened: await this.reader.reopened(session, classId) };
  }

  @Get('reissues')
  @ApiOperation({ summary: 'Issued transcripts that no longer say what the book says' })
  @ApiOkResponse({ type: ReissuesAnswer })
  async reissues(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<ReissuesAnswer> {
    return { reissues: await this.reader.reissues(session, classId) };
  }

  @Post('reissues')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Have all its issued transcripts signed and sealed anew, by the act "transcript.reseal"',
  })
  @ApiBody({ type: ResealRequest })
  @ApiOkResponse({ type: ReissuesAnswer })
  async reseal(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() { act, ...asked }: ResealRequest,
  ): Promise<ReissuesAnswer> {
    if (asked.classId !== classId) {
      throw new Problem('VALIDATION', 'Lớp trong địa chỉ và trong nội dung gửi lên không phải là một.');
    }
    return { reissues: await this.resealing.order(session, asked, act) };
  }
}
