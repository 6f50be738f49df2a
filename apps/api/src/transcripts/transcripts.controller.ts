/** Transcripts: a class's batch composed, signed, sealed; lists, data and files; and the public opening of a code. */
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  BatchAnswer,
  BatchesAnswer,
  BatchesSignRequest,
  BatchReturnRequest,
  BatchSignRequest,
  ComposeRequest,
  OpeningAnswer,
  TranscriptDetailAnswer,
  TranscriptsAnswer,
  TranscriptsQuery,
} from '#contracts/transcripts.js';
import { IdParam } from '../http/id-param.js';
import { Problem } from '../http/problem.js';
import { CurrentSession, Public, type SessionContext } from '../identity/session-context.js';
import { BatchReview } from './batch-review.js';
import { Openings } from './openings.js';
import { TranscriptBatches } from './transcript-batches.js';
import { TranscriptReader } from './transcript-reader.js';
import { TranscriptSigning } from './transcript-signing.js';

@ApiTags('transcripts')
@Controller('api/transcripts')
export class TranscriptsController {
  constructor(
    private readonly batches: TranscriptBatches,
    private readonly signing: TranscriptSigning,
    private readonly review: BatchReview,
    private readonly reader: TranscriptReader,
  ) {}

  @Post('batches')
  @ApiOperation({
    summary: 'Compose the transcripts of a class: composed n + held m with reasons = the class',
  })
  @ApiBody({ type: ComposeRequest })
  @ApiCreatedResponse({ type: BatchAnswer })
  async compose(
    @CurrentSession() session: SessionContext,
    @Body() body: ComposeRequest,
  ): Promise<BatchAnswer> {
    return this.batches.compose(session, body);
  }

  @Get('batches/:id')
  @ApiOperation({ summary: 'A batch: its route, its transcripts and who is held back' })
  @ApiOkResponse({ type: BatchAnswer })
  async batch(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đợt học bạ') id: string,
  ): Promise<BatchAnswer> {
    return this.reader.batch(session, id);
  }

  @Post('batches/sign')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'The next signature of several batches, all at one place of their route: one act lists every document',
  })
  @ApiBody({ type: BatchesSignRequest })
  @ApiOkResponse({ type: BatchesAnswer })
  async signSeveral(
    @CurrentSession() session: SessionContext,
    @Body() { batchIds, act }: BatchesSignRequest,
  ): Promise<BatchesAnswer> {
    await this.signing.signSeveral(session, batchIds, act);
    return { batches: await this.reader.batches(session, batchIds) };
  }

  @Post('batches/seal')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put the seal on several batches: one act lists every document' })
  @ApiBody({ type: BatchesSignRequest })
  @ApiOkResponse({ type: BatchesAnswer })
  async sealSeveral(
    @CurrentSession() session: SessionContext,
    @Body() { batchIds, act }: BatchesSignRequest,
  ): Promise<BatchesAnswer> {
    await this.signing.sealSeveral(session, batchIds, act);
    return { batches: await this.reader.batches(session, batchIds) };
  }

  @Post('batches/:id/sign')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'The next signature of the route, in one act "transcript.sign.homeroom" or "transcript.sign.principal"',
  })
  @ApiBody({ type: BatchSignRequest })
  @ApiOkResponse({ type: BatchAnswer })
  async sign(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đợt học bạ') id: string,
    @Body() body: BatchSignRequest,
  ): Promise<BatchAnswer> {
    return this.signing.sign(session, sameBatch(id, body), body.act);
  }

  @Post('batches/:id/seal')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Put the seal on, in one act "transcript.seal"; the transcripts enter the ledger with it',
  })
  @ApiBody({ type: BatchSignRequest })
  @ApiOkResponse({ type: BatchAnswer })
  async seal(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đợt học bạ') id: string,
    @Body() body: BatchSignRequest,
  ): Promise<BatchAnswer> {
    return this.signing.seal(session, sameBatch(id, body), body.act);
  }

  @Post('batches/:id/paper')
  @HttpCode(200)
  @ApiOperation({ summary: 'The printed copy was signed on paper (schools that keep this step)' })
  @ApiOkResponse({ type: BatchAnswer })
  async paper(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đợt học bạ') id: string,
  ): Promise<BatchAnswer> {
    return this.review.paperSigned(session, id);
  }

  @Post('batches/:id/return')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a batch back before its seal, with comments pinned to transcripts' })
  @ApiBody({ type: BatchReturnRequest })
  @ApiOkResponse({ type: BatchAnswer })
  async sendBack(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'đợt học bạ') id: string,
    @Body() body: BatchReturnRequest,
  ): Promise<BatchAnswer> {
    return this.review.sendBack(session, id, body);
  }

  @Get()
  @ApiOperation({ summary: 'Transcripts of a class' })
  @ApiOkResponse({ type: TranscriptsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @Query() query: TranscriptsQuery,
  ): Promise<TranscriptsAnswer> {
    return { transcripts: await this.reader.ofClass(session, query.classId, query.document) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One transcript with the data that is signed' })
  @ApiOkResponse({ type: TranscriptDetailAnswer })
  async one(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'học bạ') id: string,
  ): Promise<TranscriptDetailAnswer> {
    return this.reader.one(session, id);
  }

  @Get(':id/pdf')
  @ApiOperation({ summary: 'The file as far as it is signed; once issued, with the proof in its seal' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async pdf(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'học bạ') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { name, bytes } = await this.reader.file(session, id);
    void reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .send(Buffer.from(bytes));
  }
}

@ApiTags('public')
@Public()
@Controller('api/public/openings')
export class OpeningsController {
  constructor(private readonly openings: Openings) {}

  @Get(':hash')
  @ApiOperation({
    summary: 'Open the ledger commitment of a verification code (Mã xác thực); no personal data',
  })
  @ApiParam({ name: 'hash', example: 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPIYTEMZUGU3A' })
  @ApiOkResponse({ type: OpeningAnswer })
  async open(
    @Param('hash') hash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OpeningAnswer> {
    void reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=5');
    return this.openings.open(hash);
  }
}

/** The body repeats the batch because the act's parameters do; the two must name one. */
export function sameBatch(id: string, { batchId }: BatchSignRequest): string {
  if (batchId === id) return id;
  throw new Problem('VALIDATION', 'Đợt học bạ trong địa chỉ và trong nội dung gửi lên không phải là một.');
}
