import { canonicalId, judgeIdentifier, parseDigitalLinkUri } from '@waymark/epcis/gs1';
import { ProblemError } from '../../platform/errors/problem.js';

/** What a label says. */
export interface LabelSubject {
  /** Canonical id, `https://id.gs1.org/...`. */
  readonly id: string;
  /** The Digital Link in the code: the same path on our own address. */
  readonly link: string;
  /** The element string that people read under a code, one line an application identifier: `(01) 09521...`, `(10) L1`. */
  readonly lines: readonly string[];
  readonly grain: 'unit' | 'lot' | 'product' | 'logistic-unit' | 'place' | 'party' | 'other';
}

/** The label of an item, lot, product, logistic unit or place. Throws a problem for what has no GS1 key. */
export function labelSubject(given: string, scanBaseUrl: string): LabelSubject {
  const id = canonicalId(given.trim());
  const wrong = judgeIdentifier(id);
  if (wrong?.severity === 'error')
    throw new ProblemError('query-parameter', {
      code: wrong.code,
      detail: wrong.message,
      howToFix: 'Compare the number with its source; its last digit checks the others.',
      facts: { parameter: 'id' },
    });
  const link = parseDigitalLinkUri(id);
  if (link === undefined || !id.startsWith('https://id.gs1.org/'))
    throw new ProblemError('query-parameter', {
      code: 'LABEL_NO_GS1_KEY',
      detail:
        'Only what has a GS1 key (GTIN, SSCC, GLN ...) can be put into a Digital Link, and this identifier has none.',
      howToFix: 'Give an item, a lot or a place with a GS1 key, as a Digital Link or as an EPC URN.',
      facts: { parameter: 'id' },
    });
  const lines = [
    `(${link.key}) ${link.value}`,
    ...Object.entries(link.qualifiers).map(([ai, value]) => `(${ai}) ${value}`),
  ];
  return { id, link: `${scanBaseUrl}${id.slice('https://id.gs1.org'.length)}`, lines, grain: grainOf(link) };
}

function grainOf(link: NonNullable<ReturnType<typeof parseDigitalLinkUri>>): LabelSubject['grain'] {
  if (link.serial !== undefined) return 'unit';
  if (link.lot !== undefined) return 'lot';
  if (link.key === '01') return 'product';
  if (link.sscc !== undefined) return 'logistic-unit';
  if (link.gln !== undefined) return 'place';
  return link.partyGln === undefined ? 'other' : 'party';
}
