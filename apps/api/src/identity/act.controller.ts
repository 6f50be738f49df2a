/** Phase one of a step-up: states the exact change that the second factor will confirm. */
import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ActRequest, StatedActAnswer } from '#contracts/acts.js';
import { Acts } from './acts.js';
import { CurrentSession, type SessionContext } from './session-context.js';

@ApiTags('acts')
@Controller('api/acts')
export class ActController {
  constructor(private readonly acts: Acts) {}

  @Post()
  @ApiOperation({
    summary:
      'State the change of an approval, lock, signature or seal, to be confirmed with the second factor',
  })
  @ApiBody({ type: ActRequest })
  @ApiCreatedResponse({ type: StatedActAnswer })
  async state(@CurrentSession() session: SessionContext, @Body() body: ActRequest): Promise<StatedActAnswer> {
    const stated = await this.acts.state(session, body.action, body.params);
    return { ...stated, change: { ...stated.change } };
  }
}
