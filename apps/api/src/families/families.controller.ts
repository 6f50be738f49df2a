/** A family's own child. */
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ChildrenAnswer,
  FamilyAccessAnswer,
  FamilyMarksAnswer,
  FamilyResultsAnswer,
  FamilyTranscriptsAnswer,
} from '#contracts/families.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { FamilyReader } from './family-reader.js';

@ApiTags('families')
@Controller('api/family')
export class FamiliesController {
  constructor(private readonly reader: FamilyReader) {}

  @Get('children')
  @ApiOperation({ summary: 'My children at this school; of a pupil the pupil' })
  @ApiOkResponse({ type: ChildrenAnswer })
  async children(@CurrentSession() session: SessionContext): Promise<ChildrenAnswer> {
    return { children: await this.reader.children(session) };
  }

  @Get('pupils/:pupilId/marks')
  @ApiOperation({ summary: "Recorded marks of one's own child, with until when each may be appealed" })
  @ApiOkResponse({ type: FamilyMarksAnswer })
  async marks(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
  ): Promise<FamilyMarksAnswer> {
    return {
      marks: await this.reader.marks(session, pupilId),
      needed: await this.reader.needed(session, pupilId),
    };
  }

  @Get('pupils/:pupilId/results')
  @ApiOperation({ summary: "Results of one's own child; no ranking, no average of the class" })
  @ApiOkResponse({ type: FamilyResultsAnswer })
  async results(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
  ): Promise<FamilyResultsAnswer> {
    return { results: await this.reader.results(session, pupilId) };
  }

  @Get('pupils/:pupilId/transcripts')
  @ApiOperation({ summary: "Issued transcripts of one's own child, to be read and downloaded by their ids" })
  @ApiOkResponse({ type: FamilyTranscriptsAnswer })
  async transcripts(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
  ): Promise<FamilyTranscriptsAnswer> {
    return { transcripts: await this.reader.transcripts(session, pupilId) };
  }

  @Get('pupils/:pupilId/access')
  @ApiOperation({ summary: "Who looked at data of one's own child's class, a day each" })
  @ApiOkResponse({ type: [FamilyAccessAnswer] })
  async accesses(
    @CurrentSession() session: SessionContext,
    @IdParam('pupilId', 'học sinh') pupilId: string,
  ): Promise<FamilyAccessAnswer[]> {
    return this.reader.accesses(session, pupilId);
  }
}
