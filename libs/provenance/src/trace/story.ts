import type { StepKind, StoryStep } from './story-types.js';
import type { Trace, TraceStep } from './trace-types.js';

/** Business steps of CBV 2.0 and, by their last part, of sector vocabularies such as GDST's for fish. */
const KIND_OF_STEP: Readonly<Record<string, StepKind>> = {
  hatching: 'hatch',
  fishingevent: 'catch',
  fishing: 'catch',
  catching: 'catch',
  farmharvest: 'harvest',
  harvesting: 'harvest',
  harvest: 'harvest',
  collecting: 'harvest',
  landing: 'land',
  transshipment: 'transship',
  commissioning: 'make',
  creating_class_instance: 'make',
  encoding: 'make',
  feedmillobject: 'make',
  commingling: 'commingle',
  aggregating: 'commingle',
  processing: 'transform',
  assembling: 'transform',
  disassembling: 'transform',
  killing: 'transform',
  repairing: 'transform',
  packing: 'pack',
  repackaging: 'pack',
  loading: 'pack',
  staging_outbound: 'store',
  unpacking: 'unpack',
  unloading: 'unpack',
  shipping: 'ship',
  departing: 'ship',
  consigning: 'ship',
  transporting: 'transport',
  entering_exiting: 'transport',
  receiving: 'receive',
  arriving: 'receive',
  accepting: 'receive',
  storing: 'store',
  stocking: 'store',
  holding: 'store',
  picking: 'store',
  reserving: 'store',
  removing: 'store',
  inspecting: 'inspect',
  sampling: 'inspect',
  sensor_reporting: 'inspect',
  cycle_counting: 'inspect',
  stock_taking: 'inspect',
  retail_selling: 'sell',
  dispensing: 'sell',
  decommissioning: 'end',
  destroying: 'end',
  installing: 'attach',
};

const MILESTONES: ReadonlySet<StepKind> = new Set([
  'hatch',
  'catch',
  'harvest',
  'land',
  'make',
  'transform',
  'commingle',
  'pack',
]);

function kindByType({ type, action }: Pick<TraceStep, 'type' | 'action'>): StepKind {
  switch (type) {
    case 'TransformationEvent':
      return 'transform';
    case 'AggregationEvent':
      return action === 'ADD' ? 'pack' : action === 'DELETE' ? 'unpack' : 'observe';
    case 'AssociationEvent':
      return action === 'ADD' ? 'attach' : action === 'DELETE' ? 'detach' : 'observe';
    case 'TransactionEvent':
      return 'trade';
    default:
      return action === 'ADD' ? 'make' : action === 'DELETE' ? 'end' : 'observe';
  }
}

/** The kind of a step: by its business step where that is known, else by what the event does. */
export function kindOf(step: Pick<TraceStep, 'type' | 'action' | 'bizStep'>): StepKind {
  const word = step.bizStep
    ?.split(/[:/#]/)
    .at(-1)
    ?.replace(/^BizStep-/, '')
    .toLowerCase();
  const kind = word !== undefined && Object.hasOwn(KIND_OF_STEP, word) ? KIND_OF_STEP[word] : undefined;
  if (kind === undefined) return kindByType(step);
  // "Commissioning" of a transformation's output is a transformation; fish that is "harvested" stays harvested.
  return kind === 'make' && step.type === 'TransformationEvent' ? 'transform' : kind;
}

/** The story of a trace in the order of time, without what its signer took back. */
export function story(trace: Trace): readonly StoryStep[] {
  return trace.steps
    .filter(({ declaredInError }) => !declaredInError)
    .map((step) => {
      const kind = kindOf(step);
      return { ...step, kind, milestone: MILESTONES.has(kind) };
    });
}
