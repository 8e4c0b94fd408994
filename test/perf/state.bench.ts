import { appendFileSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { nativeHashing as hashing } from '@waymark/accel/node';
import { portableHashing } from '@waymark/accel/portable';
import type { CommitCertificate } from '@waymark/consensus/certificates';
import { HEADER_BYTES } from '@waymark/ledger/chain';
import { concatBytes, toHex, u32Bytes, utf8 } from '@waymark/ledger/primitives';
import {
  applyChanges,
  keyText,
  openState,
  proveHistory,
  stateProofJson,
  verifyStateProof,
  verifyStateRange,
  type StateView,
} from '@waymark/ledger/state';
import { ChainStore } from '../../apps/node/src/storage/index.js';
import { machine, percentile } from '../support/machine.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const ITEMS = Number(process.env['WAYMARK_BENCH_ITEMS'] ?? 1_000_000);
const SAMPLES = Number(process.env['WAYMARK_BENCH_SAMPLES'] ?? 60);
const WRITES = 1_000;
const FILL = 20_000;

/** The same numbers in each run. */
function* numbers(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}

/** Two thirds are items named as GS1 names them, a third are hashes as transaction ids are. */
function keyOf(n: number): Uint8Array {
  if (n % 3 === 0) return concatBytes(utf8('\x01t'), hashing.sha256(u32Bytes(n)));
  const product = String(9_521_000_000_000 + (n % 400)).padStart(14, '0');
  return utf8(`\x03ihttps://id.gs1.org/01/${product}/21/${String(n).padStart(10, '0')}`);
}
/** 120 bytes, about what an item takes. */
const valueOf = (n: number, round: number): Uint8Array =>
  concatBytes(hashing.sha256(u32Bytes(n)), hashing.sha256(u32Bytes(round)), new Uint8Array(56).fill(n & 255));

describe(`a state of ${ITEMS} items`, () => {
  const figures: Record<string, number> = {};
  const note = (name: string, value: number): void => {
    figures[name] = Math.round(value * 1_000) / 1_000;
    process.stdout.write(`${name.padEnd(56)} ${figures[name]}\n`);
  };
  const noteTimes = (name: string, times: readonly number[]): void => {
    note(`${name}_p50_ms`, percentile(times, 0.5));
    note(`${name}_p95_ms`, percentile(times, 0.95));
  };
  let dir = '';
  let store: ChainStore;
  let view: StateView;
  let height = 0;
  const random = numbers();
  const below = (n: number): number => random.next().value % n;

  /** One block of these writes as the node books it; times of its parts. */
  async function block(
    entries: readonly (readonly [Uint8Array, Uint8Array])[],
  ): Promise<{ apply: number; pack: number; durable: number; cpu: number }> {
    height += 1;
    const header = new Uint8Array(HEADER_BYTES).fill(height & 255);
    header.set(u32Bytes(height));
    const hash = hashing.sha256(header);
    const changes = new Map(entries.map(([key, value]) => [keyText(key), { key, value }]));
    const certificate: CommitCertificate = {
      kind: 'C',
      epoch: 0,
      view: height,
      blockHash: toHex(hash),
      bitmap: 1,
      signatures: [new Uint8Array(64)],
    };
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const overlay = applyChanges(hashing, view, changes, height);
    const applied = performance.now();
    const { writes } = overlay;
    const packed = performance.now();
    const [place] = await store.appendRecords([{ height, header, transactions: [] }], certificate);
    await store.book(
      { height, hash, header, transactions: [], certificate, txIds: [], receipts: [], events: [], stateWrites: writes },
      place as NonNullable<typeof place>,
      certificate,
    );
    overlay.flushed();
    const done = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    return { apply: applied - begun, pack: packed - applied, durable: done - packed, cpu: (user + system) / 1_000 };
  }

  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'waymark-state-bench-'));
    const genesisHash = new Uint8Array(32).fill(1);
    const opened = await ChainStore.open({
      dir,
      hashing,
      genesisHash,
      segmentBytesMax: 1 << 30,
      genesisWrites: () => [],
    });
    store = opened.store;
    view = openState(hashing, store.state);
    const begun = performance.now();
    // In an order as things come in: not that of the keys.
    const step = 611_953;
    for (let from = 0; from < ITEMS; from += FILL) {
      const count = Math.min(FILL, ITEMS - from);
      await block(
        Array.from({ length: count }, (_, at) => {
          const n = ((from + at) * step) % ITEMS;
          return [keyOf(n), valueOf(n, 0)] as const;
        }),
      );
    }
    note('state_items', view.size);
    note('state_filled_per_s', ITEMS / ((performance.now() - begun) / 1_000));
  }, 3_600_000);
  afterAll(async () => {
    await store?.close();
    await rm(dir, { recursive: true, force: true });
    mkdirSync(path.join(root, 'docs/perf'), { recursive: true });
    appendFileSync(
      path.join(root, 'docs/perf/history.jsonl'),
      `${JSON.stringify({ at: new Date().toISOString(), machine: machine(), figures })}\n`,
    );
  });

  it('proves and is proven', () => {
    const opened = openState(hashing, store.state);
    const times: Record<string, number[]> = { present: [], absent: [], again: [], verify: [], range: [] };
    let bytes = 0;
    let steps = 0;
    for (let at = 0; at < 1_000; at += 1) {
      const key = keyOf(below(ITEMS));
      const gone = concatBytes(key, Uint8Array.of(7));
      const lap = <T>(name: string, run: () => T): T => {
        const begun = performance.now();
        const result = run();
        times[name]?.push(performance.now() - begun);
        return result;
      };
      const proof = lap('present', () => opened.prove(key));
      const absence = lap('absent', () => opened.prove(gone));
      lap('again', () => opened.prove(key));
      const holds = lap('verify', () => verifyStateProof(portableHashing, opened.root, key, proof));
      if (!holds || !verifyStateProof(hashing, opened.root, gone, absence) || proof.present === undefined)
        throw new Error('a proof does not hold');
      bytes += JSON.stringify(stateProofJson(proof)).length;
      steps += proof.steps.length;
    }
    for (const product of [7, 70, 301]) {
      const prefix = utf8(`\x03ihttps://id.gs1.org/01/0${9_521_000_000_000 + product}/21/0000${product % 10}`);
      const begun = performance.now();
      const range = opened.proveRange(prefix);
      times['range']?.push(performance.now() - begun);
      if (!verifyStateRange(hashing, opened.root, prefix, range)) throw new Error('a range does not hold');
      note(`state_range_of_${range.entries.length}_ms`, times['range']?.at(-1) ?? Number.NaN);
    }
    noteTimes('state_proof_first_asked', times['present'] ?? []);
    noteTimes('state_proof_absence', times['absent'] ?? []);
    noteTimes('state_proof_asked_again', times['again'] ?? []);
    noteTimes('state_proof_verified_portable', times['verify'] ?? []);
    note('state_proof_json_bytes', bytes / 1_000);
    note('state_proof_steps', steps / 1_000);
  }, 600_000);

  it('takes blocks of a thousand writes', async () => {
    let fresh = ITEMS;
    const shapes: Record<string, (round: number) => (readonly [Uint8Array, Uint8Array])[]> = {
      // One company's goods: neighbours, half of them new.
      together: (round) => {
        const product = below(400);
        return Array.from({ length: WRITES }, (_, at) => {
          const serial = (at % 2 === 0 ? 0 : ITEMS) + product + 400 * (at + 300 * round);
          const n = serial % 3 === 0 ? serial + 400 : serial;
          return [keyOf(n), valueOf(n, round)] as const;
        });
      },
      // Anything anywhere, half of it new: the worst a block can ask for.
      anywhere: (round) =>
        Array.from({ length: WRITES }, (_, at) => {
          const n = at % 2 === 0 ? below(ITEMS) : (fresh += 1);
          return [keyOf(n), valueOf(n, round)] as const;
        }),
    };
    for (const [shape, entries] of Object.entries(shapes)) {
      const times = { apply: [] as number[], pack: [] as number[], durable: [] as number[], all: [] as number[] };
      const cpu: number[] = [];
      for (let round = 1; round <= SAMPLES; round += 1) {
        const took = await block(entries(round));
        times.apply.push(took.apply);
        times.pack.push(took.pack);
        times.durable.push(took.durable);
        times.all.push(took.apply + took.pack + took.durable);
        cpu.push(took.cpu);
      }
      for (const [part, list] of Object.entries(times)) noteTimes(`state_block_${shape}_${part}`, list);
      note(`state_block_${shape}_cpu_p50_ms`, percentile(cpu, 0.5));
    }
    const key = keyOf(1);
    for (let round = 0; round < 12; round += 1) await block([[key, valueOf(1, round)]]);
    const begun = performance.now();
    const history = proveHistory(hashing, view, key, height, 10);
    note('state_history_of_10_ms', performance.now() - begun);
    if (history?.changes.length !== 10) throw new Error('the history is short');
  }, 600_000);
});
