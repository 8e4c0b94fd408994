import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { VocabularyElement } from '../model/epcis.js';
import { isJsonObject } from '../model/json.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import type { Problem } from '../model/problem.js';
import type { Parsed, ParsedContext, ParsedDocument, ParsedEvent, ParsedMasterData, ParseLimits } from './parsed.js';
import { locateSyntaxError, scanJson } from './scan.js';
import type { Interest, Span } from './scan.js';

declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };

const EVENT_TYPES = new Set([
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
]);

/** The default bounds of a document. */
export const parseLimits: Readonly<ParseLimits> = {
  sizeBytesMax: 8 * 1024 * 1024,
  depthMax: 64,
  eventsMax: 2000,
  masterDataMax: 2000,
  eventBytesMax: 256 * 1024,
  contextBytesMax: 64 * 1024,
  masterDataBytesMax: 64 * 1024,
};

const EVENT_LIST: Interest = { members: { '*': { take: 'event' } } };
const VOCABULARY_LIST: Interest = {
  members: { '*': { members: { vocabularyElementList: { members: { '*': { take: 'element' } } } } } },
};
const IN_DOCUMENT: Interest = {
  members: {
    '@context': { take: 'context' },
    epcisHeader: { members: { epcisMasterData: { members: { vocabularyList: VOCABULARY_LIST } } } },
    epcisBody: {
      members: {
        eventList: EVENT_LIST,
        queryResults: {
          members: { resultsBody: { members: { eventList: EVENT_LIST, vocabularyList: VOCABULARY_LIST } } },
        },
      },
    },
  },
};
const IN_EVENT: Interest = { take: 'event', members: { '@context': { take: 'context' } } };

interface Source {
  text: string;
  value: JsonValue;
  spans: ReadonlyMap<string, readonly Span[]>;
  /** The exact source bytes of a span. */
  bytesOf: (span: Span) => Uint8Array;
}

function problem(
  code: string,
  pointer: string,
  message: string,
  howToFix: string,
  facts: Record<string, string> = {},
): Problem {
  return { code, severity: 'error', pointer, message, facts, howToFix };
}

function refused<T>(...problems: Problem[]): Parsed<T> {
  return { ok: false, problems };
}

function readSource(input: Uint8Array | string, interest: Interest, limits: ParseLimits): Parsed<Source> {
  const bytes = typeof input === 'string' ? utf8ToBytes(input) : input;
  if (bytes.length > limits.sizeBytesMax) {
    return refused(
      problem(
        'EPCIS_DOCUMENT_TOO_LARGE',
        '',
        `The document has ${bytes.length} bytes; ${limits.sizeBytesMax} are allowed.`,
        'Send the events in several documents.',
        {
          sizeBytes: String(bytes.length),
          sizeBytesMax: String(limits.sizeBytesMax),
        },
      ),
    );
  }
  let text: string;
  try {
    text = typeof input === 'string' ? input : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refused(
      problem(
        'EPCIS_JSON_INVALID_UTF8',
        '',
        'The document is not encoded in UTF-8.',
        'Save the document as UTF-8 and send it again.',
      ),
    );
  }
  const foreign = noJson(text);
  if (foreign !== undefined) return refused(foreign);
  const scan = scanJson(text, interest, limits);
  if (scan.problem?.code === 'EPCIS_JSON_TOO_DEEP') return refused(scan.problem);
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    const { line, column, reason } = locateSyntaxError(text);
    return refused(
      problem(
        'EPCIS_JSON_SYNTAX',
        '',
        `The document is no valid JSON: ${reason} at line ${line}, column ${column}.`,
        'Correct the JSON; comments and trailing commas are not allowed.',
        {
          line: String(line),
          column: String(column),
          reason,
        },
      ),
    );
  }
  if (scan.problem !== undefined) return refused(scan.problem);
  const ascii = text.length === bytes.length;
  const bytesOf = ({ start, end }: Span) => (ascii ? bytes.slice(start, end) : utf8ToBytes(text.slice(start, end)));
  return { ok: true, value: { text, value, spans: scan.spans, bytesOf } };
}

