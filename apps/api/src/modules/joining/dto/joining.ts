import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

const instant = z.string().describe('ISO 8601, UTC');

export const joining = apiSchema(
  'Joining',
  z.object({
    chainId: z.string(),
    genesisHash: z.string().describe('SHA-256 of genesis.json, hex'),
    trustFingerprint: z.string().describe('Of trust.json, as people compare it: 3F2A-91C4-77B0-12DE'),
    account: z.string().describe('The organisation that asks'),
    height: z.number().int().nullable().describe('Newest final block; null: no node answers'),
    peers: z
      .array(z.object({ name: z.string().describe('account/node'), address: z.string().describe('host:port') }))
      .describe('Where a full node calls'),
    local: z.boolean().describe('The addresses are of this machine only: from elsewhere they must be replaced'),
    fullNodes: z
      .array(
        z.object({
          node: z.string(),
          height: z.number().int().nullable().describe('How far it says it is; null: it has not said'),
          connectedAt: instant,
          passExpiresAt: instant,
          seenBy: z.array(z.string()).describe('Nodes that it visits, account/node'),
        }),
      )
      .describe('Full nodes of this organisation that are connected now'),
  }),
);
export type Joining = z.infer<typeof joining>;
