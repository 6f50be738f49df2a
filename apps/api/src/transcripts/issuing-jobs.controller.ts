/** Routes of the jobs that compose transcripts. Their batches are signed and sealed as others are. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IssuingJobAnswer, IssuingJobRequest, IssuingJobsAnswer } from '#contracts/issuing-jobs.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { IssuingJobReader } from './issuing-job-reader.js';
import { IssuingJobs } from './issuing-jobs.js';

@ApiTags('transcripts')
@Controller('api/issuing-jobs')
export class IssuingJobsController {
  constructor(
    private readonly jobs: IssuingJobs,
    private readonly reader: IssuingJobReader,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Compose the transcripts of a class, a grade or the school, class by class, as a job',
  })
  @ApiBody({ type: IssuingJobRequest })
  @ApiCreatedResponse({ type: IssuingJobAnswer })
  async start(
    @CurrentSession() session: SessionContext,
    @Body() body: IssuingJobRequest,
  ): Promise<IssuingJobAnswer> {
    return this.jobs.start(session, body);
  }

  @Get()
  @ApiOperation({ summary: 'The newest jobs' })
  @ApiOkResponse({ type: IssuingJobsAnswer })
  async list(@CurrentSession() session: SessionContext): Promise<IssuingJobsAnswer> {
    return { jobs: await this.reader.list(session) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'A job and how far each class is: composed, held back, signed, sealed, issued' })
  @ApiOkResponse({ type: IssuingJobAnswer })
  async one(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'lượt lập học bạ') id: string,
  ): Promise<IssuingJobAnswer> {
    return this.reader.one(session, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a job before anyone has signed; what it composed is sent back' })
  @ApiOkResponse({ type: IssuingJobAnswer })
  async cancel(
    @CurrentSession() session: SessionContext,
    @IdParam('id', 'lượt lập học bạ') id: string,
  ): Promise<IssuingJobAnswer> {
    return this.jobs.cancel(session, id);
  }
}
