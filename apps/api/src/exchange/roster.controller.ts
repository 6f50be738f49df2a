/** Class lists from workbooks. */
import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RosterFields, RosterImportAnswer, RosterPreviewAnswer, RosterUpload } from '#contracts/roster.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { RosterImport } from './roster-import.js';
import { readUpload } from './upload.js';

@ApiTags('roster')
@Controller('api/roster')
export class RosterController {
  constructor(private readonly roster: RosterImport) {}

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What importing a class list would do, row by row; changes nothing' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: RosterUpload })
  @ApiOkResponse({ type: RosterPreviewAnswer })
  async preview(
    @CurrentSession() session: SessionContext,
    @Req() request: FastifyRequest,
  ): Promise<RosterPreviewAnswer> {
    return this.roster.preview(session, await readUpload(request, RosterFields));
  }

  @Post('import')
  @ApiOperation({ summary: 'Import a class list: class, pupils, places, all or nothing' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: RosterUpload })
  @ApiCreatedResponse({ type: RosterImportAnswer })
  async import(
    @CurrentSession() session: SessionContext,
    @Req() request: FastifyRequest,
  ): Promise<RosterImportAnswer> {
    return this.roster.import(session, await readUpload(request, RosterFields));
  }
}
