import {
  recover,
  step,
  summarize,
  type Input,
  type LbftConfig,
  type LbftSummary,
  type LogRecord,
  type StepResult,
} from '@waymark/consensus/lbft';

/** What the host drives: a pure core behind two calls. The core owns its state; nothing waits in it. */
export interface Engine {
  step(input: Input): StepResult;
  summary(): LbftSummary;
}

/** LBFT-3, resumed from the records of the last run (R11). */
export function lbftEngine(config: LbftConfig, records: readonly LogRecord[]): Engine {
  const state = recover(config, records);
  return { step: (input) => step(state, input), summary: () => summarize(state) };
}
