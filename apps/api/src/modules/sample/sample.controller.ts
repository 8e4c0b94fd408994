import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../../platform/auth/permission.js';
import { organisationOf } from '../../platform/http/caller.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { ApiAnswers } from '../../platform/openapi/api-schema.js';
import { problemAnswer } from '../provenance/dto/examples.js';
import { sampleState, type SampleState } from './dto/sample-answers.js';
import { SampleQuery } from './sample.query.js';
import { SampleService } from './sample.service.js';

@ApiTags('Sample')
@Controller('sample')
export class SampleController {
  constructor(
    private readonly service: SampleService,
    private readonly samples: SampleQuery,
  ) {}

  @Get()
  @RequirePermission('read')
  @ApiOperation({ operationId: 'sampleState', summary: "Whether your organisation's sample data is loaded" })
  @ApiAnswers(200, sampleState)
  state(@Context() context: RequestContext): Promise<SampleState> {
    return this.samples.state(organisationOf(context));
  }

  @Post()
  @HttpCode(202)
  @RequirePermission('capture')
  @ApiOperation({
    operationId: 'loadSample',
    summary: 'Load sample data',
    description:
      'One product from harvest to shipment, captured as your organisation under its own company prefix, visible to your organisation only, with SAMPLE in every lot and serial.',
  })
  @ApiAnswers(202, sampleState)
  @ApiResponse(problemAnswer(409, 'It is loaded already'))
  @ApiResponse(problemAnswer(422, 'Your organisation has no GS1 company prefix'))
  async load(@Context() context: RequestContext): Promise<SampleState> {
    await this.service.load(context);
    return this.samples.state(organisationOf(context));
  }

  @Delete()
  @HttpCode(202)
  @RequirePermission('capture')
  @ApiOperation({
    operationId: 'removeSample',
    summary: 'Remove the sample data',
    description:
      'Every event is declared as one that did not occur. It leaves the lists and traces; a ledger keeps withdrawn records for ever.',
  })
  @ApiAnswers(202, sampleState)
  @ApiResponse(problemAnswer(409, 'It is not loaded, or not final yet'))
  async remove(@Context() context: RequestContext): Promise<SampleState> {
    await this.service.remove(context);
    return this.samples.state(organisationOf(context));
  }
}
