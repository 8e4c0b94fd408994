import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { judgeIdentifier } from '../gs1/judge-identifier.js';
import type { EpcisEvent, EpcisEventType } from '../model/epcis.js';
import type { JsonObject, JsonValue } from '../model/json.js';
import type { Problem, Verdict } from '../model/problem.js';
import type { ParsedDocument } from '../parse/parsed.js';
import { FORMATS } from './formats.js';
import { declaredPrefixes, judgeExtensions } from './rules/extensions.js';
import { judgeEventId, judgeIdentifierBounds, judgeIdentifiers } from './rules/identifiers.js';
import { judgeSensors } from './rules/sensors.js';
import { judgePersistentDisposition, judgeWhat } from './rules/what.js';
import { judgeFuture } from './rules/when.js';
import type { ValidationClock } from './rules/when.js';
import { DOCUMENT_SCHEMAS, EVENT_SCHEMAS } from './schema.js';
import type { Schema } from './schema.js';
import { error, schemaProblem } from './schema-problems.js';

export type { ValidationClock };

/** No more problems than this are told about one event. */
const PROBLEMS_MAX = 50;
const CONTEXT_ENTRIES_MAX = 100;

const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  strictRequired: false,
  verbose: true,
  messages: false,
  formats: { ...FORMATS },
});
const compile = (schema: Schema): ValidateFunction => ajv.compile(schema);
const eventShapes = new Map<string, ValidateFunction>(
  Object.entries(EVENT_SCHEMAS).map(([type, schema]) => [type, compile(schema)]),
);
const documentShapes = new Map<string, ValidateFunction>(
  Object.entries(DOCUMENT_SCHEMAS).map(([type, schema]) => [type, compile(schema)]),
);

/** The five event types of EPCIS 2.0. */
export const eventTypes = Object.keys(EVENT_SCHEMAS) as EpcisEventType[];

function shapeProblems(shape: ValidateFunction, value: unknown, base: string): Problem[] {
  if (shape(value)) return [];
  // `propertyNames` reports each bad name twice, once for the name and once for its form: the first says enough.
  const violations = (shape.errors ?? []).filter(({ propertyName }) => propertyName === undefined);
  return violations.slice(0, PROBLEMS_MAX).map((violation) => schemaProblem(violation, base, violation.data));
}

/** Comparing the entries of a context takes time that grows with their square: there are few, or it is refused. */
function contextProblem(context: JsonValue | undefined, base: string): Problem | undefined {
  if (!Array.isArray(context) || context.length <= CONTEXT_ENTRIES_MAX) return undefined;
  const facts = { count: String(context.length), countMax: String(CONTEXT_ENTRIES_MAX) };
  const message = `"@context" has ${context.length} entries; ${CONTEXT_ENTRIES_MAX} are allowed.`;
  return error('EPCIS_CONTEXT_TOO_LONG', `${base}/@context`, message, 'Put the prefixes into one object.', facts);
}

function verdictOf(problems: readonly Problem[]): Verdict {
  return {
    errors: problems.filter(({ severity }) => severity === 'error').slice(0, PROBLEMS_MAX),
    warnings: problems.filter(({ severity }) => severity === 'warning').slice(0, PROBLEMS_MAX),
  };
}

/**
 * Judges one event: our schema first; then, where the shape is right, the rules beyond it. `context` is the document's
 * `@context` value (the event's own is read too), `clock` the receiver's time (left out: the future is not judged), `base`
 * the pointer under which problems are told.
 */
export function validateEvent(
  event: JsonObject,
  context: JsonValue | undefined,
  clock?: ValidationClock,
  base = '',
): Verdict {
  const { type } = event;
  const shape = typeof type === 'string' ? eventShapes.get(type) : undefined;
  if (shape === undefined) {
    const found = typeof type === 'string' ? type : '';
    const [code, message] =
      type === undefined
        ? ['EPCIS_FIELD_MISSING', 'The field "type" is missing.']
        : ['EPCIS_EVENT_TYPE_UNKNOWN', `"${found}" is no event type of EPCIS 2.0.`];
    return verdictOf([
      error(code, `${base}/type`, message, `Write one of ${eventTypes.join(', ')}.`, { field: 'type', found }),
    ]);
  }
  const contextFault = contextProblem(event['@context'], base);
  if (contextFault !== undefined) return verdictOf([contextFault]);
  const shapeFaults = shapeProblems(shape, event, base);
  const extensionFaults = judgeExtensions(event, base, declaredPrefixes(context, event['@context']));
  if (shapeFaults.length > 0) return verdictOf([...shapeFaults, ...extensionFaults]);
  const judged = event as unknown as EpcisEvent;
  return verdictOf([
    ...extensionFaults,
    ...judgeWhat(judged, base),
    ...judgePersistentDisposition(judged, base),
    ...judgeFuture(judged, base, clock),
    ...judgeSensors(judged, base),
    ...judgeIdentifierBounds(judged, base),
    ...judgeIdentifiers(judged, base),
    ...judgeEventId(judged, base),
  ]);
}

/** Judges the envelope and the master data of a document, without its events. */
export function validateEnvelope(document: ParsedDocument): Verdict {
  const contextFault = contextProblem(document.context.value, '');
  if (contextFault !== undefined) return verdictOf([contextFault]);
  const shape = documentShapes.get(document.kind);
  const problems = shape === undefined ? [] : shapeProblems(shape, document.value, '');
  const version = document.value['schemaVersion'];
  if (typeof version === 'string' && /^\d/.test(version) && !/^2(\.|$)/.test(version)) {
    problems.push(
      error(
        'EPCIS_SCHEMA_VERSION_UNSUPPORTED',
        '/schemaVersion',
        `Version ${version} has no JSON binding that we know.`,
        'Send EPCIS 2.0, with "schemaVersion": "2.0".',
        {
          found: version,
        },
      ),
    );
  }
  for (const { element, pointer } of document.masterData) {
    const found = judgeIdentifier(element.id);
    if (found === undefined) continue;
    const { code, severity, message, facts } = found;
    problems.push({
      code: `EPCIS_${code}`,
      severity,
      pointer: `${pointer}/id`,
      message,
      facts,
      howToFix: 'Compare the number with its source.',
    });
  }
  return verdictOf(problems);
}

/** What is wrong with a document: its envelope, and each event by its index in `document.events`. */
export interface DocumentVerdict extends Verdict {
  /** Problems of the envelope and the master data alone. */
  envelope: Verdict;
  /** One verdict per event, in order. */
  events: Verdict[];
}

/** Judges a parsed document; `errors` and `warnings` hold everything, pointers are into the document. */
export function validateDocument(document: ParsedDocument, clock?: ValidationClock): DocumentVerdict {
  const envelope = validateEnvelope(document);
  const events = document.events.map(({ value, pointer }) =>
    validateEvent(value, document.context.value, clock, pointer),
  );
  const all = [envelope, ...events];
  return {
    envelope,
    events,
    errors: all.flatMap(({ errors }) => errors),
    warnings: all.flatMap(({ warnings }) => warnings),
  };
}
