/** Receipts of the session's person. */
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ReceiptAnswer, ReceiptsAnswer, ReceiptsQuery } from '#contracts/receipts.js';
import { notFound } from '../http/problem.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Receipts } from './receipts.js';

@ApiTags('receipts')
@Controller('api/receipts')
export class ReceiptsController {
  constructor(private readonly receipts: Receipts) {}

  @Get()
  @ApiOperation({
    summary: 'What I recorded, asked to correct or had corrected in a class, and whether it is anchored',
  })
  @ApiOkResponse({ type: ReceiptsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @Query() query: ReceiptsQuery,
  ): Promise<ReceiptsAnswer> {
    return { receipts: await this.receipts.list(session, query) };
  }

  @Get(':seq')
  @ApiOperation({ summary: 'One receipt as a file: event, salt, and the proof that the ledger holds it' })
  @ApiParam({ name: 'seq', example: 812 })
  @ApiOkResponse({ type: ReceiptAnswer })
  async one(
    @CurrentSession() session: SessionContext,
    @Param('seq') seq: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReceiptAnswer> {
    if (!/^(0|[1-9]\d{0,9})$/.test(seq)) throw notFound('biên nhận');
    const receipt = await this.receipts.of(session, Number(seq));
    void reply
      .header('content-disposition', `attachment; filename="bien-nhan-${seq}.json"`)
      .header('cache-control', 'no-store');
    return receipt;
  }
}