/** What people send by mistake, called by its name; undefined for anything that may be JSON. */
function noJson(text: string): Problem | undefined {
  if (text.trim() === '')
    return problem(
      'EPCIS_DOCUMENT_EMPTY',
      '',
      'There is nothing in the document.',
      'Choose the file with the events, or paste its whole text.',
    );
  if (/^\s*</.test(text))
    return problem(
      'EPCIS_DOCUMENT_XML',
      '',
      'This is XML; only EPCIS 2.0 in JSON is read here.',
      'Export the events as EPCIS 2.0 JSON (JSON-LD) from the system that made the file.',
    );
  return undefined;
}

/** The refusal of a part that is larger than its bound. */
function tooLarge(code: string, pointer: string, bytes: Uint8Array, sizeBytesMax: number, howToFix: string): Problem {
  const facts = { sizeBytes: String(bytes.length), sizeBytesMax: String(sizeBytesMax) };
  return problem(code, pointer, `This part has ${bytes.length} bytes; ${sizeBytesMax} are allowed.`, howToFix, facts);
}

function contextOf(source: Source, owner: JsonObject): ParsedContext | undefined {
  const span = source.spans.get('context')?.[0];
  const value = owner['@context'];
  return span === undefined || value === undefined
    ? undefined
    : { pointer: span.pointer, bytes: source.bytesOf(span), value };
}

function at(value: JsonValue | undefined, ...path: string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((inner, name) => (isJsonObject(inner) ? inner[name] : undefined), value);
}

function readEvents(source: Source, list: readonly JsonValue[], limits: ParseLimits): Parsed<ParsedEvent[]> {
  const events: ParsedEvent[] = [];
  const problems: Problem[] = [];
  for (const [index, span] of (source.spans.get('event') ?? []).entries()) {
    const value = list[index];
    if (!isJsonObject(value)) {
      problems.push(
        problem(
          'EPCIS_EVENT_NOT_OBJECT',
          span.pointer,
          'An element of the event list is no JSON object.',
          'Write each event as an object with a "type".',
        ),
      );
      continue;
    }
    const bytes = source.bytesOf(span);
    if (bytes.length > limits.eventBytesMax) {
      const howToFix = 'Split the event, or keep large attachments elsewhere and name them by a link.';
      problems.push(tooLarge('EPCIS_EVENT_TOO_LARGE', span.pointer, bytes, limits.eventBytesMax, howToFix));
      continue;
    }
    events.push({ index, pointer: span.pointer, bytes, value });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: events };
}

function readMasterData(
  source: Source,
  vocabularies: JsonValue | undefined,
  limits: ParseLimits,
): Parsed<ParsedMasterData[]> {
  const spans = source.spans.get('element') ?? [];
  if (spans.length > limits.masterDataMax) {
    return refused(
      problem(
        'EPCIS_TOO_MUCH_MASTER_DATA',
        '',
        `The document has ${spans.length} master-data elements; ${limits.masterDataMax} are allowed.`,
        'Send master data in several documents.',
        {
          count: String(spans.length),
          countMax: String(limits.masterDataMax),
        },
      ),
    );
  }
  const elements: ParsedMasterData[] = [];
  const problems: Problem[] = [];
  for (const span of spans) {
    const vocabulary = Array.isArray(vocabularies) ? vocabularies[span.indices[0] ?? -1] : undefined;
    const list = at(vocabulary, 'vocabularyElementList');
    const element = Array.isArray(list) ? list[span.indices[1] ?? -1] : undefined;
    const type = at(vocabulary, 'type');
    if (typeof type !== 'string' || !isJsonObject(element) || typeof element['id'] !== 'string') {
      problems.push(
        problem(
          'EPCIS_MASTER_DATA_MALFORMED',
          span.pointer,
          'A master-data element has no "id", or its vocabulary no "type".',
          'Give the vocabulary a "type" and each element an "id".',
        ),
      );
      continue;
    }
    const content = `{"type":${JSON.stringify(type)},"element":${source.text.slice(span.start, span.end)}}`;
    const bytes = utf8ToBytes(content);
    if (bytes.length > limits.masterDataBytesMax) {
      const howToFix = 'Shorten the element.';
      problems.push(tooLarge('EPCIS_MASTER_DATA_TOO_LARGE', span.pointer, bytes, limits.masterDataBytesMax, howToFix));
      continue;
    }
    elements.push({ type, element: element as unknown as VocabularyElement, pointer: span.pointer, bytes });
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: elements };
}

