/** What corrections brought with them, class by class. */
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReissuesAnswer, ReopenedDecisionsAnswer } from '#contracts/aftermath.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { AftermathReader } from './aftermath-reader.js';

@ApiTags('corrections')
@Controller('api/classes/:classId')
export class AftermathController {
  constructor(private readonly reader: AftermathReader) {}

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
}
