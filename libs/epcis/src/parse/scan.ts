import type { ParseError } from 'jsonc-parser';
import { jsonc } from './jsonc.js';
import type { Problem } from '../model/problem.js';
import type { ParseLimits } from './parsed.js';

/** Where a value stands in the text: UTF-16 offsets, end excluded. */
export interface Span {
  /** Array positions on the way, outermost first. */
  indices: number[];
  pointer: string;
  start: number;
  end: number;
}

/** A tree of the places whose exact source is wanted: member names, `*` for every element of an array, `take` names the place. */
export interface Interest {
  take?: string;
  members?: Readonly<Record<string, Interest>>;
}

interface Frame {
  isObject: boolean;
  awaitsKey: boolean;
  key: string;
  index: number;
  keys: Set<string> | undefined;
  interest: Interest | undefined;
  start: number;
}

export interface Scan {
  spans: Map<string, Span[]>;
  problem: Problem | undefined;
}

const UNPAIRED = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const enum Token {
  OpenBrace = 1,
  CloseBrace = 2,
  OpenBracket = 3,
  CloseBracket = 4,
  Comma = 5,
  Colon = 6,
  Null = 7,
  True = 8,
  False = 9,
  String = 10,
  Number = 11,
  EndOfFile = 17,
}

/** `~` and `/` are escaped in a pointer (RFC 6901, section 3). */
export function pointerSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/**
 * One pass over the tokens: finds the wanted places and refuses what `JSON.parse` lets through but signed bytes must not
 * contain: the same name twice in one object, unpaired surrogates, the null character, numbers beyond the range of a double, absurd nesting.
 * Syntax itself is judged by `JSON.parse`. Never recursive, so that no nesting exhausts the stack.
 */
export function scanJson(text: string, interest: Interest, limits: ParseLimits): Scan {
  const scanner = jsonc.createScanner(text, true);
  const spans = new Map<string, Span[]>();
  const stack: Frame[] = [];
  const hasNull = text.includes('\\u0000');
  const mayBeUnpaired = /\\u[dD][89a-fA-F]/.test(text) || UNPAIRED.test(text);

  const pointerHere = (upTo: number) =>
    stack
      .slice(0, upTo)
      .map((frame) => `/${frame.isObject ? pointerSegment(frame.key) : frame.index}`)
      .join('');
  const fail = (code: string, message: string, howToFix: string, facts: Record<string, string> = {}): Scan => {
    const pointer = pointerHere(stack.length);
    const offset = scanner.getTokenOffset();
    const line = text.slice(0, offset).split('\n').length;
    const column = offset - text.lastIndexOf('\n', offset - 1);
    const place = { line: String(line), column: String(column) };
    return { spans, problem: { code, severity: 'error', pointer, message, facts: { ...facts, ...place }, howToFix } };
  };
  const interestOfNext = (): Interest | undefined => {
    const top = stack.at(-1);
    if (top === undefined) return interest;
    return top.interest?.members?.[top.isObject ? top.key : '*'];
  };
  const record = (wanted: Interest | undefined, start: number, end: number) => {
    if (wanted?.take === undefined) return;
    const found = spans.get(wanted.take) ?? [];
    found.push({
      indices: stack.filter((frame) => !frame.isObject).map((frame) => frame.index),
      pointer: pointerHere(stack.length),
      start,
      end,
    });
    spans.set(wanted.take, found);
  };

  for (;;) {
    const token = scanner.scan() as number;
    const offset = scanner.getTokenOffset();
    const end = offset + scanner.getTokenLength();
    const top = stack.at(-1);
    switch (token as Token) {
      case Token.EndOfFile:
        return { spans, problem: undefined };
      case Token.OpenBrace:
      case Token.OpenBracket: {
        if (stack.length >= limits.depthMax) {
          return fail(
            'EPCIS_JSON_TOO_DEEP',
            `The document is nested deeper than ${limits.depthMax} levels.`,
            'Flatten the extension that nests so deeply.',
            {
              depthMax: String(limits.depthMax),
            },
          );
        }
        const isObject = (token as Token) === Token.OpenBrace;
        const wanted = interestOfNext();
        stack.push({
          isObject,
          awaitsKey: isObject,
          key: '',
          index: 0,
          keys: isObject ? new Set() : undefined,
          interest: wanted,
          start: offset,
        });
        break;
      }
      case Token.CloseBrace:
      case Token.CloseBracket:
        stack.pop();
        if (top !== undefined) record(top.interest, top.start, end);
        break;
      case Token.Comma:
        if (top?.isObject === true) top.awaitsKey = true;
        else if (top !== undefined) top.index += 1;
        break;
      case Token.Colon:
        break;
      case Token.String: {
        const value = scanner.getTokenValue();
        if (mayBeUnpaired && UNPAIRED.test(value)) {
          return fail(
            'EPCIS_JSON_UNPAIRED_SURROGATE',
            'A text contains half of a character (an unpaired surrogate).',
            'Write the whole character.',
          );
        }
        if (hasNull && value.includes('\0')) {
          return fail(
            'EPCIS_JSON_NULL_CHARACTER',
            'A text contains the character U+0000, which no database can keep.',
            'Leave the character out.',
          );
        }
        if (top?.awaitsKey === true) {
          top.key = value;
          top.awaitsKey = false;
          if (top.keys?.has(value) === true) {
            return fail(
              'EPCIS_JSON_DUPLICATE_KEY',
              `The name "${value}" stands twice in one object.`,
              'Keep one of them: readers disagree about which one counts.',
              {
                name: value,
              },
            );
          }
          top.keys?.add(value);
          break;
        }
        record(interestOfNext(), offset, end);
        break;
      }
      case Token.Number:
        if (!Number.isFinite(Number(text.slice(offset, end)))) {
          return fail(
            'EPCIS_JSON_NUMBER_RANGE',
            'A number is larger than any reader can hold.',
            'Write a number below 1.8e308.',
          );
        }
        record(interestOfNext(), offset, end);
        break;
      case Token.Null:
      case Token.True:
      case Token.False:
        record(interestOfNext(), offset, end);
        break;
      default:
        // Anything else is no JSON; JSON.parse says so.
        break;
    }
  }
}

/** Line, column (from 1) and reason of the first syntax error, for people. */
export function locateSyntaxError(text: string): { line: number; column: number; reason: string } {
  const errors: ParseError[] = [];
  jsonc.parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const first = errors[0];
  const before = text.slice(0, first?.offset ?? text.length);
  const reason = first === undefined ? 'InvalidSymbol' : jsonc.printParseErrorCode(first.error);
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n'), reason };
}
