/** Scratch columns of a sheet, and choosing out of them into the book. */
import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { DraftsAnswer } from '#contracts/gradebook.js';
import {
  ChooseRequest,
  ScratchColumnAnswer,
  ScratchColumnsAnswer,
  ScratchMarksRequest,
  ScratchRequest,
} from '#contracts/scratch.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Scratch } from './scratch.js';

@ApiTags('gradebook')
@Controller('api/classes/:classId/sheets/:area/:period/scratch')
export class ScratchController {
  constructor(private readonly scratch: Scratch) {}

  @Get()
  @ApiOperation({ summary: 'My scratch columns of a sheet with their results' })
  @ApiOkResponse({ type: ScratchColumnsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
  ): Promise<ScratchColumnsAnswer> {
    return { columns: await this.scratch.list(session, { classId, area, period }) };
  }

  @Post()
  @ApiOperation({ summary: 'Make a scratch column' })
  @ApiBody({ type: ScratchRequest })
  @ApiCreatedResponse({ type: ScratchColumnAnswer })
  async make(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Body() body: ScratchRequest,
  ): Promise<ScratchColumnAnswer> {
    return this.scratch.make(session, { classId, area, period }, body);
  }

  @Post('choose')
  @HttpCode(200)
  @ApiOperation({ summary: 'Chọn vào sổ: make drafts of chosen results, all or none' })
  @ApiBody({ type: ChooseRequest })
  @ApiOkResponse({ type: DraftsAnswer })
  async choose(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Body() body: ChooseRequest,
  ): Promise<DraftsAnswer> {
    const ref = { classId, area, period };
    return { cells: await this.scratch.choose(session, ref, body.choices), refused: [] };
  }

  @Put(':scratchId/marks')
  @ApiOperation({
    summary: 'Save results of a scratch column, all or none; a stale version answers with both',
  })
  @ApiBody({ type: ScratchMarksRequest })
  @ApiOkResponse({ type: ScratchColumnAnswer })
  async save(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @IdParam('scratchId', 'cột nháp') scratchId: string,
    @Body() body: ScratchMarksRequest,
  ): Promise<ScratchColumnAnswer> {
    return this.scratch.enter(session, { classId, area, period }, scratchId, body.marks);
  }

  @Post(':scratchId/remove')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a scratch column away; what was chosen stays' })
  @ApiNoContentResponse()
  async remove(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @IdParam('scratchId', 'cột nháp') scratchId: string,
  ): Promise<void> {
    await this.scratch.takeAway(session, { classId, area, period }, scratchId);
  }
}
