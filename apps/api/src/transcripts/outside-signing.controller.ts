/** Signing with a key that is not on this server: what is to be signed goes out, the signatures come back. */
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  OutsideSignaturesRequest,
  OutsideSigningAnswer,
  OutsideSigningsAnswer,
} from '#contracts/outside-signing.js';
import { BatchAnswer, BatchesSignRequest, BatchSignRequest } from '#contracts/transcripts.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { OutsideSignings } from './outside-signing.js';
import { sameBatch } from './transcripts.controller.js';

@ApiTags('transcripts')
@Controller('api/transcripts')
export class OutsideSigningController {
  constructor(private readonly outside: OutsideSignings) {}

  @Post('batches/outside')
  @ApiOperation({
    summary:
      'The same for several batches at one place of their route: one act lists every document, each batch comes back by itself',
  })
  @ApiBody({ type: BatchesSignRequest })
  @ApiCreatedResponse({ type: OutsideSigningsAnswer })
  async stateSeveral(
    @CurrentSession() session: SessionContext,
    @Body() { batchIds, act }: BatchesSignRequest,
  ): Promise<OutsideSigningsAnswer> {
    return { signings: await this.outside.stateSeveral(session, batchIds, act) };
  }

  @Post('batches/:id/outside')
  @ApiOperation({
    summary:
      'What the next signature of the route is over, for a token or service outside, in the same act as signing here',
  })
  @ApiBody({ type: BatchSignRequest })
  @ApiCreatedResponse({ type: OutsideSigningAnswer })
  async state(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đợt học bạ') id: string,
    @Body() body: BatchSignRequest,
  ): Promise<OutsideSigningAnswer> {
    return this.outside.state(session, sameBatch(id, body), body.act);
  }

  @Post('outside/:id')
  @HttpCode(200)
  @ApiOperation({
    summary: 'The signatures, made outside: each is checked before any is kept; works once, for 30 minutes',
  })
  @ApiBody({ type: OutsideSignaturesRequest })
  @ApiOkResponse({ type: BatchAnswer })
  async deliver(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'lần kí') id: string,
    @Body() body: OutsideSignaturesRequest,
  ): Promise<BatchAnswer> {
    return this.outside.deliver(session, id, body.signatures);
  }
}
