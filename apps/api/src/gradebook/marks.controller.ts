/** The history of a mark. */
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { MarkHistoryAnswer } from '#contracts/gradebook.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { MarkHistory } from './mark-history.js';

@ApiTags('gradebook')
@Controller('api/marks')
export class MarksController {
  constructor(private readonly histories: MarkHistory) {}

  @Get(':id/history')
  @ApiOperation({
    summary: 'Every value a mark had in the book, with who recorded, asked, confirmed, approved',
  })
  @ApiOkResponse({ type: MarkHistoryAnswer })
  async history(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'ô điểm') id: string,
  ): Promise<MarkHistoryAnswer> {
    return this.histories.of(session, id);
  }
}
