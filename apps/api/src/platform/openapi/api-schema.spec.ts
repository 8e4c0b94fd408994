import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ApiAnswers, apiSchema, apiSchemas } from './api-schema.js';

const inner = apiSchema('SpecInner', z.object({ at: z.iso.datetime(), note: z.string().max(10).nullable() }));
const outer = apiSchema('SpecOuter', z.object({ items: z.array(inner), limit: z.int().default(3) }));

describe('schemas of the description', () => {
  it('are named components that refer to one another', () => {
    expect(apiSchemas()['SpecOuter']).toEqual({
      type: 'object',
      required: ['items'],
      properties: {
        items: { type: 'array', items: { $ref: '#/components/schemas/SpecInner' } },
        limit: { type: 'integer', default: 3, minimum: -9007199254740991, maximum: 9007199254740991 },
      },
    });
    expect(apiSchemas()['SpecInner']).toEqual({
      type: 'object',
      required: ['at', 'note'],
      properties: {
        at: { type: 'string', format: 'date-time' },
        note: { type: 'string', maxLength: 10, nullable: true },
      },
    });
  });

  it('are referred to from answers, also inside a list that has no name', () => {
    const answers = (schema: z.ZodType) => {
      class Routes {
        @ApiAnswers(200, schema)
        route(): void {}
      }
      return JSON.stringify(Reflect.getMetadata('swagger/apiResponse', Routes.prototype.route));
    };
    expect(answers(outer)).toContain('"schema":{"$ref":"#/components/schemas/SpecOuter"}');
    expect(answers(z.array(inner))).toContain('"items":{"$ref":"#/components/schemas/SpecInner"}');
  });

  it('have one name each', () => {
    expect(() => apiSchema('SpecInner', z.object({}))).toThrow('two schemas');
    expect(() => apiSchema('no name', z.object({}))).toThrow('no name');
  });
});
