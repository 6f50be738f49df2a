/** What happens to an issued transcript: revoked, handed to another school, its book closed. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TranscriptEventRequest, TranscriptEventsAnswer } from '#contracts/transcript-events.js';
import { IdParam } from '../http/id-param.js';
import { Problem } from '../http/problem.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { TranscriptEvents } from './transcript-events.js';

@ApiTags('transcripts')
@Controller('api/transcripts/:id/events')
export class TranscriptEventsController {
  constructor(private readonly events: TranscriptEvents) {}

  @Get()
  @ApiOperation({ summary: 'What happened to an issued transcript: revoked, handed over, closed' })
  @ApiOkResponse({ type: TranscriptEventsAnswer })
  async of(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'học bạ') id: string,
  ): Promise<TranscriptEventsAnswer> {
    return { events: await this.events.of(session, id) };
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Revoke, hand over or close, in one act "transcript.revoke", "transcript.transfer" or "transcript.finish"',
  })
  @ApiBody({ type: TranscriptEventRequest })
  @ApiOkResponse({ type: TranscriptEventsAnswer })
  async enter(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'học bạ') id: string,
    @Body() { act, ...asked }: TranscriptEventRequest,
  ): Promise<TranscriptEventsAnswer> {
    if (asked.transcriptId !== id) {
      throw new Problem('VALIDATION', 'Học bạ trong địa chỉ và trong nội dung gửi lên không phải là một.');
    }
    return { events: await this.events.enter(session, asked, act) };
  }
}
