/** What is said of a sheet's columns, and the grounds of its cells. */
import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ColumnDescription, ColumnOwnerRequest, ColumnVersionAnswer } from '#contracts/columns.js';
import { GroundAnswer, GroundRequest } from '#contracts/grounds.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { ColumnDetails } from './column-details.js';
import { MarkGrounds } from './mark-grounds.js';

@ApiTags('gradebook')
@Controller('api/classes/:classId/sheets/:area/:period')
export class ColumnsController {
  constructor(
    private readonly details: ColumnDetails,
    private readonly grounds: MarkGrounds,
  ) {}

  @Put('columns/:column')
  @ApiOperation({ summary: "Say a column's test, its day and strand; a stale version answers with both" })
  @ApiBody({ type: ColumnDescription })
  @ApiOkResponse({ type: ColumnVersionAnswer })
  async describe(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Param('column') column: string,
    @Body() body: ColumnDescription,
  ): Promise<ColumnVersionAnswer> {
    return this.details.describe(session, { classId, area, period, column }, body);
  }

  @Put('columns/:column/owner')
  @ApiOperation({ summary: "Give a column to one of the subject's teachers, or back to all of them" })
  @ApiBody({ type: ColumnOwnerRequest })
  @ApiOkResponse({ type: ColumnVersionAnswer })
  async assign(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Param('column') column: string,
    @Body() body: ColumnOwnerRequest,
  ): Promise<ColumnVersionAnswer> {
    return this.details.assign(session, { classId, area, period, column }, body);
  }

  @Post('grounds')
  @ApiOperation({ summary: 'Decide an absence without valid reason (records V), or note a make-up test' })
  @ApiBody({ type: GroundRequest })
  @ApiCreatedResponse({ type: GroundAnswer })
  async ground(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @Body() body: GroundRequest,
  ): Promise<GroundAnswer> {
    return this.grounds.enter(session, { classId, area, period }, body);
  }

  @Post('grounds/:groundId/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take back the ground of a make-up test while its mark is not recorded' })
  @ApiOkResponse({ type: GroundAnswer })
  async withdraw(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Param('area') area: string,
    @Param('period') period: string,
    @IdParam('groundId', 'căn cứ của ô điểm') groundId: string,
  ): Promise<GroundAnswer> {
    return this.grounds.withdraw(session, { classId, area, period }, groundId);
  }
}
