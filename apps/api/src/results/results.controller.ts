/** Results of a class, the notes that enter them, and the council's decisions. */
import { Body, Controller, Get, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  DecisionAnswer,
  DecisionRequest,
  DecisionsAnswer,
  DecisionsQuery,
  ExplanationsAnswer,
  NeededQuery,
  PupilNeededAnswer,
  PupilWarnings,
  ResultsAnswer,
  YearNotesAnswer,
  YearNotesRequest,
} from '#contracts/results.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { CouncilDecisions } from './council-decisions.js';
import { Explanations } from './explanations.js';
import { NeededMarks } from './needed-marks.js';
import { ResultComputation } from './result-computation.js';
import { Results } from './results.js';
import { Warnings } from './warnings.js';
import { YearNotes } from './year-notes.js';

@ApiTags('results')
@Controller('api')
export class ResultsController {
  constructor(
    private readonly results: Results,
    private readonly computation: ResultComputation,
    private readonly notes: YearNotes,
    private readonly decisions: CouncilDecisions,
    private readonly explanations: Explanations,
    private readonly warnings: Warnings,
    private readonly needed: NeededMarks,
  ) {}

  @Get('results/:classId')
  @ApiOperation({ summary: 'Results of a class as they stand; stale ones were overtaken by a correction' })
  @ApiOkResponse({ type: ResultsAnswer })
  async ofClass(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<ResultsAnswer> {
    return this.results.ofClass(session, classId);
  }

  @Get('results/:classId/pupils/:pupilId/explanation')
  @ApiOperation({
    summary: 'Why the results of a pupil are what they are: article, subjects, what is missing',
  })
  @ApiOkResponse({ type: ExplanationsAnswer })
  async explain(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @IdParam('pupilId', 'học sinh') pupilId: string,
  ): Promise<ExplanationsAnswer> {
    return this.explanations.ofPupil(session, classId, pupilId);
  }

  @Get('results/:classId/needed')
  @ApiOperation({ summary: 'What the last test of a sheet must bring each pupil for each level' })
  @ApiOkResponse({ type: [PupilNeededAnswer] })
  async need(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Query() query: NeededQuery,
  ): Promise<PupilNeededAnswer[]> {
    return this.needed.ofSheet(session, classId, query);
  }

  @Get('results/:classId/warnings')
  @ApiOperation({
    summary: 'Pupils to be helped while the year is open: absences, averages, levels held down',
  })
  @ApiOkResponse({ type: [PupilWarnings] })
  async warn(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<PupilWarnings[]> {
    return this.warnings.ofClass(session, classId);
  }

  @Post('results/:classId/compute')
  @HttpCode(200)
  @ApiOperation({ summary: 'Compute the results of a class: every sheet locked, nothing missing' })
  @ApiOkResponse({ type: ResultsAnswer })
  async compute(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<ResultsAnswer> {
    await this.computation.compute(session, classId);
    return this.results.ofClass(session, classId);
  }

  @Get('results/:classId/notes')
  @ApiOperation({ summary: 'Individual plans, exemptions, recognition, re-assessment of the pupils' })
  @ApiOkResponse({ type: YearNotesAnswer })
  async readNotes(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<YearNotesAnswer> {
    return { notes: await this.notes.list(session, classId) };
  }

  @Put('results/:classId/notes')
  @ApiOperation({ summary: 'Replace the notes of the pupils named' })
  @ApiBody({ type: YearNotesRequest })
  @ApiOkResponse({ type: YearNotesAnswer })
  async enterNotes(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() body: YearNotesRequest,
  ): Promise<YearNotesAnswer> {
    return { notes: await this.notes.enter(session, classId, body.notes) };
  }

  @Get('decisions')
  @ApiOperation({ summary: "The council's decisions on a class, newest first" })
  @ApiOkResponse({ type: DecisionsAnswer })
  async list(
    @CurrentSession() session: SessionContext,
    @Query() query: DecisionsQuery,
  ): Promise<DecisionsAnswer> {
    return { decisions: await this.results.decisionsOf(session, query.classId) };
  }

  @Post('decisions')
  @ApiOperation({ summary: "Enter the council's decision (number, date) on a class whose results hold" })
  @ApiBody({ type: DecisionRequest })
  @ApiCreatedResponse({ type: DecisionAnswer })
  async decide(
    @CurrentSession() session: SessionContext,
    @Body() body: DecisionRequest,
  ): Promise<DecisionAnswer> {
    return this.decisions.enter(session, body);
  }
}
