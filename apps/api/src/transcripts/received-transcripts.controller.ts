/** Transcripts that pupils bring from other schools. */
import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ReceivedTranscriptsAnswer, ReceivedTranscriptUpload } from '#contracts/received-transcripts.js';
import { MAX_FILE_BYTES } from '#pdf-fill/read.js';
import { IdParam } from '../http/id-param.js';
import { Problem } from '../http/problem.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { ReceivedTranscripts } from './received-transcripts.js';

@ApiTags('transcripts')
@Controller('api/pupils/:pupilId/received-transcripts')
export class ReceivedTranscriptsController {
  constructor(private readonly received: ReceivedTranscripts) {}

  @Get()
  @ApiOperation({ summary: 'Transcripts that the pupil brought from other schools' })
  @ApiOkResponse({ type: ReceivedTranscriptsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
  ): Promise<ReceivedTranscriptsAnswer> {
    return { transcripts: await this.received.of(session, pupilId) };
  }

  @Post()
  @ApiOperation({ summary: 'Take in a transcript that another school sealed: verified, kept, receipted' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: ReceivedTranscriptUpload })
  @ApiCreatedResponse({ type: ReceivedTranscriptsAnswer })
  async receive(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
    @Req() request: FastifyRequest,
  ): Promise<ReceivedTranscriptsAnswer> {
    return { transcripts: await this.received.receive(session, pupilId, await readFile(request)) };
  }

  @Get(':id/pdf')
  @ApiOperation({ summary: 'The file as it came' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
    @IdParam('id', 'học bạ nhận về') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const bytes = await this.received.file(session, pupilId, id);
    void reply
      .headers({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="hoc-ba-nhan-ve-${id}.pdf"`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'no-store',
      })
      .send(Buffer.from(bytes));
  }
}

/** The file's bytes; the sender's file name and media type are not even looked at. */
async function readFile(request: FastifyRequest): Promise<Uint8Array> {
  const missing = new Problem(
    'VALIDATION',
    'Hãy gửi tệp PDF trong biểu mẫu (multipart/form-data), trường file.',
  );
  if (!request.isMultipart()) throw missing;
  const part = await request.file({ limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 0 } });
  if (part === undefined) throw missing;
  return new Uint8Array(await part.toBuffer());
}
