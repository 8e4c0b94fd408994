import { z } from 'zod';
import { callNode } from '../../chain/client/node-rpc.js';

const ms = z.number();
const alarm = z.object({ code: z.string(), halt: z.boolean(), timeMs: ms });

/** The answer to a node's `consensus` (docs/protocol/formats.md section 7): its own word, so bounded and checked like any other's. */
export const nodeReport = z.object({
  nowMs: ms,
  name: z.string().max(64),
  account: z.string().max(64),
  version: z.string().max(64),
  runtime: z.string().max(64),
  startedMs: ms,
  finalHeight: z.int().min(0),
  finalHash: z.string().max(64),
  finalTimeMs: ms,
  executedHeight: z.int().min(0),
  lastBookedMs: ms.nullable(),
  epoch: z.int().min(0),
  view: z.int().min(0),
  leader: z.string().max(140),
  committee: z.array(z.object({ account: z.string(), node: z.string(), proposes: z.boolean() })).max(31),
  quorum: z.int().min(1),
  seat: z.int().nullable(),
  catchingUp: z.boolean(),
  guarded: z.boolean(),
  quarantine: z.object({ cause: z.string(), sinceMs: ms }).nullable(),
  halted: alarm.nullable(),
  alarms: z.array(alarm).max(100),
  counts: z.object({ viewsEntered: z.int(), viewsImpeached: z.int(), ownImpeachments: z.int(), blocksBooked: z.int() }),
  impeachments: z
    .array(
      z.object({
        view: z.int(),
        height: z.int(),
        leader: z.string(),
        cause: z.enum(['TIMEOUT', 'ILLICIT', 'FOLLOWED', 'OTHERS']),
        code: z.string().optional(),
        timeMs: ms,
      }),
    )
    .max(200),
  blocks: z
    .array(
      z.object({ height: z.int(), view: z.int(), timeMs: ms, bookedMs: ms, transactions: z.int(), live: z.boolean() }),
    )
    .max(500),
  certificates: z
    .array(
      z.object({ height: z.int(), view: z.int(), timeMs: ms, proposer: z.int(), bitmap: z.int().min(0).nullable() }),
    )
    .max(500),
  peers: z
    .array(
      z.object({
        name: z.string(),
        connected: z.boolean(),
        direction: z.enum(['in', 'out']),
        connectedSinceMs: ms.nullable(),
        lastSeenMs: ms.nullable(),
        roundTripMs: ms.nullable(),
        bytesIn: z.number(),
        bytesOut: z.number(),
        sessions: z.number(),
        offences: z.number(),
        lastOffence: z.string().nullable(),
      }),
    )
    .max(1_000),
  mempool: z.object({ count: z.int(), bytes: z.int(), oldestMs: ms.nullable() }),
  disk: z.object({
    walBytes: z.number(),
    blocksBytes: z.number(),
    stateBytes: z.number(),
    freeBytes: z.number(),
    totalBytes: z.number(),
  }),
  memory: z.object({ rssBytes: z.number(), heapUsedBytes: z.number() }),
  loopDelayP99Ms: z.number(),
});
export type NodeReport = z.infer<typeof nodeReport>;

const REPORT_MS_MAX = 2_000;

export async function reportOf(url: string): Promise<NodeReport> {
  return nodeReport.parse(await callNode(url, 'consensus', {}, REPORT_MS_MAX));
}
