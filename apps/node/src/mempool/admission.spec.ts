import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { nativeHashing as hashing, openNodeVerifier } from '@waymark/accel/node';
import { createRuntime } from '@waymark/ledger/runtime';
import { openState } from '@waymark/ledger/state';
import { ExecutionTree } from '../execution/execution-tree.js';
import { inThreadExecutor } from '../execution/executor.js';
import { ChainStore } from '../storage/index.js';
import { notes, noteTransaction, testGenesis } from '../testing/consortium.js';
import { TransactionVerifier } from '../verification/transaction-verifier.js';
import { Admission } from './admission.js';
import { Mempool } from './mempool.js';

const of = testGenesis(4);
const { genesis, genesisHash } = of;
const second = 1_000;

describe('handing on', () => {
  const closers: (() => Promise<void> | void)[] = [];
  const handedOn: string[] = [];
  let nowMs = 0;
  let admission: Admission;

  beforeEach(async () => {
    nowMs = 0;
    handedOn.length = 0;
    const dir = await mkdtemp(join(tmpdir(), 'waymark-admission-'));
    closers.push(() => rm(dir, { recursive: true, force: true }));
    const runtime = createRuntime({ hashing, modules: [notes], genesis, genesisHash });
    const { store } = await ChainStore.open({
      dir,
      hashing,
      genesisHash,
      segmentBytesMax: 1_000_000,
      genesisWrites: (state) => runtime.genesisState(openState(hashing, state)).writes,
    });
    closers.push(() => store.close());
    const verifier = await openNodeVerifier({ engines: ['native'] });
    closers.push(() => verifier.close());
    const executor = inThreadExecutor(runtime);
    admission = new Admission({
      verifier: new TransactionVerifier({ hashing, verifier, runtime }),
      mempool: new Mempool({ countMax: 1_000, bytesMax: 10_000_000 }),
      runtime,
      tree: new ExecutionTree({ hashing, runtime, executor, store, genesisHash, genesisTimeMs: genesis.timeMs }),
      store,
      handOn: ({ bodies }) => handedOn.push(new TextDecoder().decode(bodies[0]?.content)),
      changed: () => undefined,
      nowMs: () => nowMs,
    });
  });
  afterEach(async () => {
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) await close();
  });

  /** A peer brings a transaction; gives its txId, hex. */
  async function brought(text: string, atMs: number, sender = 'farm'): Promise<string> {
    nowMs = atMs;
    const { bytes, txId } = noteTransaction(of, sender, [text]);
    expect((await admission.gossip(bytes)).offence).toBeNull();
    return txId;
  }
  /** What is handed on again in each of the seconds. */
  function secondBySecond(from: number, to: number, each: () => void = () => undefined): string[] {
    const told: string[] = [];
    for (let at = from; at <= to; at += 1) {
      nowMs = at * second;
      each();
      handedOn.length = 0;
      admission.handOnAgain();
      told.push(handedOn.join(' '));
    }
    return told;
  }

  it('is done once by whom a client gave it to, and not by whom a peer did', async () => {
    const { bytes } = noteTransaction(of, 'farm', ['a']);
    await admission.submit(bytes);
    await admission.submit(bytes);
    await brought('b', 0);
    expect(handedOn).toEqual(['a']);
  });

  it('is repeated after 2, 4, 8 seconds where nothing is booked', async () => {
    await brought('a', 0);
    expect(secondBySecond(1, 9)).toEqual(['', 'a', '', 'a', '', '', '', 'a', '']);
  });

  it('is not repeated for what waits its turn behind full blocks, only for what was overtaken', async () => {
    await brought('lost', 0);
    await brought('other', 0, 'importer');
    const later = await brought('later', 2.5 * second);
    // Blocks with transactions of somebody else all the time: a long queue, and nothing is handed on.
    const busy = (): void => admission.settle([new Uint8Array(32)], new Set());
    expect(secondBySecond(3, 6, busy)).toEqual(['', '', '', '']);
    admission.settle([Buffer.from(later, 'hex')], new Set());
    expect(secondBySecond(7, 9, busy)).toEqual(['', 'lost', '']);
  });

  it('leaves out what stands in a block already', async () => {
    const txId = await brought('a', 0);
    admission.noteInFlight(new Set([txId]));
    expect(secondBySecond(1, 4)).toEqual(['', '', '', '']);
  });
});
