import { Controller, Get, HttpCode, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { OpenToAll } from '../auth/permission.js';
import { ProblemError } from '../errors/problem.js';
import { DATABASE } from '../tokens.js';

@ApiTags('Operation')
@Controller('health')
export class HealthController {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  @Get('live')
  @HttpCode(200)
  @OpenToAll()
  @ApiOperation({
    summary: 'The process runs',
    description: 'Asks nobody else: use it to decide whether to start the process again.',
  })
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { type: 'string', example: 'up' } } } })
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get(['', 'ready'])
  @OpenToAll()
  @ApiOperation({
    summary: 'The process can serve',
    description: 'Postgres answers. Use it to decide whether to send requests here.',
  })
  @ApiOkResponse({ schema: { type: 'object', properties: { status: { type: 'string', example: 'up' } } } })
  @ApiServiceUnavailableResponse({ description: 'Postgres does not answer' })
  async ready(): Promise<{ status: 'up' }> {
    try {
      await this.database.query('SELECT 1');
    } catch (error) {
      throw new ProblemError(
        'unavailable',
        {
          code: 'DATABASE_UNAVAILABLE',
          detail: 'The database does not answer at the moment.',
          howToFix: 'Ask again after 5 seconds.',
          retryAfterSeconds: 5,
        },
        { cause: error },
      );
    }
    return { status: 'up' };
  }
}
