/** Who I am to the decision table, so that pages can ask it as the server does. */
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RightsAnswer } from '#contracts/rights.js';
import { Authorizer } from '../identity/authorizer.js';
import { CurrentSession, type SessionContext } from '../identity/session-context.js';
import { Relations } from './relations.js';

@ApiTags('session')
@Controller('api/rights')
export class RightsController {
  constructor(
    private readonly authorizer: Authorizer,
    private readonly relations: Relations,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'My roles, delegations and relations of today: what the decision table asks about me',
  })
  @ApiOkResponse({ type: RightsAnswer })
  async mine(@CurrentSession() session: SessionContext): Promise<RightsAnswer> {
    await this.authorizer.authorize(session, 'session.read', {});
    const { personId, date, roles, delegations, switches } = await this.authorizer.actor(session);
    const { schoolLevel = 'secondary' } = await this.relations.ofSchool(session);
    const mine = await this.relations.mine(session);
    return {
      ...{ personId, date, roles: [...roles], delegations: [...delegations], switches },
      somewhere: { schoolLevel, ...mine.somewhere() },
    };
  }
}
