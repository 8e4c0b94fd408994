import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../../platform/auth/permission.js';
import { organisationOf } from '../../platform/http/caller.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakes, commandBody } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { type ApiKeyAnswer, apiKeys, issuedKey, issueKey } from './dto/member-schemas.js';
import { identifier } from './identifier.js';
import { ApiKeysService } from './api-keys.service.js';

@ApiTags('API keys')
@Controller('api-keys')
export class ApiKeysController {
  constructor(private readonly service: ApiKeysService) {}

  @Get()
  @RequirePermission('keys')
  @ApiOperation({ operationId: 'listApiKeys', summary: "Keys of your organisation's machines, the newest first" })
  @ApiAnswers(200, apiKeys)
  async list(@Context() context: RequestContext): Promise<{ keys: ApiKeyAnswer[] }> {
    return { keys: await this.service.list(organisationOf(context)) };
  }

  @Post()
  @HttpCode(201)
  @RequirePermission('keys')
  @ApiOperation({ operationId: 'issueApiKey', summary: 'Issue a key', description: 'The key is shown once.' })
  @ApiTakes(issueKey)
  @ApiAnswers(201, issuedKey)
  @ApiResponse(problemAnswer(422, 'A scope that keys of your organisation cannot have'))
  issue(@Context() context: RequestContext, @Body() body: unknown): Promise<{ key: string; apiKey: ApiKeyAnswer }> {
    return this.service.issue(context, commandBody(issueKey, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('keys')
  @ApiOperation({ operationId: 'revokeApiKey', summary: 'Revoke a key: it opens nothing from the next request on' })
  @ApiResponse({ status: 204, description: 'Revoked' })
  @ApiResponse(problemAnswer(404, 'No such key of your organisation that stands'))
  revoke(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.service.revoke(context, identifier(id));
  }
}
