// The engines of the acceleration service against one another, in one run: ratios, not absolutes, are what to read.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, describe, it } from '@jest/globals';
import {
  portableHashing,
  portableServiceEngine,
  publicKeyOf,
  type Accelerator,
  type Engine,
  type Operation,
  type OperationRequests,
} from '@waymark/accel';
import { hashPairs, nativeEngine, nativeSign } from '@waymark/accel/node';
import { treeHead } from '@waymark/ledger/primitives';
import { machine } from '../support/machine.js';

const root = path.resolve(import.meta.dirname, '../..');
/** Threads need the built package. */
const { poolEngine } = (await import(path.join(root, 'libs/accel/dist/node/index.js'))) as {
  poolEngine: (options: { threads: number }) => Engine;
};

const bytes = (length: number, seed: number) => Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17) & 255);
const seed = bytes(32, 1);
const publicKey = publicKeyOf(seed);
/** Signatures over 600 bytes, about an event in a transaction. */
const checks = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const message = bytes(600, i);
    return { publicKey, message, signature: nativeSign(seed, message) };
  });
const leaves = (count: number) => Array.from({ length: count }, (_, i) => bytes(32, i));
const text = new TextEncoder().encode(
  JSON.stringify(
    Array.from({ length: 400 }, (_, i) => ({
      type: 'ObjectEvent',
      eventTime: `2026-01-02T03:04:${String(i % 60).padStart(2, '0')}.000Z`,
      eventTimeZoneOffset: '+00:00',
      epcList: [`urn:epc:id:sgtin:9529999.012345.${i * 7919}`],
      action: 'OBSERVE',
      bizStep: 'shipping',
      disposition: 'in_transit',
      readPoint: { id: 'urn:epc:id:sgln:9529999.00001.0' },
    })),
  ),
);

