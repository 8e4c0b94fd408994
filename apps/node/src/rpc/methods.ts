/** The methods of docs/protocol/formats.md section 7: parameters checked by schema, then one call each. */
import { refusal } from '@waymark/ledger/chain';
import { parseBase64, parseHex, toBase64, toHex } from '@waymark/ledger/primitives';
import { STATE_HISTORY_CHANGES_MAX } from '@waymark/ledger/state';
import { z } from 'zod';
import type { DryRunRequest } from '../dry-run/dry-run.js';
import { DRY_RUN_BOUNDS, type DryRuns } from '../dry-run/dry-runs.js';
import type { ExecutionTree } from '../execution/execution-tree.js';
import { Busy, type Admission } from '../mempool/admission.js';
import type { Mempool } from '../mempool/mempool.js';
import { BlockPruned, type ChainStore } from '../storage/index.js';
import type { Endpoint } from '../config/index.js';
import type { GuestFacts } from '../network/guests.js';
import type { VisitFacts } from '../network/visits.js';
import type { AccountReader } from './account-reader.js';
import type { LedgerReader } from './ledger-reader.js';
import type { StateReader } from './state-reader.js';
import type { ConsensusReport } from './consensus-report.js';
import { invalidParams, refusedBy, unavailable } from './rpc-error.js';

/** What `status` says besides what the store knows. */
export interface NodeStatus {
  readonly chainId: string;
  readonly genesisHash: string;
  readonly name: string;
  readonly account: string;
  readonly role: string;
  readonly version: string;
  readonly epoch: number;
  readonly view: number;
  readonly quarantined: boolean;
  readonly halted: boolean;
  readonly peers: readonly { readonly name: string; readonly connected: boolean }[];
}

export interface RpcOptions {
  readonly admission: Admission;
  readonly mempool: Mempool;
  readonly dryRuns: DryRuns;
  readonly tree: ExecutionTree;
  readonly store: ChainStore;
  readonly reader: LedgerReader;
  readonly accounts: AccountReader;
  readonly state: StateReader;
  readonly genesisBytes: Uint8Array;
  readonly genesisTimeMs: number;
  readonly status: () => NodeStatus;
  readonly consensus: () => Promise<ConsensusReport>;
  readonly network: () => NetworkReport;
}

/** What the method `network` answers: the nodes of the list, the full nodes that are here by a pass, and whom this node calls. */
export interface NetworkReport {
  readonly nodes: readonly {
    readonly account: string;
    readonly name: string;
    readonly role: string;
    readonly p2p: Endpoint;
  }[];
  readonly fullNodes: readonly (Omit<GuestFacts, 'key'> & { readonly p2pKey: string })[];
  readonly visits: readonly Pick<VisitFacts, 'address' | 'name' | 'connected' | 'refusal'>[];
}

/** A method takes parameters as received and a signal that says the caller has gone. */
export type Method = (params: unknown, signal: AbortSignal) => Promise<unknown>;

const moduleNumber = z.int().min(1).max(255);
const height = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

const bytes = z.string().transform((text, context): Uint8Array => {
  const value = parseBase64(text);
  if (value === undefined) context.addIssue({ code: 'custom', message: 'not padded base64' });
  return value ?? new Uint8Array(0);
});
const txId = z.string().transform((text, context): Uint8Array => {
  const value = parseHex(text, 32);
  if (value === undefined) context.addIssue({ code: 'custom', message: 'not 32 bytes in hex' });
  return value ?? new Uint8Array(32);
});

function method<S extends z.ZodType>(schema: S, run: (params: z.output<S>, signal: AbortSignal) => unknown): Method {
  return async (params, signal) => {
    const parsed = schema.safeParse(params ?? {});
    if (!parsed.success) throw invalidParams(z.prettifyError(parsed.error));
    try {
      return await run(parsed.data, signal);
    } catch (error) {
      if (!(error instanceof BlockPruned)) throw error;
      const { height: asked, prunedTo } = error;
      throw refusedBy(refusal('BLOCK_PRUNED', '', { height: asked, prunedTo }));
    }
  };
}

