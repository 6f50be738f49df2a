/** Mark sheets from and to workbooks. */
import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  SheetImportAnswer,
  SheetImportFields,
  SheetImportPreviewAnswer,
  SheetImportUpload,
  SheetPreviewFields,
  SheetPreviewUpload,
} from '#contracts/gradebook.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { SheetExport } from './sheet-export.js';
import { SheetImport } from './sheet-import.js';
import { readUpload } from './upload.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('gradebook')
@Controller('api/classes/:classId/sheets/:area/:period')
export class SheetExchangeController {
  constructor(
    private readonly imports: SheetImport,
    private readonly exports: SheetExport,
  ) {}

  @Get('workbook')
  @ApiOperation({ summary: 'The sheet as .xlsx, to be filled in elsewhere and imported' })
  @ApiProduces(XLSX)
  @ApiOkResponse({ content: { [XLSX]: { schema: { type: 'string', format: 'binary' } } } })
  async workbook(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const bytes = await this.exports.workbook(session, { classId, area, period });
    void reply.headers({
      'content-type': XLSX,
      'content-disposition': `attachment; filename="${area}-${period}.xlsx"`,
      'cache-control': 'no-store',
    });
    return Buffer.from(bytes);
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'What importing a workbook would do, cell by cell; changes nothing' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: SheetPreviewUpload })
  @ApiOkResponse({ type: SheetImportPreviewAnswer })
  async preview(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Req() request: FastifyRequest,
  ): Promise<SheetImportPreviewAnswer> {
    const upload = await readUpload(request, SheetPreviewFields);
    return this.imports.preview(session, { classId, area, period }, upload);
  }

  @Post('import')
  @HttpCode(200)
  @ApiOperation({ summary: 'Import a previewed workbook into drafts, all or nothing' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: SheetImportUpload })
  @ApiOkResponse({ type: SheetImportAnswer })
  async import(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Req() request: FastifyRequest,
  ): Promise<SheetImportAnswer> {
    const upload = await readUpload(request, SheetImportFields);
    return this.imports.import(session, { classId, area, period }, upload);
  }
}
