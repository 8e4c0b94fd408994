import type { TraceEvent, TraceItemOfEvent, TraceStep } from './trace-types.js';

/** Which items went in and which came out of an event; what was only handled did both. */
function sidesOf(event: TraceEvent): Pick<TraceStep, 'itemsIn' | 'itemsOut'> {
  const itemsIn: TraceItemOfEvent[] = [];
  const itemsOut: TraceItemOfEvent[] = [];
  const isContaining = event.type === 'AggregationEvent' || event.type === 'AssociationEvent';
  for (const item of event.items) {
    switch (item.role) {
      case 'input':
        itemsIn.push(item);
        break;
      case 'output':
        itemsOut.push(item);
        break;
      case 'transformation':
        break;
      case 'object':
        if (event.type !== 'ObjectEvent' || event.action !== 'ADD') itemsIn.push(item);
        if (event.type !== 'ObjectEvent' || event.action !== 'DELETE') itemsOut.push(item);
        break;
      case 'parent':
        if (!isContaining || event.action !== 'ADD') itemsIn.push(item);
        if (!isContaining || event.action !== 'DELETE') itemsOut.push(item);
        break;
      case 'child':
        if (event.action !== 'DELETE') itemsIn.push(item);
        if (event.action !== 'ADD') itemsOut.push(item);
        break;
    }
  }
  return { itemsIn, itemsOut };
}

/** An event as a step of the story. */
export function stepOf(event: TraceEvent, side: TraceStep['side'], concerns: readonly string[]): TraceStep {
  const place = event.bizLocation ?? event.readPoint;
  return {
    eventKey: event.eventKey,
    eventHash: event.eventHash,
    side,
    type: event.type,
    ...(event.action === undefined ? {} : { action: event.action }),
    timeMs: event.eventTimeMs,
    ...(event.bizStep === undefined ? {} : { bizStep: event.bizStep }),
    ...(event.disposition === undefined ? {} : { disposition: event.disposition }),
    ...(place === undefined ? {} : { place }),
    signer: event.signer,
    ...(event.signers === undefined ? {} : { signers: event.signers }),
    visibility: event.visibility,
    declaredInError: event.declaredInError,
    ...sidesOf(event),
    concerns,
  };
}
