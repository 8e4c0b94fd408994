import type { ErrorObject } from 'ajv';
import { pointerSegment } from '../parse/scan.js';
import type { Problem } from '../model/problem.js';
import { VOCABULARY_FORMATS } from './formats.js';

/** A problem that refuses. */
export function error(
  code: string,
  pointer: string,
  message: string,
  howToFix: string,
  facts: Record<string, string> = {},
): Problem {
  return { code, severity: 'error', pointer, message, facts, howToFix };
}

/** A problem that is told and kept. */
export function warning(
  code: string,
  pointer: string,
  message: string,
  howToFix: string,
  facts: Record<string, string> = {},
): Problem {
  return { code, severity: 'warning', pointer, message, facts, howToFix };
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

/** What a format asks for, in a sentence. */
const FORMAT_TEXT: Readonly<Record<string, { code: string; what: string; howToFix: string }>> = {
  uri: {
    code: 'EPCIS_URI_INVALID',
    what: 'no absolute URI',
    howToFix: 'Write an absolute URI, for example "urn:epc:id:sgtin:..." or "https://id.gs1.org/01/...".',
  },
  'epcis-time': {
    code: 'EPCIS_TIME_INVALID',
    what: 'no date and time with a zone',
    howToFix: 'Write ISO 8601 with a zone, for example "2026-03-01T08:30:00.000+08:00".',
  },
  'epcis-offset': {
    code: 'EPCIS_TIME_ZONE_OFFSET_INVALID',
    what: 'no time zone offset',
    howToFix: 'Write the offset as "+hh:mm" or "-hh:mm", at most 14:00.',
  },
  'epcis-uom': {
    code: 'EPCIS_UNIT_INVALID',
    what: 'no unit code',
    howToFix: 'Write a UN/CEFACT code of two or three capitals or digits, for example "KGM".',
  },
  'epcis-hex': {
    code: 'EPCIS_VALUE_INVALID',
    what: 'no hexadecimal text',
    howToFix: 'Write digits and the letters A to F only.',
  },
  'epcis-version': {
    code: 'EPCIS_VALUE_INVALID',
    what: 'no version number',
    howToFix: 'Write a version such as "2.0".',
  },
};

const TYPE_TEXT: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
};

/** Says a schema violation in our words: a stable code, the pointer, the facts, what to do. */
export function schemaProblem(violation: ErrorObject, base: string, value: unknown): Problem {
  const pointer = base + violation.instancePath;
  const params = violation.params as Record<string, unknown>;
  switch (violation.keyword) {
    case 'required': {
      const field = String(params['missingProperty']);
      return error(
        'EPCIS_FIELD_MISSING',
        `${pointer}/${pointerSegment(field)}`,
        `The field "${field}" is missing.`,
        `Add "${field}".`,
        { field },
      );
    }
    case 'additionalProperties': {
      const field = String(params['additionalProperty']);
      return error(
        'EPCIS_FIELD_UNKNOWN',
        `${pointer}/${pointerSegment(field)}`,
        `EPCIS 2.0 has no field "${field}" here.`,
        'Correct the name, or make it an extension: "prefix:name" with the prefix declared in "@context".',
        { field },
      );
    }
    case 'type': {
      const expected = [params['type']].flat().map((type) => TYPE_TEXT[String(type)] ?? String(type));
      return error(
        'EPCIS_FIELD_TYPE',
        pointer,
        `"${shown(value)}" is not ${expected.join(' or ')}.`,
        `Write ${expected.join(' or ')}.`,
        {
          expected: [params['type']].flat().join(','),
          found: shown(value),
        },
      );
    }
    case 'format': {
      const name = String(params['format']);
      const words = VOCABULARY_FORMATS[name];
      if (words !== undefined) {
        return error(
          'EPCIS_VOCABULARY_WORD_UNKNOWN',
          pointer,
          `"${shown(value)}" is neither a word of the core business vocabulary nor a URI of another one.`,
          `Write one of the standard's words without a prefix (${[...words].slice(0, 3).join(', ')}, ...) or an absolute URI of your own vocabulary.`,
          { found: shown(value), vocabulary: name.replace('epcis-', '') },
        );
      }
      const known = FORMAT_TEXT[name];
      return error(
        known?.code ?? 'EPCIS_VALUE_INVALID',
        pointer,
        `"${shown(value)}" is ${known?.what ?? 'not allowed here'}.`,
        known?.howToFix ?? 'Correct the value.',
        {
          found: shown(value),
        },
      );
    }
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String);
      return error(
        'EPCIS_VALUE_NOT_ALLOWED',
        pointer,
        `"${shown(value)}" is not allowed here.`,
        `Write ${allowed.join(', ')}.`,
        { found: shown(value), allowed: allowed.join(',') },
      );
    }
    case 'minItems':
      return error(
        'EPCIS_LIST_EMPTY',
        pointer,
        'The list is empty.',
        'Put at least one element into the list, or leave the field out.',
      );
    case 'minProperties':
      return error('EPCIS_FIELD_MISSING', pointer, 'The object is empty.', 'Give at least one of its fields.', {
        field: 'set,unset',
      });
    case 'uniqueItems':
      return error('EPCIS_LIST_DUPLICATE', pointer, 'The list holds the same element twice.', 'Keep it once.', {
        first: String(params['j']),
        second: String(params['i']),
      });
    case 'propertyNames': {
      const field = String(params['propertyName']);
      return error(
        'EPCIS_FIELD_UNKNOWN',
        `${pointer}/${pointerSegment(field)}`,
        `"${field}" is no extension name.`,
        'Name it "prefix:name", with the prefix declared in "@context".',
        { field },
      );
    }
    default:
      return error(
        'EPCIS_VALUE_INVALID',
        pointer,
        `The value does not fit: ${violation.message ?? violation.keyword}.`,
        'Correct the value.',
        { keyword: violation.keyword },
      );
  }
}
