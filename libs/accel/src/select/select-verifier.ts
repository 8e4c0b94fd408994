/**
 * Chooses a verifier and keeps watching it: known answers before the first use, a sample of its answers compared with
 * the portable reference, and on any failure the next engine does the same work again, so that a caller sees right
 * answers or, when even the reference is closed, a rejection. It never sees an answer of an engine found wrong.
 */
import type {
  Demotion,
  Engine,
  SelectedVerifier,
  SelectionOptions,
  SignatureCheck,
  Verifier,
} from '../contract/index.js';
import { portableEngine } from '../portable/index.js';
import { selfTestVerifier } from './self-test.js';

const CROSS_CHECK_EVERY = 1024;

/**
 * @param engines best first; the portable reference is appended as the last resort.
 * @returns an open verifier that has passed its self-test. Rejects only if the reference itself fails: then this
 *   build of JavaScript cannot be trusted with signatures and the process must not go on.
 */
export async function selectVerifier(
  engines: readonly Engine[],
  options: SelectionOptions = {},
): Promise<SelectedVerifier> {
  const waiting = [...engines.filter(({ name }) => name !== portableEngine.name), portableEngine];
  const crossCheckEvery = options.crossCheckEvery ?? CROSS_CHECK_EVERY;
  const demotions: Demotion[] = [];
  let answered = 0;
  let closed = false;
  let current: { engine: Engine; verifier: Verifier } | undefined;
  let choosing: Promise<void> | undefined;

  const demote = (engine: Engine, reason: Demotion['reason'], detail: string) => {
    const demotion: Demotion = { engine: engine.name, reason, detail };
    demotions.push(demotion);
    options.onDemotion?.(demotion);
  };

  const choose = async () => {
    for (let engine = waiting.shift(); engine; engine = waiting.shift()) {
      let verifier: Verifier;
      try {
        verifier = engine.openVerifier();
      } catch (error) {
        demote(engine, 'unavailable', messageOf(error));
        continue;
      }
      const wrong = await selfTestVerifier(verifier).catch(messageOf);
      if (wrong === undefined) {
        current = { engine, verifier };
        return;
      }
      demote(engine, 'self-test-failed', wrong);
      await closeQuietly(verifier);
    }
    current = undefined;
    throw new Error(
      `No engine verifies signatures correctly here: ${demotions.map((d) => `${d.engine}: ${d.detail}`).join('; ')}`,
    );
  };

  /** Turns down `failed` if it is still the one in use, and waits until another answers. Many calls may fail at once. */
  const replace = async (
    failed: { engine: Engine; verifier: Verifier },
    reason: Demotion['reason'],
    detail: string,
  ) => {
    if (current === failed && choosing === undefined) {
      demote(failed.engine, reason, detail);
      choosing = choose().finally(() => {
        choosing = undefined;
      });
      void closeQuietly(failed.verifier);
    }
    await choosing;
  };

  /** Which of the answers to compare: every `crossCheckEvery`-th over the life of the verifier. */
  const crossCheckFails = (checks: readonly SignatureCheck[], answers: readonly boolean[]): string | undefined => {
    if (crossCheckEvery <= 0) return undefined;
    const start = answered;
    answered += checks.length;
    for (
      let i = (crossCheckEvery - (start % crossCheckEvery)) % crossCheckEvery;
      i < checks.length;
      i += crossCheckEvery
    ) {
      const check = checks[i];
      if (check !== undefined && portableEngine.verifySignature(check) !== answers[i]) {
        return `answered ${String(answers[i])} where the reference answers ${String(!answers[i])}`;
      }
    }
    return undefined;
  };

  const verifyMany = async (checks: readonly SignatureCheck[]): Promise<boolean[]> => {
    for (;;) {
      if (closed) throw new Error('The verifier is closed.');
      if (choosing) await choosing;
      const used = current;
      if (used === undefined) throw new Error('No engine verifies signatures correctly here.');
      let answers: boolean[];
      try {
        answers = await used.verifier.verifyMany(checks);
      } catch (error) {
        if (closed) throw error;
        if (used.engine === portableEngine) throw error;
        await replace(used, 'engine-failed', messageOf(error));
        continue;
      }
      if (used.engine === portableEngine) return answers;
      if (answers.length !== checks.length || answers.some((answer) => typeof answer !== 'boolean')) {
        await replace(
          used,
          'engine-failed',
          `gave ${answers.length} answers for ${checks.length} checks, or one that is neither yes nor no`,
        );
        continue;
      }
      const wrong = crossCheckFails(checks, answers);
      if (wrong === undefined) return answers;
      await replace(used, 'cross-check-failed', wrong);
    }
  };

  await choose();
  return {
    get name() {
      return current?.verifier.name ?? portableEngine.name;
    },
    get demotions() {
      return [...demotions];
    },
    verifyMany,
    async close() {
      closed = true;
      await choosing?.catch(() => undefined);
      await current?.verifier.close();
    },
  };
}

/** An engine found wrong is not given the chance to fail again while closing. */
async function closeQuietly(verifier: Verifier): Promise<void> {
  await verifier.close().catch(() => undefined);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
