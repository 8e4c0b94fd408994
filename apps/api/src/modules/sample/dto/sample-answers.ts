import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

export const sampleState = apiSchema(
  'SampleState',
  z.object({
    state: z
      .enum(['none', 'loading', 'loaded', 'removing', 'removed', 'failed'])
      .meta({ description: '`loading` and `removing` end when their capture is final; `failed`: it was refused.' }),
    canLoad: z
      .boolean()
      .meta({ description: 'False while one stands, and where the organisation has no GS1 company prefix.' }),
    hasPrefix: z.boolean(),
    items: z
      .object({ product: z.string(), material: z.string(), unit: z.string(), container: z.string() })
      .nullable()
      .meta({ description: 'What to look at first.' }),
    events: z.int().meta({ description: 'Events in the sample.' }),
    captureID: z.string().nullable().meta({ description: 'The capture to follow.' }),
    loadedAt: z.iso.datetime().nullable(),
    removedAt: z.iso.datetime().nullable(),
  }),
);
export type SampleState = z.infer<typeof sampleState>;
