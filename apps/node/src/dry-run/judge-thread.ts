/**
 * The thread of `threadJudge`: the same runtime as the node's, on a state that stays with the node. A read is a question to the node's
 * thread, for whose answer this one sleeps; so nothing of the state is copied, and the node is never held up for longer than one read.
 */
import { inspect } from 'node:util';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { portableHashing } from '@waymark/accel/portable';
import { parseGenesis } from '@waymark/ledger/chain';
import { createRuntime } from '@waymark/ledger/runtime';
import { keyText, type StateReader } from '@waymark/ledger/state';
import { provenanceModule } from '@waymark/provenance/module';
import { dryRun } from './dry-run.js';
import { Signal, type JudgeNews, type JudgeOrder, type JudgeThreadData, type ReadAnswer } from './judge-messages.js';

/** The node's thread is busy for longer than any step of its own takes: it is stuck or gone. */
const READ_MS_MAX = 30_000;

class Ended extends Error {
  constructor(readonly why: 'gone' | 'cancelled') {
    super(why);
  }
}

const port = parentPort;
if (port !== null) {
  const { genesis, reads, signals } = workerData as JudgeThreadData;
  const parsed = parseGenesis(portableHashing, genesis);
  if (!parsed.ok) throw new Error(`genesis: ${parsed.refusal.code}`);
  const runtime = createRuntime({
    hashing: portableHashing,
    modules: [provenanceModule],
    genesis: parsed.value.genesis,
    genesisHash: parsed.value.genesisHash,
  });
  port.on('message', ({ id, request, height, timeMs }: JudgeOrder) => {
    let ended: Ended | undefined;
    // One state a dry run: what was read once is not asked for again.
    const known = new Map<string, Uint8Array | undefined>();
    const state: StateReader = {
      get(key, text = keyText(key)) {
        if (known.has(text)) return known.get(text);
        if (Atomics.load(signals, Signal.CANCELLED) === 1) throw (ended = new Ended('cancelled'));
        Atomics.store(signals, Signal.ANSWERED, 0);
        reads.postMessage(key);
        // A call to wake up may still belong to the read before: what counts is the sign.
        while (Atomics.load(signals, Signal.ANSWERED) === 0)
          if (Atomics.wait(signals, Signal.ANSWERED, 0, READ_MS_MAX) === 'timed-out')
            throw new Error('the node does not answer its judge');
        const answer = receiveMessageOnPort(reads)?.message as ReadAnswer;
        if (answer === 'gone') throw (ended = new Ended('gone'));
        known.set(text, answer.value);
        return answer.value;
      },
    };
    let news: JudgeNews;
    try {
      news = { id, answer: dryRun(runtime, request, { state, height, timeMs }) };
    } catch (cause) {
      news = ended === undefined ? { id, failed: 'fault', why: inspect(cause) } : { id, failed: ended.why };
    }
    port.postMessage(news);
  });
}
