import { aiFormat } from './application-identifiers.js';
import { checkCharacterPair, checkDigit } from './check-digit.js';
import { parseDigitalLinkUri } from './digital-link.js';
import type { DigitalLink } from './digital-link.js';
import { readEpcUrn } from './epc-urn.js';

export interface IdentifierProblem {
  code: 'GS1_CHECK_DIGIT_WRONG' | 'GS1_EPC_URN_MALFORMED' | 'GS1_DIGITAL_LINK_MALFORMED';
  severity: 'error' | 'warning';
  message: string;
  facts: Record<string, string>;
}

/**
 * What is wrong with an identifier, if anything. A Digital Link with a wrong check digit is an error: somebody mistyped a
 * number. A malformed EPC URN, or an id.gs1.org URI that is no Digital Link, is a warning: it is still a name that can be
 * traced, but it gets no Digital Link of its own.
 */
export function judgeIdentifier(uri: string): IdentifierProblem | undefined {
  if (uri.startsWith('urn:epc:')) {
    const epc = readEpcUrn(uri);
    if (epc.kind !== 'malformed') return undefined;
    return {
      code: 'GS1_EPC_URN_MALFORMED',
      severity: 'warning',
      message: `"${uri}" is no well-formed EPC URN: ${epc.reason}.`,
      facts: { uri, scheme: epc.scheme, reason: epc.reason },
    };
  }
  if (!uri.startsWith('http')) return undefined;
  const link = parseDigitalLinkUri(uri);
  if (link === undefined) {
    if (!/^https?:\/\/id\.gs1\.org\//.test(uri)) return undefined;
    return {
      code: 'GS1_DIGITAL_LINK_MALFORMED',
      severity: 'warning',
      message: `"${uri}" is no well-formed GS1 Digital Link.`,
      facts: { uri },
    };
  }
  if (link.checkDigitValid) return undefined;
  const expected = expectedCheck(link);
  return {
    code: 'GS1_CHECK_DIGIT_WRONG',
    severity: 'error',
    message: `The check digit of ${aiFormat(link.key)?.title ?? link.key} ${link.value} is wrong: it should be ${expected}.`,
    facts: { uri, key: link.key, value: link.value, expected },
  };
}

function expectedCheck({ key, value }: DigitalLink): string {
  if (key === '8013') return checkCharacterPair(value.slice(0, -2)) ?? '';
  return checkDigit(value.slice(0, (aiFormat(key)?.checkedDigits ?? value.length) - 1)) ?? '';
}
