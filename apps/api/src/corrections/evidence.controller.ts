/** Evidence: added to what one asked for, handed out as a download that nothing runs. */
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
import { EvidenceAnswer, EvidenceFields, EvidenceUpload } from '#contracts/evidence.js';
import { IdParam } from '../http/id-param.js';
import { Problem } from '../http/problem.js';
import { validated } from '../http/validation.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Evidence } from './evidence.js';
import { LARGEST_EVIDENCE } from './evidence-kinds.js';

@ApiTags('corrections')
@Controller('api/evidence')
export class EvidenceController {
  constructor(private readonly evidence: Evidence) {}

  @Post()
  @ApiOperation({
    summary: 'Add a PDF, JPEG or PNG (by content) to corrections, an appeal or a change that I asked for',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: EvidenceUpload })
  @ApiCreatedResponse({ type: EvidenceAnswer })
  async add(
    @CurrentSession() session: SessionContext,
    @Req() request: FastifyRequest,
  ): Promise<EvidenceAnswer> {
    const { fields, bytes } = await readForm(request);
    return this.evidence.add(session, fields, bytes);
  }

  @Get(':id')
  @ApiOperation({ summary: 'The file, as a download; its name is made by the server' })
  @ApiProduces('application/pdf', 'image/jpeg', 'image/png')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'tệp minh chứng') id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { name, mediaType, bytes } = await this.evidence.file(session, id);
    void reply
      .headers({
        'content-type': mediaType,
        'content-disposition': `attachment; filename="${name}"`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'no-store',
      })
      .send(Buffer.from(bytes));
  }
}

/** The file's bytes and the fields; the sender's file name and media type are not even looked at. */
async function readForm(request: FastifyRequest): Promise<{ fields: EvidenceFields; bytes: Uint8Array }> {
  if (!request.isMultipart()) {
    throw new Problem('VALIDATION', 'Hãy gửi tệp dưới dạng biểu mẫu (multipart/form-data), trường file.');
  }
  let bytes: Uint8Array | undefined;
  const fields: [string, unknown][] = [];
  const limits = { fileSize: LARGEST_EVIDENCE, files: 1, fields: 4 };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'file') bytes = new Uint8Array(await part.toBuffer());
    else fields.push([part.fieldname, part.value]);
  }
  if (bytes === undefined) throw new Problem('VALIDATION', 'Chưa có tệp minh chứng nào trong biểu mẫu.');
  return { fields: validated(EvidenceFields, Object.fromEntries(fields)), bytes };
}
