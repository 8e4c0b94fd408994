/**
 * A node's life around a disk that fills up. A write that the disk did not take ends the node at once (R0: after a failed flush
 * nobody knows what lies there), as any other failed write does. But then it need not stay dead: when there is room again it starts anew from what
 * lies on the disk, which is the same as after a power cut: what was signed is in log and sign-state, and nothing is signed twice.
 */
import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { startNode, type NodeOptions, type RunningNode } from './compose.js';
import { DISK_FULL, freeBytes, isDiskFull } from './host/disk-guard.js';
import { nodeLog } from './observability/log.js';
import { startRpcServer } from './rpc/rpc-server.js';

const LOOK_EVERY_MS = 1_000;
const TELL_EVERY_MS = 60_000;
const CLOSE_MS = 10_000;

export interface NodeLife {
  /** The node that runs now; null while it waits for room. */
  current(): RunningNode | null;
  /** Ends it. Rejects when a part could not be closed. */
  close(): Promise<void>;
}

/**
 * Starts a node, and starts it again when a full disk ended it and there is room. `onFatal`: it cannot go on for another reason, and the process
 * must end. Rejects when the first start fails for another reason than a full disk.
 */
export async function runNode(options: NodeOptions): Promise<NodeLife> {
  const { loaded } = options;
  const log = options.log ?? nodeLog(loaded.config.name, loaded.config.log.level);
  let node: RunningNode | null = null;
  let closed = false;
  let startFailed = false;
  let waiting: Promise<void> = Promise.resolve();

  const begin = async (): Promise<void> => {
    for (;;) {
      await waitForRoom(options, log, () => closed);
      if (closed) return;
      startFailed = false;
      try {
        const started = await startNode({ ...options, log, onFatal });
        if (!startFailed) {
          node = started;
          return;
        }
        await started.close().catch(() => undefined);
      } catch (error) {
        if (!isDiskFull(error)) throw error;
      }
      log.error({ code: DISK_FULL }, 'the disk filled up while this node started');
    }
  };
  const onFatal = (error: unknown): void => {
    if (!isDiskFull(error)) return options.onFatal(error);
    const ended = node;
    if (ended === null) {
      startFailed = true; // told by `begin`, which is at work
      return;
    }
    node = null;
    waiting = (async () => {
      log.error({ code: DISK_FULL }, 'the disk is full: this node has stopped and starts again when there is room');
      const late = setTimeout(
        () => options.onFatal(new Error('a node on a full disk could not be closed', { cause: error })),
        CLOSE_MS,
      );
      await ended?.close().catch(() => undefined); // the log cannot be flushed: that is why it ends
      clearTimeout(late);
      await begin();
    })().catch((failed: unknown) => options.onFatal(failed));
  };
  await begin();
  return {
    current: () => node,
    close: async () => {
      closed = true;
      await waiting;
      await node?.close();
    },
  };
}

/** Returns when there is enough room to start; meanwhile the health address says what is missing. */
async function waitForRoom({ loaded }: NodeOptions, log: Logger, isOver: () => boolean): Promise<void> {
  const { config, dataDir, rpcToken } = loaded;
  const needed = config.limits.diskSilentBelowBytes;
  await mkdir(dataDir, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    if (!isDiskFull(error)) throw error;
  });
  if ((await freeBytes(dataDir)) >= needed) return;
  const health = await startRpcServer({
    listen: config.rpc,
    token: rpcToken,
    methods: new Map(),
    unhealthy: () => `${DISK_FULL}: this node waits for room on its disk`,
    metrics: () => Promise.resolve({ contentType: 'text/plain; charset=utf-8', body: '' }),
    log,
  });
  try {
    let toldAt = -Infinity;
    for (let free = await freeBytes(dataDir); free < needed && !isOver(); free = await freeBytes(dataDir)) {
      if (performance.now() - toldAt > TELL_EVERY_MS) {
        toldAt = performance.now();
        log.error({ code: DISK_FULL, free, needed, dataDir }, 'this node waits for room on its disk');
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  } finally {
    await health.close();
  }
}
