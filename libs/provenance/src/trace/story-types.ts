import type { TraceStep } from './trace-types.js';

/** What kind of thing happened, for an icon and a sentence. Taken from bizStep, else from type and action. */
export type StepKind =
  | 'hatch'
  | 'catch'
  | 'harvest'
  | 'land'
  | 'transship'
  | 'make'
  | 'transform'
  | 'commingle'
  | 'pack'
  | 'unpack'
  | 'ship'
  | 'transport'
  | 'receive'
  | 'store'
  | 'inspect'
  | 'sell'
  | 'end'
  | 'attach'
  | 'detach'
  | 'trade'
  | 'observe';

export interface StoryStep extends TraceStep {
  readonly kind: StepKind;
  /** True where the goods change into something else or come into being: a chapter of its own. */
  readonly milestone: boolean;
}
