import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { hasValidCheckDigit } from '@waymark/epcis/gs1';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { RequirePermission } from '../../platform/auth/permission.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { jsonCommand } from '../../platform/http/body-parsing.js';
import { organisationOf } from '../../platform/http/caller.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { Context, type RequestContext } from '../../platform/http/request-context.js';
import { problemAnswer } from './dto/examples.js';
import { ProvenanceService } from './provenance.service.js';

const commandSchema = z.strictObject({ enabled: z.boolean() });

@ApiTags('Products')
@Controller('products')
export class SerialisationController {
  constructor(private readonly service: ProvenanceService) {}

  @Post(':gtin/serialisation')
  @HttpCode(202)
  @RequirePermission('capture')
  @ApiOperation({
    summary: 'Switch ledger serialisation of a product on or off',
    description:
      'For a product under ledger serialisation every node refuses a unit that is commissioned twice, packed into two parents, unpacked from where it is not, or used after it ended. Only the owner of its company prefix may switch it.',
  })
  @ApiParam({ name: 'gtin', example: '09521005001010' })
  @ApiBody({
    schema: {
      type: 'object',
      required: ['enabled'],
      properties: { enabled: { type: 'boolean' } },
      example: { enabled: true },
    },
  })
  @ApiResponse({
    status: 202,
    description: 'Taken; the job is at Location',
    headers: { Location: { schema: { type: 'string' } } },
  })
  @ApiResponse(problemAnswer(400, 'No GTIN, or no such command'))
  async switch(
    @Context() context: RequestContext,
    @Param('gtin') gtin: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { enabled } = parseWith(commandSchema, jsonCommand(body));
    const id = await this.service.switchSerialisation(organisationOf(context), gtin14(gtin), enabled);
    void reply.header('location', `/epcis/capture/${id}`);
  }
}

function gtin14(text: string): string {
  const gtin = text.padStart(14, '0');
  if (/^\d{8,14}$/.test(text) && hasValidCheckDigit(gtin)) return gtin;
  throw new ProblemError('invalid', {
    code: 'GS1_CHECK_DIGIT_WRONG',
    detail: `${text.slice(0, 40)} is no GTIN, or its check digit is wrong.`,
    howToFix: 'Compare the number with its source.',
    pointer: '',
  });
}
