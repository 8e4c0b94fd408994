import {
  BIZ_STEPS,
  BIZ_TRANSACTION_TYPES,
  COMPONENTS,
  DISPOSITIONS,
  MEASUREMENT_TYPES,
  SENSOR_ALERT_TYPES,
  SOURCE_DESTINATION_TYPES,
} from '../model/vocabulary.js';
import type { Prefixes } from './context.js';

/** The vocabularies whose bare words CBV 2.0 allows in JSON. */
export type WordKind =
  'bizStep' | 'disposition' | 'bizTransaction' | 'sourceDestination' | 'measurement' | 'sensorAlert' | 'component';

const CBV = 'https://ref.gs1.org/cbv/';
const under = (stem: string, words: ReadonlySet<string>) => ({
  uris: new Map([...words].map((word) => [word, stem + word])),
});
const VOCABULARIES: Readonly<Record<WordKind, { uris: ReadonlyMap<string, string> } | { words: ReadonlySet<string> }>> =
  {
    bizStep: under(`${CBV}BizStep-`, BIZ_STEPS),
    disposition: under(`${CBV}Disp-`, DISPOSITIONS),
    bizTransaction: under(`${CBV}BTT-`, BIZ_TRANSACTION_TYPES),
    sourceDestination: under(`${CBV}SDT-`, SOURCE_DESTINATION_TYPES),
    component: under(`${CBV}Comp-`, COMPONENTS),
    // Words of the GS1 Web Vocabulary: their namespace is the one the document's `gs1` prefix names.
    measurement: { words: MEASUREMENT_TYPES },
    sensorAlert: { words: SENSOR_ALERT_TYPES },
  };

/** The full URI of a bare word (event hash rule 16); anything else is returned unchanged. */
export function expandWord(kind: WordKind, word: string, prefixes: Prefixes): string {
  const vocabulary = VOCABULARIES[kind];
  if ('uris' in vocabulary) return vocabulary.uris.get(word) ?? word;
  return vocabulary.words.has(word) ? (prefixes.get('gs1') ?? '') + word : word;
}
