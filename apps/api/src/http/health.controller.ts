/** Says when the server is ready, and how the parts that can fail are. */
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthAnswer } from '#contracts/health.js';
import { School } from '../school/school.entities.js';
import { Database } from '../database/database.js';
import { Public } from '../identity/session-context.js';
import { LedgerHealth } from '../ledger-host/ledger-health.js';

@ApiTags('health')
@Controller('api/health')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerHealth,
  ) {}

  @Public()
  @Get()
  @ApiOperation({ summary: 'Ready when it answers: the database is migrated and reachable' })
  @ApiOkResponse({ type: HealthAnswer })
  async health(): Promise<HealthAnswer> {
    return {
      status: 'ready',
      database: this.database.engine,
      schools: await this.database.read.count(School),
      ledger: await this.ledger.now(),
    };
  }
}
