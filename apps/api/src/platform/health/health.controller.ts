import { Controller, Get, HttpCode, Inject } from '@nestjs/common';
import { ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { OpenToAll } from '../auth/permission.js';
import { ProblemError } from '../errors/problem.js';
import { ApiAnswers, apiSchema } from '../openapi/api-schema.js';
import { DATABASE } from '../tokens.js';

const health = apiSchema('Health', z.object({ status: z.literal('up') }));

@ApiTags('Operation')
@Controller('health')
export class HealthController {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  @Get('live')
  @HttpCode(200)
  @OpenToAll()
  @ApiOperation({
    operationId: 'healthLive',
    summary: 'The process runs',
    description: 'Asks nobody else: use it to decide whether to start the process again.',
  })
  @ApiAnswers(200, health)
  live(): { status: 'up' } {
    return { status: 'up' };
  }

  @Get(['', 'ready'])
  @OpenToAll()
  @ApiOperation({
    summary: 'The process can serve',
    description: 'Postgres answers. Use it to decide whether to send requests here.',
  })
  @ApiAnswers(200, health)
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
