/** A pupil changes class in the year. */
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MoveAnswer, MoveRequest } from '#contracts/enrolments.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { ClassMoves } from './class-moves.js';

@ApiTags('gradebook')
@Controller('api/classes/:classId/pupils/:pupilId/move')
export class ClassMovesController {
  constructor(private readonly moves: ClassMoves) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Move a pupil to another class of the grade; the marks go along with their origin',
  })
  @ApiBody({ type: MoveRequest })
  @ApiOkResponse({ type: MoveAnswer })
  async move(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @IdParam('pupilId', 'học sinh') pupilId: string,
    @Body() body: MoveRequest,
  ): Promise<MoveAnswer> {
    return this.moves.move(session, classId, pupilId, body);
  }
}
