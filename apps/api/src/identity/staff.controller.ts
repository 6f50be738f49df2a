/** Roles and delegations of the school's people. */
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AppointmentRequest, DelegationRequest, EndRequest, StaffAnswer } from '#contracts/staff.js';
import { Appointing } from './appointing.js';
import { Delegating } from './delegating.js';
import { CurrentSession, type SessionContext } from './session-context.js';
import { StaffReader } from './staff-reader.js';

@ApiTags('staff')
@Controller('api')
export class StaffController {
  constructor(
    private readonly appointing: Appointing,
    private readonly delegating: Delegating,
    private readonly reader: StaffReader,
  ) {}

  @Get('staff')
  @ApiOperation({ summary: 'Who holds which role and delegation, now and before (managers, IT officer)' })
  @ApiOkResponse({ type: StaffAnswer })
  async list(@CurrentSession() session: SessionContext): Promise<StaffAnswer> {
    return this.reader.list(session);
  }

  @Post('appointments')
  @HttpCode(200)
  @ApiOperation({ summary: 'Appoint a person to a role (principal; IT officer for roles without approval)' })
  @ApiBody({ type: AppointmentRequest })
  @ApiOkResponse({ type: StaffAnswer })
  async appoint(
    @CurrentSession() session: SessionContext,
    @Body() { act, ...params }: AppointmentRequest,
  ): Promise<StaffAnswer> {
    await this.appointing.make(session, params, act);
    return this.reader.list(session);
  }

  @Post('appointments/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a role at once, with the reason' })
  @ApiBody({ type: EndRequest })
  @ApiOkResponse({ type: StaffAnswer })
  async endAppointment(
    @CurrentSession() session: SessionContext,
    @Body() { act, ...params }: EndRequest,
  ): Promise<StaffAnswer> {
    await this.appointing.end(session, params, act);
    return this.reader.list(session);
  }

  @Post('delegations')
  @HttpCode(200)
  @ApiOperation({ summary: "The principal's written delegation to a vice-principal" })
  @ApiBody({ type: DelegationRequest })
  @ApiOkResponse({ type: StaffAnswer })
  async delegate(
    @CurrentSession() session: SessionContext,
    @Body() { act, ...params }: DelegationRequest,
  ): Promise<StaffAnswer> {
    await this.delegating.make(session, params, act);
    return this.reader.list(session);
  }

  @Post('delegations/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take a delegation back at once, with the reason' })
  @ApiBody({ type: EndRequest })
  @ApiOkResponse({ type: StaffAnswer })
  async endDelegation(
    @CurrentSession() session: SessionContext,
    @Body() { act, ...params }: EndRequest,
  ): Promise<StaffAnswer> {
    await this.delegating.end(session, params, act);
    return this.reader.list(session);
  }
}
