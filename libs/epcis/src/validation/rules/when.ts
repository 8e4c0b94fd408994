import type { EpcisEvent } from '../../model/epcis.js';
import type { Problem } from '../../model/problem.js';
import { parseTimeMs } from '../../model/time.js';
import { error } from '../schema-problems.js';

/** The receiver's clock, as an argument: this library has none. */
export interface ValidationClock {
  /** Milliseconds since 1970. */
  nowMs: number;
  /** How far an event may lie ahead of the clock. */
  toleranceMs: number;
}

/** No event, and no error declaration, is reported before it happens. `creationDate` plays no part. */
export function judgeFuture(event: EpcisEvent, base: string, clock: ValidationClock | undefined): Problem[] {
  if (clock === undefined) return [];
  const times: [string, string, string | undefined][] = [
    ['EPCIS_EVENT_TIME_IN_FUTURE', 'eventTime', event.eventTime],
    ['EPCIS_DECLARATION_TIME_IN_FUTURE', 'errorDeclaration/declarationTime', event.errorDeclaration?.declarationTime],
  ];
  return times.flatMap(([code, path, text]) => {
    const timeMs = text === undefined ? undefined : parseTimeMs(text);
    if (timeMs === undefined || timeMs <= clock.nowMs + clock.toleranceMs) return [];
    const aheadMs = timeMs - clock.nowMs;
    return [
      error(
        code,
        `${base}/${path}`,
        `${text ?? ''} lies ${Math.ceil(aheadMs / 1000)} seconds in the future.`,
        'Send the event after it happened, or correct the time or its zone.',
        {
          time: text ?? '',
          aheadMs: String(aheadMs),
          toleranceMs: String(clock.toleranceMs),
        },
      ),
    ];
  });
}
