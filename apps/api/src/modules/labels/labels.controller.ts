import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { RequirePermission } from '../../platform/auth/permission.js';
import { CONFIG, type Config } from '../../platform/config/config.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { parseWith } from '../../platform/http/parse-with.js';
import { ApiAnswers, ApiTakesQuery } from '../../platform/openapi/api-schema.js';
import { drawPng, drawSvg, heightModules, symbolOf, widthModules } from './label-drawing.js';
import { labelFacts, type LabelFacts, labelFactsQuery, labelQuery } from './dto/label-answers.js';
import { labelSubject } from './label-subject.js';

/** Narrowest module that GS1 recommends for a Digital Link QR code (General Specifications, 5.12.3.1: X-dimension 0.396 mm). */
export const MODULE_MM_MIN = 0.396;
/** What is offered: for a good scanner close by, for a phone, for a carton, for a pallet. */
const OFFERED_MODULE_MM = [0.396, 0.5, 0.75, 1, 1.5];
const MM_PER_INCH = 25.4;

@ApiTags('Labels')
@Controller('labels')
export class LabelsController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get()
  @RequirePermission('read', 'capture')
  @ApiOperation({
    operationId: 'label',
    summary: 'The label of an item or a lot: a QR code with its GS1 Digital Link',
    description: `Modules are at least ${MODULE_MM_MIN} mm wide, the quiet zone has 4 modules, error correction is M. A PNG has whole pixels for each module and may therefore be a little larger than asked for; Waymark-Label-Size-Mm says how large it prints.`,
  })
  @ApiTakesQuery(labelQuery)
  @ApiResponse({
    status: 200,
    content: {
      'image/svg+xml': { schema: { type: 'string' } },
      'image/png': { schema: { type: 'string', format: 'binary' } },
    },
  })
  draw(@Query() query: Record<string, unknown>, @Res({ passthrough: true }) reply: FastifyReply): Buffer | string {
    const wanted = parseWith(labelQuery, query, 'query-parameter', 'QUERY_PARAMETER_INVALID');
    const subject = labelSubject(wanted.id, this.config.scanBaseUrl);
    const symbol = symbolOf(subject.link);
    const across = widthModules(symbol);
    const moduleMm = wanted.sizeMm === undefined ? 0.5 : wanted.sizeMm / across;
    // What the list of sizes offers is rounded to a tenth: that much may be missing.
    if (moduleMm < MODULE_MM_MIN - 0.001) throw tooSmall(wanted.sizeMm ?? 0, across * MODULE_MM_MIN);
    const drawing = { symbol, lines: wanted.text === 'true' ? subject.lines : [] };
    const name = `label-${subject.lines
      .join('-')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 80)}`;
    const disposition = (extension: string) => `inline; filename="${name}.${extension}"`;
    if (wanted.format === 'svg') {
      void reply.headers({
        'content-type': 'image/svg+xml; charset=utf-8',
        'content-disposition': disposition('svg'),
        'content-security-policy': "default-src 'none'",
        'waymark-label-size-mm': (across * moduleMm).toFixed(1),
      });
      return drawSvg(drawing, moduleMm, subject.lines.join(' '));
    }
    const pixels = Math.max(1, Math.ceil((moduleMm / MM_PER_INCH) * wanted.resolution - 0.01));
    if (across * pixels * heightModules(drawing) * pixels > PIXELS_MAX) throw tooManyPixels(wanted.resolution);
    void reply.headers({
      'content-type': 'image/png',
      'content-disposition': disposition('png'),
      'waymark-label-size-mm': ((across * pixels * MM_PER_INCH) / wanted.resolution).toFixed(1),
    });
    return drawPng(drawing, pixels, wanted.resolution);
  }

  @Get('sizes')
  @RequirePermission('read', 'capture')
  @ApiOperation({
    operationId: 'labelSizes',
    summary: 'What the label of an item says and the sizes in which scanners read it',
  })
  @ApiTakesQuery(labelFactsQuery)
  @ApiAnswers(200, labelFacts)
  sizes(@Query() query: Record<string, unknown>): LabelFacts {
    const { id } = parseWith(labelFactsQuery, query, 'query-parameter', 'QUERY_PARAMETER_INVALID');
    const subject = labelSubject(id, this.config.scanBaseUrl);
    const symbol = symbolOf(subject.link);
    const across = widthModules(symbol);
    return {
      ...subject,
      lines: [...subject.lines],
      modules: symbol.modules,
      sizeMmMin: ceilTenth(across * MODULE_MM_MIN),
      sizes: OFFERED_MODULE_MM.map((moduleMm) => ({ moduleMm, sizeMm: ceilTenth(across * moduleMm) })),
    };
  }
}

/** Drawing so many takes about a fifth of a second, in which this process does nothing else. */
const PIXELS_MAX = 10_000_000;
const ceilTenth = (mm: number) => Math.ceil(mm * 10 - 1e-9) / 10;

function tooSmall(sizeMm: number, sizeMmMin: number): ProblemError {
  return new ProblemError('query-parameter', {
    code: 'LABEL_TOO_SMALL',
    detail: `At ${sizeMm} mm the squares of this code are narrower than ${MODULE_MM_MIN} mm, which many scanners do not read.`,
    howToFix: `Ask for at least ${ceilTenth(sizeMmMin)} mm.`,
    facts: { parameter: 'sizeMm', sizeMmMin: ceilTenth(sizeMmMin) },
  });
}

function tooManyPixels(resolution: number): ProblemError {
  return new ProblemError('query-parameter', {
    code: 'LABEL_TOO_LARGE',
    detail: `A picture of this size at ${resolution} dots per inch has more than ${PIXELS_MAX / 1_000_000} million points.`,
    howToFix: 'Ask for a smaller size or resolution, or for SVG, which is sharp at any size.',
    facts: { parameter: 'resolution' },
  });
}