export function rpcMethods(on: RpcOptions): ReadonlyMap<string, Method> {
  const { admission, mempool, tree, store, reader } = on;

  const status = (): unknown => {
    const own = on.status();
    return {
      ...own,
      finalHeight: store.finalHeight,
      finalHash: toHex(store.hashAt(store.finalHeight) ?? new Uint8Array(32)),
      finalTimeMs: reader.finalTimeMs(on.genesisTimeMs),
      executedHeight: tree.latest.height,
      mempool: mempool.size,
    };
  };

  const submit = async (transaction: Uint8Array): Promise<unknown> => {
    if (on.status().halted) throw unavailable('this node has stopped after an alarm', 60_000);
    try {
      const answer = await admission.submit(transaction);
      if (!answer.ok) throw refusedBy(answer.refusal);
      return answer.value;
    } catch (error) {
      if (error instanceof Busy) throw unavailable(error.message, error.retryAfterMs);
      throw error;
    }
  };

  const transaction = (id: Uint8Array): unknown => {
    const place = store.transaction(id);
    if (place !== null) {
      const receipt = store.receipts(place.height)[place.index];
      return {
        state: 'final',
        height: place.height,
        txIndex: place.index,
        receipt: toBase64(receipt ?? new Uint8Array(0)),
      };
    }
    return { state: mempool.has(toHex(id)) ? 'pending' : 'unknown' };
  };

  const dryRun = async (params: DryRunRequest, signal: AbortSignal): Promise<unknown> => {
    const size = params.transactions.reduce(
      (sum, { bodies }) => sum + bodies.reduce((total, body) => total + base64Length(body), 0),
      0,
    );
    if (size > DRY_RUN_BOUNDS.bytesMax)
      throw invalidParams(`bodies of ${size} bytes are over ${DRY_RUN_BOUNDS.bytesMax}`);
    try {
      const { height: executed, answer } = await on.dryRuns.run(params, signal);
      if (answer.kind === 'malformed') throw invalidParams(answer.why);
      if (answer.kind === 'refused') throw refusedBy(answer.refusal);
      return { height: executed, results: answer.results };
    } catch (error) {
      if (error instanceof Busy) throw unavailable(error.message, error.retryAfterMs);
      throw error;
    }
  };

  return new Map<string, Method>([
    ['status', method(z.object({}), status)],
    ['consensus', method(z.object({}), () => on.consensus())],
    ['network', method(z.object({}), () => on.network())],
    ['genesis', method(z.object({}), () => ({ genesis: toBase64(on.genesisBytes) }))],
    ['submitTransaction', method(z.object({ transaction: bytes }), (params) => submit(params.transaction))],
    ['transaction', method(z.object({ txId }), (params) => transaction(params.txId))],
    [
      'dryRun',
      method(
        z.object({
          sender: z.string().max(64),
          signers: z
            .array(z.string().regex(/^[0-9a-f]{64}$/))
            .min(1)
            .max(8)
            .optional(),
          transactions: z
            .array(z.object({ bodies: z.array(z.string()).min(1).max(2_000), proceed: z.boolean() }))
            .min(1)
            .max(50),
        }),
        dryRun,
      ),
    ],
    [
      'blocks',
      method(
        z.object({
          from: height.min(1),
          limit: z.int().min(1).max(500).default(100),
          waitMs: z.int().min(0).max(25_000).default(0),
        }),
        (params, signal) => reader.feed(params.from, params.limit, params.waitMs, signal),
      ),
    ],
    [
      'proof',
      method(
        z.object({
          txIds: z.array(txId).min(1).max(2_000),
          bodies: z
            .record(z.string().regex(/^[0-9a-f]{64}$/), z.array(z.int().min(0).max(1_999)).max(2_000))
            .default({}),
        }),
        (params) => reader.proof(params.txIds, new Map(Object.entries(params.bodies))),
      ),
    ],
    [
      'headers',
      method(z.object({ from: height.min(1), limit: z.int().min(1).max(2_000) }), (params) =>
        reader.headers(params.from, params.limit),
      ),
    ],
    [
      'historyProof',
      method(z.object({ heights: z.array(height.min(1)).min(1).max(100) }), (params) =>
        reader.historyProof(params.heights),
      ),
    ],
    ['account', method(z.object({ account: z.string().max(64) }), (params) => on.accounts.account(params.account))],
    [
      'motion',
      method(z.object({ motion: z.string().regex(/^[0-9a-f]{32}$/) }), (params) => on.accounts.motion(params.motion)),
    ],
    ['board', method(z.object({ board: z.string().max(32) }), (params) => on.accounts.board(params.board))],
    [
      'stateProof',
      method(z.object({ module: moduleNumber, key: bytes }), (params) => on.state.proof(params.module, params.key)),
    ],
    [
      'stateRange',
      method(z.object({ module: moduleNumber, prefix: bytes }), (params) =>
        on.state.range(params.module, params.prefix),
      ),
    ],
    [
      'stateHistory',
      method(
        z.object({
          module: moduleNumber,
          key: bytes,
          from: height.optional(),
          limit: z.int().min(1).max(STATE_HISTORY_CHANGES_MAX).default(50),
        }),
        (params) => on.state.history(params.module, params.key, params.from, params.limit),
      ),
    ],
  ]);
}

/** Bytes that a padded base64 text stands for. */
const base64Length = (text: string): number => (text.length / 4) * 3 - (/=*$/.exec(text.slice(-2))?.[0].length ?? 0);
