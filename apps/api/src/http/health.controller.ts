/** Says when the server is ready, and how the parts that can fail are. */
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { School } from '../school/school.entities.js';
import { Database } from '../database/database.js';
import { Public } from '../identity/session-context.js';

class HealthAnswer {
  @ApiProperty({ example: 'ready' }) status: 'ready';
  @ApiProperty({ example: 'sqlite' }) database: 'sqlite' | 'postgres';
  @ApiProperty({ example: 2, description: 'Schools in this installation' }) schools: number;
}

@ApiTags('health')
@Controller('api/health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Public()
  @Get()
  @ApiOperation({ summary: 'Ready when it answers: the database is migrated and reachable' })
  @ApiOkResponse({ type: HealthAnswer })
  async health(): Promise<HealthAnswer> {
    return {
      status: 'ready',
      database: this.database.engine,
      schools: await this.database.read.count(School),
    };
  }
}
