import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../../platform/auth/permission.js';
import { grantableScopes, mayGrant, PERMISSIONS, permissionsOfRole, ROLES } from '../../platform/auth/permissions.js';
import { Standings } from '../../platform/auth/standings.js';
import { callerOf, organisationOf } from '../../platform/http/caller.js';
import { pageQuery } from '../../platform/http/paging.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers, ApiTakes, ApiTakesQuery, commandBody } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import {
  changePerson,
  type OneTimeLink,
  oneTimeLink,
  people,
  type People,
  peopleQuery,
  person,
  type Person,
  roleMeanings,
  type RoleMeanings,
  versionOnly,
} from './dto/member-schemas.js';
import { identifier } from './identifier.js';
import { PeopleService } from './people.service.js';

const conflict = ApiResponse(
  problemAnswer(409, 'Changed by somebody else meanwhile (EDIT_CONFLICT), or the last administrator'),
);
const missing = ApiResponse(problemAnswer(404, 'No such person in your organisation'));

@ApiTags('People')
@Controller('people')
export class PeopleController {
  constructor(
    private readonly service: PeopleService,
    private readonly standings: Standings,
  ) {}

  @Get()
  @RequirePermission('people')
  @ApiOperation({ operationId: 'listPeople', summary: 'People of your organisation, by e-mail address' })
  @ApiTakesQuery(peopleQuery)
  @ApiAnswers(200, people)
  list(@Context() context: RequestContext, @Query() query: Record<string, unknown>): Promise<People> {
    const { text, state, perPage, nextPageToken } = parseWith(peopleQuery, query, 'query-parameter');
    const { token } = pageQuery({ nextPageToken }, 200);
    return this.service.list(organisationOf(context), { text, state, perPage, after: token });
  }

  @Get('roles')
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'listRoles',
    summary: 'Who may do what: roles, their permissions, and which your organisation may give',
  })
  @ApiAnswers(200, roleMeanings)
  roles(@Context() context: RequestContext): RoleMeanings {
    const { organisation, role } = callerOf(context);
    const standing = this.standings.of({ account: organisation, role });
    return {
      roles: ROLES.map((one) => ({
        role: one,
        permissions: [...permissionsOfRole(one)],
        grantable: mayGrant(one, standing),
      })),
      permissions: [...PERMISSIONS],
      scopes: [...grantableScopes(standing)],
    };
  }

  @Get(':id')
  @RequirePermission('people')
  @ApiOperation({ operationId: 'getPerson', summary: 'One person of your organisation' })
  @ApiAnswers(200, person)
  @missing
  one(@Context() context: RequestContext, @Param('id') id: string): Promise<Person> {
    return this.service.one(organisationOf(context), identifier(id));
  }

  @Patch(':id')
  @RequirePermission('people')
  @ApiOperation({
    operationId: 'changePerson',
    summary: 'Change roles and job title',
    description: 'Holds from the next request of the person on.',
  })
  @ApiTakes(changePerson)
  @ApiAnswers(200, person)
  @missing
  @conflict
  change(@Context() context: RequestContext, @Param('id') id: string, @Body() body: unknown): Promise<Person> {
    return this.service.change(context, identifier(id), commandBody(changePerson, body));
  }

  @Post(':id/deactivate')
  @HttpCode(200)
  @RequirePermission('people')
  @ApiOperation({
    operationId: 'deactivatePerson',
    summary: 'Deactivate a person: their sessions for your organisation end at once',
  })
  @ApiTakes(versionOnly)
  @ApiAnswers(200, person)
  @missing
  @conflict
  deactivate(@Context() context: RequestContext, @Param('id') id: string, @Body() body: unknown): Promise<Person> {
    return this.service.deactivate(context, identifier(id), commandBody(versionOnly, body).version);
  }

  @Post(':id/activate')
  @HttpCode(200)
  @RequirePermission('people')
  @ApiOperation({ operationId: 'activatePerson', summary: 'Let a deactivated person in again' })
  @ApiTakes(versionOnly)
  @ApiAnswers(200, person)
  @missing
  @conflict
  activate(@Context() context: RequestContext, @Param('id') id: string, @Body() body: unknown): Promise<Person> {
    return this.service.activate(context, identifier(id), commandBody(versionOnly, body).version);
  }

  @Post(':id/reset')
  @HttpCode(201)
  @RequirePermission('people')
  @ApiOperation({
    operationId: 'resetPerson',
    summary: 'A one-time link for a new password',
    description: 'Shown once. Using it ends all sessions of the person and takes their second factor off.',
  })
  @ApiAnswers(201, oneTimeLink)
  @missing
  @conflict
  reset(@Context() context: RequestContext, @Param('id') id: string): Promise<OneTimeLink> {
    return this.service.reset(context, identifier(id));
  }
}