/**
 * Reads an EPCISDocument or EPCISQueryDocument (EPCIS 2.0, JSON binding) without judging its events: strict JSON, bounded
 * in size and depth, the exact source bytes of `@context`, of each event and of each master-data element with their JSON
 * pointers. Never throws on input; every refusal is a problem with a code.
 */
export function parseDocument(input: Uint8Array | string, limits: ParseLimits = parseLimits): Parsed<ParsedDocument> {
  const source = readSource(input, IN_DOCUMENT, limits);
  if (!source.ok) return source;
  const { value } = source.value;
  const kind = at(value, 'type');
  if (!isJsonObject(value) || (kind !== 'EPCISDocument' && kind !== 'EPCISQueryDocument')) {
    const found = typeof kind === 'string' ? kind : '';
    const howToFix = EVENT_TYPES.has(found)
      ? 'Wrap the event in an EPCISDocument, or send it to the endpoint for single events.'
      : 'Send a JSON object whose "type" is "EPCISDocument".';
    return refused(
      problem(
        'EPCIS_DOCUMENT_KIND_UNKNOWN',
        '/type',
        'This is neither an EPCISDocument nor an EPCISQueryDocument.',
        howToFix,
        { found },
      ),
    );
  }
  const context = contextOf(source.value, value);
  if (context === undefined) {
    return refused(
      problem(
        'EPCIS_CONTEXT_MISSING',
        '/@context',
        'The document has no "@context".',
        'Add "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"].',
      ),
    );
  }
  if (context.bytes.length > limits.contextBytesMax) {
    const howToFix = 'Declare only the prefixes that are used.';
    return refused(
      tooLarge('EPCIS_CONTEXT_TOO_LARGE', context.pointer, context.bytes, limits.contextBytesMax, howToFix),
    );
  }
  const bodyPath = kind === 'EPCISDocument' ? ['epcisBody'] : ['epcisBody', 'queryResults', 'resultsBody'];
  const list = at(value, ...bodyPath, 'eventList');
  if (!Array.isArray(list)) {
    const pointer = `/${bodyPath.join('/')}/eventList`;
    return refused(
      problem(
        'EPCIS_EVENT_LIST_MISSING',
        pointer,
        'The document has no list of events where the standard puts it.',
        `Put the events into an array at ${pointer}.`,
      ),
    );
  }
  if (list.length > limits.eventsMax) {
    return refused(
      problem(
        'EPCIS_TOO_MANY_EVENTS',
        `/${bodyPath.join('/')}/eventList`,
        `The document has ${list.length} events; ${limits.eventsMax} are allowed.`,
        'Send the events in several documents.',
        {
          count: String(list.length),
          countMax: String(limits.eventsMax),
        },
      ),
    );
  }
  const events = readEvents(source.value, list, limits);
  const vocabularies =
    kind === 'EPCISDocument'
      ? at(value, 'epcisHeader', 'epcisMasterData', 'vocabularyList')
      : at(value, ...bodyPath, 'vocabularyList');
  const masterData = readMasterData(source.value, vocabularies, limits);
  if (!events.ok || !masterData.ok) {
    return refused(...(events.ok ? [] : events.problems), ...(masterData.ok ? [] : masterData.problems));
  }
  return { ok: true, value: { kind, context, events: events.value, masterData: masterData.value, value } };
}

/** Reads one bare event, which carries its own `@context`, as `POST /events` receives it. Pointers are into the event. */
export function parseEvent(
  input: Uint8Array | string,
  limits: ParseLimits = parseLimits,
): Parsed<{ event: ParsedEvent; context: ParsedContext | undefined }> {
  const source = readSource(input, IN_EVENT, limits);
  if (!source.ok) return source;
  const { value } = source.value;
  if (!isJsonObject(value))
    return refused(
      problem(
        'EPCIS_EVENT_NOT_OBJECT',
        '',
        'An event is a JSON object.',
        'Send a JSON object whose "type" is one of the five event types.',
      ),
    );
  const events = readEvents(source.value, [value], limits);
  const [event] = events.ok ? events.value : [];
  if (!events.ok) return events;
  if (event === undefined)
    return refused(problem('EPCIS_EVENT_NOT_OBJECT', '', 'An event is a JSON object.', 'Send a JSON object.'));
  return { ok: true, value: { event, context: contextOf(source.value, value) } };
}
