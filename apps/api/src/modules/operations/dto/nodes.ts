import { z } from 'zod';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

const at = z.iso.datetime();
const count = z.int().min(0);

/** What is wrong, or might become so. `code` is stable; the console has a sentence for each, with what to do. */
export const operatorAlarm = apiSchema(
  'OperatorAlarm',
  z.object({
    code: z.enum([
      'NODE_SILENT',
      'NODE_HALTED',
      'NODE_QUARANTINED',
      'NODE_CATCHING_UP',
      'NODE_BEHIND',
      'NODE_GUARDED',
      'NODE_ALONE',
      'NODE_HEARS_NOT_ALL',
      'NODE_ALARM',
      'DISK_FULL',
      'DISK_LOW',
      'CLOCK_OFF',
      'CONSORTIUM_STOPPED',
      'CONSORTIUM_SLOW',
      'ONE_MORE_LOSS_STOPS_IT',
      'VIEWS_GIVEN_UP',
      'VERSIONS_DIFFER',
      'STATES_DIFFER',
    ]),
    /** `problem`: act now; `warning`: look at it today; `note`: passes by itself. */
    level: z.enum(['problem', 'warning', 'note']),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
);
export type OperatorAlarm = z.infer<typeof operatorAlarm>;

export const operatorPeer = apiSchema(
  'OperatorPeer',
  z.object({
    /** `account/node`. */
    name: z.string(),
    connected: z.boolean(),
    /** Who opens the connection: the node itself (`out`) or the other. */
    direction: z.enum(['in', 'out']),
    connectedSince: at.nullable(),
    lastSeen: at.nullable(),
    roundTripMs: z.number().nullable(),
    bytesIn: count,
    bytesOut: count,
    sessions: count,
    offences: count,
    lastOffence: z.string().nullable(),
  }),
);

export const operatorImpeachment = apiSchema(
  'OperatorImpeachment',
  z.object({
    view: count,
    height: count,
    /** Who led the view, `account/node`. */
    leader: z.string(),
    cause: z.enum(['TIMEOUT', 'ILLICIT', 'FOLLOWED', 'OTHERS']),
    code: z.string().optional(),
    at,
  }),
);

export const operatorNode = apiSchema(
  'OperatorNode',
  z.object({
    /** RPC address under which this deployment asks it. */
    address: z.string(),
    /** Empty when it has never answered here. */
    account: z.string(),
    name: z.string(),
    validator: z.boolean().nullable(),
    answers: z.boolean(),
    /** When it answered last, as far as is remembered. */
    lastSeen: at.nullable(),
    /** Last known while it does not answer. */
    finalHeight: count.nullable(),
    /** Blocks behind the highest node that answers. */
    behind: count.nullable(),
    version: z.string().nullable(),
    /** All that a node tells of itself; null while it does not answer. */
    told: z
      .object({
        runtime: z.string(),
        startedAt: at,
        finalAt: at,
        lastBookedAt: at.nullable(),
        executedHeight: count,
        epoch: count,
        view: count,
        leader: z.string(),
        catchingUp: z.boolean(),
        guarded: z.boolean(),
        quarantine: z.object({ cause: z.string(), since: at }).nullable(),
        halted: z.object({ code: z.string(), at }).nullable(),
        viewsEntered: count,
        viewsGivenUp: count,
        impeachments: z.array(operatorImpeachment),
        /** Newest last: from the time in a block's header until this node had booked it. */
        finality: z.array(z.object({ height: count, at, afterMs: z.number(), transactions: count })),
        peers: z.array(operatorPeer),
        mempool: z.object({ count, bytes: count, oldestAt: at.nullable() }),
        disk: z.object({
          walBytes: count,
          blocksBytes: count,
          stateBytes: count,
          freeBytes: count,
          totalBytes: count,
        }),
        memoryBytes: count,
        loopDelayMs: z.number(),
      })
      .nullable(),
    alarms: z.array(operatorAlarm),
  }),
);
export type OperatorNode = z.infer<typeof operatorNode>;

export const operatorNodes = apiSchema(
  'OperatorNodes',
  z.object({
    at,
    chainId: z.string(),
    /** `keeping-up`: blocks become final in time; `slow`; `stopped`: nothing becomes final; `unknown`: no node answers. */
    state: z.enum(['keeping-up', 'slow', 'stopped', 'unknown']),
    height: count.nullable(),
    lastBlockAt: at.nullable(),
    /** Half of the last blocks were final sooner than this. */
    medianFinalMs: z.number().nullable(),
    validators: count,
    /** Validators that must work together. */
    quorum: count,
    validatorsAnswering: count,
    alarms: z.array(operatorAlarm),
    nodes: z.array(operatorNode),
    /** Who signed the last blocks, newest last; `signers` null: a later block's certificate made it final. */
    signatures: z.array(
      z.object({ height: count, view: count, at, proposer: z.string(), signers: z.array(z.string()).nullable() }),
    ),
    /** Members of the committee, `account/node`, by their number. */
    committee: z.array(z.string()),
  }),
);
export type OperatorNodes = z.infer<typeof operatorNodes>;
