/** The school of the session, its classes, and a class with its pupils. */
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AssignmentsAnswer,
  AssignmentsRequest,
  ClassAnswer,
  ClassesAnswer,
  ClassesQuery,
  SchoolDetailsAnswer,
} from '#contracts/school.js';
import { IdParam } from '../http/id-param.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Assignments } from './assignments.js';
import { SchoolReader } from './school-reader.js';

@ApiTags('school')
@Controller('api')
export class SchoolController {
  constructor(
    private readonly reader: SchoolReader,
    private readonly assignments: Assignments,
  ) {}

  @Get('school')
  @ApiOperation({ summary: 'The school I am signed in to, with its years' })
  @ApiOkResponse({ type: SchoolDetailsAnswer })
  async school(@CurrentSession() session: SessionContext): Promise<SchoolDetailsAnswer> {
    return this.reader.school(session);
  }

  @Get('classes')
  @ApiOperation({ summary: 'The classes I may see: all for managers and the office, my own for a teacher' })
  @ApiOkResponse({ type: ClassesAnswer })
  async classes(
    @CurrentSession() session: SessionContext,
    @Query() query: ClassesQuery,
  ): Promise<ClassesAnswer> {
    return this.reader.visibleClasses(session, query.yearId);
  }

  @Get('classes/:classId')
  @ApiOperation({ summary: 'A class: pupils in the order of a class list, assignments, sheets' })
  @ApiOkResponse({ type: ClassAnswer })
  async class(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
  ): Promise<ClassAnswer> {
    return this.reader.class(session, classId);
  }

  @Post('classes/:classId/assignments')
  @ApiOperation({ summary: 'Assign teachers to areas of a class (managers, or IT from the issued list)' })
  @ApiBody({ type: AssignmentsRequest })
  @ApiCreatedResponse({ type: AssignmentsAnswer })
  async assign(
    @CurrentSession() session: SessionContext,
    @IdParam('classId', 'lớp') classId: string,
    @Body() body: AssignmentsRequest,
  ): Promise<AssignmentsAnswer> {
    await this.assignments.make(session, classId, body.assignments);
    return { assignments: (await this.reader.class(session, classId)).assignments };
  }
}
