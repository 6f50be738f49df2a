/** How the school's documents look: its own file, its pictures, the picture of one's own signature. */
import { Body, Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  SchoolStyleAnswer,
  SchoolStyleRequest,
  StylePictureAnswer,
  StylePictureUpload,
} from '#contracts/school-styles.js';
import { Problem } from '../http/problem.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { MAX_PICTURE_FILE } from './picture-import.js';
import { SchoolStyles } from './school-styles.js';

@ApiTags('transcripts')
@Controller('api/school/style')
export class SchoolStylesController {
  constructor(private readonly styles: SchoolStyles) {}

  @Get()
  @ApiOperation({
    summary: 'The school’s own texts and pictures on documents, and the picture of one’s own signature',
  })
  @ApiOkResponse({ type: SchoolStyleAnswer })
  async read(@CurrentSession() session: SessionContext): Promise<SchoolStyleAnswer> {
    return this.styles.read(session);
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Change the school’s template file in one act "style.change", by a decision of the principal',
  })
  @ApiBody({ type: SchoolStyleRequest })
  @ApiOkResponse({ type: SchoolStyleAnswer })
  async change(
    @CurrentSession() session: SessionContext,
    @Body() body: SchoolStyleRequest,
  ): Promise<SchoolStyleAnswer> {
    const { act, ...params } = body;
    return this.styles.change(session, params, act);
  }

  @Post('pictures')
  @ApiOperation({ summary: 'Put in a logo or seal (PNG or JPEG) for the template file to name' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: StylePictureUpload })
  @ApiCreatedResponse({ type: StylePictureAnswer })
  async addPicture(
    @CurrentSession() session: SessionContext,
    @Req() request: FastifyRequest,
  ): Promise<StylePictureAnswer> {
    return this.styles.addPicture(session, await readFile(request));
  }

  @Post('signature')
  @ApiOperation({ summary: 'Put in the picture of one’s own signature (PNG or JPEG)' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: StylePictureUpload })
  @ApiCreatedResponse({ type: SchoolStyleAnswer })
  async changeOwn(
    @CurrentSession() session: SessionContext,
    @Req() request: FastifyRequest,
  ): Promise<SchoolStyleAnswer> {
    return this.styles.changeOwn(session, await readFile(request));
  }

  @Delete('signature')
  @ApiOperation({ summary: 'Sign without a picture from now on' })
  @ApiOkResponse({ type: SchoolStyleAnswer })
  async takeAway(@CurrentSession() session: SessionContext): Promise<SchoolStyleAnswer> {
    return this.styles.changeOwn(session, null);
  }
}

/** The file's bytes; the sender's file name and media type are not even looked at. */
async function readFile(request: FastifyRequest): Promise<Uint8Array> {
  const missing = new Problem(
    'VALIDATION',
    'Hãy gửi tệp ảnh trong biểu mẫu (multipart/form-data), trường file.',
  );
  if (!request.isMultipart()) throw missing;
  const part = await request.file({ limits: { fileSize: MAX_PICTURE_FILE, files: 1, fields: 0 } });
  if (part === undefined) throw missing;
  return new Uint8Array(await part.toBuffer());
}
