/** Presentations of an issued học bạ. */
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PresentationAnswer, PresentationRequest } from '#contracts/presentations.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Presentations } from './presentations.js';

@ApiTags('transcripts')
@Controller('api/transcripts/:id/presentations')
export class PresentationsController {
  constructor(private readonly presentations: Presentations) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Show chosen subjects, what was completed, or all of an issued học bạ; nothing is kept of it',
  })
  @ApiBody({ type: PresentationRequest })
  @ApiOkResponse({ type: PresentationAnswer })
  async make(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'học bạ') id: string,
    @Body() body: PresentationRequest,
  ): Promise<PresentationAnswer> {
    return this.presentations.make(session, id, body);
  }
}