describe('the engines of the acceleration service', () => {
  const figures: Record<string, number> = {};
  const note = (name: string, value: number) => {
    figures[name] = Number(value.toPrecision(4));
    process.stdout.write(`${name.padEnd(56)} ${figures[name]}\n`);
  };
  const running = new Map<string, Accelerator>();
  const engines = {
    portable: async () => portableServiceEngine.start(),
    native: async () => nativeEngine.start(),
    pool1: async () => poolEngine({ threads: 1 }).start(),
    pool2: async () => poolEngine({ threads: 2 }).start(),
  };
  const engine = async (name: keyof typeof engines): Promise<Accelerator> => {
    const there = running.get(name) ?? (await engines[name]());
    running.set(name, there);
    return there;
  };
  afterAll(async () => {
    for (const accelerator of running.values()) await accelerator.close();
    mkdirSync(path.join(root, 'docs/perf'), { recursive: true });
    appendFileSync(
      path.join(root, 'docs/perf/history.jsonl'),
      `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), figures })}\n`,
    );
  });

  /** What has rested is let on at once where others work too: short rounds after a pause find a free processor now and then. */
  const rest = () => new Promise((resolve) => setTimeout(resolve, 60));
  /** Best time of some rounds in milliseconds; what else runs on the machine only ever makes it longer. */
  const bestMs = async (rounds: number, work: () => unknown): Promise<number> => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round <= rounds; round += 1) {
      await rest();
      const from = performance.now();
      await work();
      if (round > 0) best = Math.min(best, performance.now() - from);
    }
    return best;
  };
  /**
   * Each engine's items a second by the clock, and by the time that it had a processor, rounds in turn. Gives the latter: it
   * says the same on a busy machine as on a free one, but nothing of how well threads share processors.
   */
  const race = async <O extends Operation>(
    title: string,
    operation: O,
    contenders: readonly { name: keyof typeof engines; items: number; request: OperationRequests[O] }[],
    rounds: number,
  ): Promise<Record<string, number>> => {
    const best = contenders.map(() => ({ wallMs: Number.POSITIVE_INFINITY, cpuMs: Number.POSITIVE_INFINITY }));
    for (let round = 0; round <= rounds; round += 1)
      for (const [index, { name, request }] of contenders.entries()) {
        const accelerator = await engine(name);
        await rest();
        const [from, cpuFrom] = [performance.now(), process.cpuUsage()];
        await accelerator.run(operation, request);
        const { user, system } = process.cpuUsage(cpuFrom);
        const { wallMs, cpuMs } = best[index]!;
        if (round > 0)
          best[index] = {
            wallMs: Math.min(wallMs, performance.now() - from),
            cpuMs: Math.min(cpuMs, (user + system) / 1000),
          };
      }
    return Object.fromEntries(
      contenders.map(({ name, items }, index) => {
        const { wallMs, cpuMs } = best[index]!;
        note(`${title}_${name}_per_s`, (1000 * items) / wallMs);
        note(`${title}_${name}_per_cpu_s`, (1000 * items) / cpuMs);
        return [name, (1000 * items) / cpuMs];
      }),
    );
  };

  it('signatures', async () => {
    const many = checks(1_024);
    const perSecond = await race(
      'verify',
      'verify',
      [
        { name: 'portable', items: 10, request: many.slice(0, 10) },
        { name: 'native', items: 256, request: many.slice(0, 256) },
        { name: 'pool1', items: 512, request: many.slice(0, 512) },
        { name: 'pool2', items: 512, request: many.slice(0, 512) },
      ],
      40,
    );
    note('verify_native_over_portable', perSecond['native']! / perSecond['portable']!);
    note('verify_pool2_over_pool1_by_the_clock', figures['verify_pool2_per_s']! / figures['verify_pool1_per_s']!);
    note('verify_pool2_over_pool1_per_cpu_s', perSecond['pool2']! / perSecond['pool1']!);
    const pool = await engine('pool2');
    let busy = 1;
    for (let round = 0; round < 30; round += 1) {
      await rest();
      const before = performance.eventLoopUtilization();
      await pool.run('verify', many);
      busy = Math.min(busy, performance.eventLoopUtilization(before).utilization);
    }
    note('verify_pool2_main_loop_busy_percent', 100 * busy);
  }, 120_000);

  it('hashes', async () => {
    const messages = Array.from({ length: 5_000 }, (_, i) => bytes(600, i));
    const perSecond = await race(
      'hash_600_bytes',
      'hash',
      [
        { name: 'portable', items: 2_000, request: messages.slice(0, 2_000) },
        { name: 'native', items: 5_000, request: messages },
        { name: 'pool2', items: 5_000, request: messages },
      ],
      20,
    );
    note('hash_600_bytes_native_over_portable', perSecond['native']! / perSecond['portable']!);
    const pairs = Array.from({ length: 10_000 }, (_, i) => bytes(64, i));
    const small = await race(
      'hash_64_bytes',
      'hash',
      [
        { name: 'portable', items: 5_000, request: pairs.slice(0, 5_000) },
        { name: 'native', items: 10_000, request: pairs },
      ],
      20,
    );
    note('hash_64_bytes_native_over_portable', small['native']! / small['portable']!);
  }, 120_000);

  it('trees', async () => {
    const many = leaves(4_096);
    const perSecond = await race(
      'tree_rfc6962_4096_leaves',
      'merkle-root',
      [
        { name: 'portable', items: 1, request: many },
        { name: 'native', items: 1, request: many },
        { name: 'pool2', items: 1, request: many },
      ],
      20,
    );
    note('tree_rfc6962_native_over_portable', perSecond['native']! / perSecond['portable']!);
    note('tree_rfc6962_pool2_over_portable_per_cpu_s', perSecond['pool2']! / perSecond['portable']!);
    note('tree_rfc6962_ledger_portable_per_s', 1000 / (await bestMs(5, () => treeHead(portableHashing, many))));
    note('tree_rfc6962_ledger_native_per_s', 1000 / (await bestMs(8, () => treeHead(nativeEngine.hashing, many))));
    // What hashtree itself can do: nodes of 64 bytes, without the mark that RFC 6962 puts before them.
    const level = new Uint8Array(16_384 * 32).map((_, i) => i & 255);
    const pairTree = (above: (pairs: Uint8Array) => Uint8Array | undefined) => {
      for (let nodes = level; nodes.length > 32;) {
        const next = above(nodes);
        if (next === undefined) throw new Error('hashtree does not load here');
        nodes = next as Uint8Array<ArrayBuffer>;
      }
    };
    const noblePairs = (pairs: Uint8Array) => {
      const out = new Uint8Array(pairs.length / 2);
      for (let at = 0; at < pairs.length; at += 64)
        out.set(portableHashing.sha256(pairs.subarray(at, at + 64)), at / 2);
      return out;
    };
    const noble = 1000 / (await bestMs(5, () => pairTree(noblePairs)));
    const hashtree = 1000 / (await bestMs(20, () => pairTree(hashPairs)));
    note('tree_of_pairs_16384_leaves_portable_per_s', noble);
    note('tree_of_pairs_16384_leaves_hashtree_per_s', hashtree);
    note('tree_of_pairs_hashtree_over_portable', hashtree / noble);
  }, 120_000);

  it('boxes and compression', async () => {
    const boxes = [{ key: bytes(32, 1), nonce: bytes(24, 2), content: bytes(262_144, 3), associated: bytes(16, 4) }];
    const sealing = await race(
      'seal_256_KiB_boxes',
      'seal',
      [
        { name: 'portable', items: 1, request: boxes },
        { name: 'native', items: 1, request: boxes },
      ],
      20,
    );
    note('seal_native_over_portable', sealing['native']! / sealing['portable']!);
    const packing = await race(
      'compress_MB_of_events',
      'compress',
      [
        { name: 'portable', items: text.length / 1e6, request: [text] },
        { name: 'native', items: text.length / 1e6, request: [text] },
      ],
      20,
    );
    note('compress_native_over_portable', packing['native']! / packing['portable']!);
    const [packed] = await (await engine('native')).run('compress', [text]);
    note('compress_events_to_percent', (100 * (packed?.length ?? 0)) / text.length);
    await race(
      'decompress_MB_of_events',
      'decompress',
      (['portable', 'native'] as const).map((name) => ({
        name,
        items: text.length / 1e6,
        request: [{ packed: packed!, sizeBytesMax: text.length }],
      })),
      20,
    );
  }, 120_000);
});
