/** Sheets (class × subject × term) signed by their teachers. */
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SheetSignaturesQuery, SheetSignRequest, SignedSheetsAnswer } from '#contracts/sheet-signatures.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { SheetSignatureReader } from './sheet-signature-reader.js';
import { SheetSigning } from './sheet-signing.js';

@ApiTags('transcripts')
@Controller('api/sheet-signatures')
export class SheetSignaturesController {
  constructor(
    private readonly signing: SheetSigning,
    private readonly reader: SheetSignatureReader,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The sheets of a class that subject teachers sign: who signed, whose is missing' })
  @ApiOkResponse({ type: SignedSheetsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @Query() { classId }: SheetSignaturesQuery,
  ): Promise<SignedSheetsAnswer> {
    return { sheets: await this.reader.ofClass(session, classId) };
  }

  @Post()
  @ApiOperation({
    summary:
      'Sign locked sheets of one’s own in one act "sheet.sign": by certificate, else a recorded confirmation',
  })
  @ApiBody({ type: SheetSignRequest })
  @ApiCreatedResponse({ type: SignedSheetsAnswer })
  async sign(
    @CurrentSession() session: SessionContext,
    @Body() { act, ...request }: SheetSignRequest,
  ): Promise<SignedSheetsAnswer> {
    await this.signing.sign(session, request, act);
    const classIds = [...new Set(request.sheets.map(({ classId }) => classId))];
    const read = await Promise.all(classIds.map((classId) => this.reader.ofClass(session, classId)));
    return { sheets: read.flat() };
  }
}
