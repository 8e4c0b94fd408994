import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portableHashing } from '@waymark/accel/portable';
import { encodeBody, parseGenesis } from '@waymark/ledger/chain';
import { toBase64, utf8 } from '@waymark/ledger/primitives';
import { createRuntime, type Runtime } from '@waymark/ledger/runtime';
import type { StateView } from '@waymark/ledger/state';
import { bodyKinds, provenanceModule } from '@waymark/provenance/module';
import { build } from 'esbuild';
import { testGenesis } from '../testing/consortium.js';
import { dryRun, StateGone, type DryRunJudge, type DryRunRequest } from './dry-run.js';
import { threadJudge } from './thread-judge.js';

const json = (value: unknown) => utf8(JSON.stringify(value));
const context = toBase64(
  encodeBody({
    kind: bodyKinds.context,
    content: json(['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld']),
  }),
);
let made = 0;
const event = (items: number, fields: object = {}) =>
  toBase64(
    encodeBody({
      kind: bodyKinds.event,
      context: 1,
      content: json({
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'shipping',
        eventTime: '2026-01-02T03:04:05.000Z',
        eventTimeZoneOffset: '+00:00',
        epcList: Array.from({ length: items }, () => `urn:epc:id:sgtin:9521234.000001.${made++}`),
        ...fields,
      }),
    }),
  );
const request = (bodies: string[], sender = 'processor'): DryRunRequest => ({
  sender,
  transactions: [{ bodies: [context, ...bodies], proceed: true }],
});

describe('the thread that judges dry runs', () => {
  let folder: string;
  let judge: DryRunJudge;
  let runtime: Runtime;
  let state: StateView;
  const place = (over = state) => ({ state: over, height: 1, timeMs: Date.parse('2026-02-01T00:00:00Z') });
  const never = new AbortController().signal;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-judge-'));
    const outfile = join(folder, 'judge-thread.cjs');
    await build({
      entryPoints: [join(import.meta.dirname, 'judge-thread.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      conditions: ['waymark-source'],
      outfile,
      logLevel: 'silent',
    });
    const { bytes } = testGenesis(1);
    const genesis = parseGenesis(portableHashing, bytes);
    if (!genesis.ok) throw new Error(genesis.refusal.code);
    runtime = createRuntime({ hashing: portableHashing, modules: [provenanceModule], ...genesis.value });
    state = runtime.genesisState();
    judge = threadJudge(bytes, pathToFileURL(outfile));
  }, 60_000);
  afterAll(async () => {
    await judge?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['what is accepted and warned of', request([event(2), event(1)])],
    ['what is refused', request([event(1, { action: 'ADD', bizStep: 'commissioning' }), event(1)])],
    ['a sender that nobody knows', request([event(1)], 'nobody')],
    ['a body that is none', request(['AAAA'])],
    ['what is no base64', request(['%%%%'])],
  ])('says the same as the thread of the node: %s', async (_what, asked) => {
    expect(await judge.judge(asked, place(), never)).toEqual(dryRun(runtime, asked, place()));
  });

  it('leaves the thread of the node free while it judges', async () => {
    const asked = request(Array.from({ length: 300 }, () => event(20)));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    const answer = await judge.judge(asked, place(), never);
    const tookMs = performance.now() - began;
    delay.disable();
    expect(answer.kind).toBe('judged');
    expect(delay.max / 1e6).toBeLessThan(tookMs / 3);
  }, 60_000);

  it('ends when nobody waits any more, and when the state is gone; the next one is judged as ever', async () => {
    const asked = request(Array.from({ length: 500 }, () => event(20)));
    const leaving = new AbortController();
    const began = performance.now();
    setTimeout(() => leaving.abort(new Error('the caller left')), 100);
    await expect(judge.judge(asked, place(), leaving.signal)).rejects.toThrow('the caller left');
    expect(performance.now() - began).toBeLessThan(2_000);

    let reads = 0;
    const vanishing = {
      ...place(),
      state: {
        get: (key: Uint8Array) => {
          if (++reads > 5) throw new StateGone('given up');
          return state.get(key);
        },
      },
    };
    await expect(judge.judge(asked, vanishing, never)).rejects.toBeInstanceOf(StateGone);
    const broken = {
      ...place(),
      state: {
        get: () => {
          throw new Error('the disk is gone');
        },
      },
    };
    await expect(judge.judge(asked, broken, never)).rejects.toThrow('the disk is gone');
    const small = request([event(1)]);
    expect(await judge.judge(small, place(), never)).toEqual(dryRun(runtime, small, place()));
  }, 60_000);

  it('gets a new thread when one dies', async () => {
    const asked = request(Array.from({ length: 500 }, () => event(20)));
    const under = judge.judge(asked, place(), never);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await Promise.all([expect(under).rejects.toThrow(/ended with code/), judge.close()]);
    expect((await judge.judge(request([event(1)]), place(), never)).kind).toBe('judged');
  }, 60_000);
});
