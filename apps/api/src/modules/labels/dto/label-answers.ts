import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

const id = z.string().trim().min(1).max(1_000).describe('The item or lot: Digital Link on any address, or EPC URN');

export const labelFactsQuery = z.object({ id });

export const labelQuery = z.object({
  id,
  format: z.enum(['svg', 'png']).default('svg'),
  sizeMm: z.coerce.number().min(5).max(400).optional().describe('Side of the code with its quiet zone, millimetres'),
  resolution: z.coerce.number().int().min(72).max(1_200).default(300).describe('Dots per inch of the printer, for PNG'),
  text: z.enum(['true', 'false']).default('false').describe('With the element string in letters under the code'),
});

export const labelFacts = apiSchema(
  'LabelFacts',
  z.object({
    id: z.string(),
    link: z.string().describe('The GS1 Digital Link in the code'),
    lines: z.array(z.string()).describe('What people read under it'),
    grain: z.enum(['unit', 'lot', 'product', 'logistic-unit', 'place', 'party', 'other']),
    modules: z.int().describe('Squares on a side, without the quiet zone of 4'),
    sizeMmMin: z.number().describe('Below this many scanners do not read it'),
    sizes: z.array(z.object({ moduleMm: z.number(), sizeMm: z.number() })),
  }),
);
export type LabelFacts = z.infer<typeof labelFacts>;
