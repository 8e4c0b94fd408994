import type { LbftConfig } from '../lbft/config.js';
import type { Input } from '../lbft/inputs.js';
import { recover } from '../lbft/recover.js';
import type { LbftSummary, LogRecord, StepResult } from '../lbft/state.js';
import { step, summarize } from '../lbft/step.js';

/**
 * The socket into which an engine is plugged: inputs in, effects out, nothing waits. A host that drives one drives all. Which engine a chain has, and its committee, stand in its
 * genesis.
 */
export interface ConsensusEngine {
  /** Takes one input; the effects are performed in order and answered by inputs. @throws when the host broke its duty. */
  step(input: Input): StepResult;
  /** Where the engine stands; a copy. */
  summary(): LbftSummary;
}

/** Makes an engine out of what does not change and what the last run left in its logs. */
export type EngineFactory = (config: LbftConfig, records: readonly LogRecord[]) => ConsensusEngine;

/** LBFT-3: n validators, of which f may do what they like. */
export const lbft: EngineFactory = (config, records) => {
  const state = recover(config, records);
  return { step: (input) => step(state, input), summary: () => summarize(state) };
};
