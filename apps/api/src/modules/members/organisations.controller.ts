import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { RequirePermission } from '../../platform/auth/permission.js';
import { Organisations } from '../../platform/members/organisations.js';
import { ApiAnswers, apiSchema } from '../../platform/openapi/api-schema.js';
import { organisation, type OrganisationAnswer } from './dto/member-schemas.js';

const organisationList = apiSchema('OrganisationList', z.object({ organisations: z.array(organisation) }));

@ApiTags('People')
@Controller('organisations')
export class OrganisationsController {
  constructor(private readonly organisations: Organisations) {}

  @Get()
  @RequirePermission('read')
  @ApiOperation({
    operationId: 'listOrganisations',
    summary: 'Organisations of the consortium, as the genesis file names them',
  })
  @ApiAnswers(200, organisationList)
  list(): { organisations: OrganisationAnswer[] } {
    return {
      organisations: this.organisations.all.map(({ account, names, role, companyPrefixes }) => ({
        account,
        names: { en: names.en, 'zh-CN': names['zh-CN'] },
        role,
        companyPrefixes: [...companyPrefixes],
      })),
    };
  }
}
