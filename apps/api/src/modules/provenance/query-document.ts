/** What the result document says of an event. */
export interface CapturedEvent {
  readonly eventHash: string;
  /** The event's bytes as captured. */
  readonly content: Uint8Array;
  /** The `@context` bytes that go with it; null when the event has its own or none is kept. */
  readonly context: Uint8Array | null;
  /** Block time, milliseconds since 1970. */
  readonly recordTimeMs: number;
  readonly hasEventId: boolean;
}

const STANDARD_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/**
 * An event exactly as captured (numbers, order and extensions untouched) with `recordTime` set to the time of its block, and named by
 * its hash where it came without an `eventID`.
 */
export function eventText(event: CapturedEvent, withContext: boolean): string {
  const source = Buffer.from(event.content).toString('utf8').trim();
  const members: Record<string, unknown> = { recordTime: new Date(event.recordTimeMs).toISOString() };
  if (!event.hasEventId) members['eventID'] = `ni:///sha-256;${event.eventHash}?ver=CBV2.0`;
  const value = JSON.parse(source) as Record<string, unknown>;
  if (withContext && event.context !== null && value['@context'] === undefined)
    members['@context'] = JSON.parse(Buffer.from(event.context).toString('utf8'));
  if (Object.keys(members).some((name) => Object.hasOwn(value, name))) return JSON.stringify({ ...value, ...members });
  const inner = source.slice(0, -1).trimEnd();
  return `${inner}${inner === '{' ? '' : ','}${JSON.stringify(members).slice(1)}`;
}

/** An EPCISQueryDocument (EPCIS 2.0, 10) with these events. */
export function queryDocument(events: readonly CapturedEvent[], createdAt: Date): string {
  const contexts = new Set(
    events.flatMap(({ context }) => (context === null ? [] : [Buffer.from(context).toString('utf8')])),
  );
  const [only] = contexts;
  // Events of one context share it; else each event brings its own.
  const shared = contexts.size === 1 && only !== undefined ? only : JSON.stringify([STANDARD_CONTEXT]);
  const list = events.map((event) => eventText(event, contexts.size > 1)).join(',');
  return `{"@context":${shared},"type":"EPCISQueryDocument","schemaVersion":"2.0","creationDate":${JSON.stringify(createdAt.toISOString())},"epcisBody":{"queryResults":{"queryName":"SimpleEventQuery","resultsBody":{"eventList":[${list}]}}}}`;
}
