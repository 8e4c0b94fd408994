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
const VOCABULARIES: Readonly<Record<WordKind, { words: ReadonlySet<string>; stem: string | undefined }>> = {
  bizStep: { words: BIZ_STEPS, stem: `${CBV}BizStep-` },
  disposition: { words: DISPOSITIONS, stem: `${CBV}Disp-` },
  bizTransaction: { words: BIZ_TRANSACTION_TYPES, stem: `${CBV}BTT-` },
  sourceDestination: { words: SOURCE_DESTINATION_TYPES, stem: `${CBV}SDT-` },
  component: { words: COMPONENTS, stem: `${CBV}Comp-` },
  // Words of the GS1 Web Vocabulary: their namespace is the one the document's `gs1` prefix names.
  measurement: { words: MEASUREMENT_TYPES, stem: undefined },
  sensorAlert: { words: SENSOR_ALERT_TYPES, stem: undefined },
};

/** The full URI of a bare word (event hash rule 16); anything else is returned unchanged. */
export function expandWord(kind: WordKind, word: string, prefixes: Prefixes): string {
  const { words, stem } = VOCABULARIES[kind];
  return words.has(word) ? (stem ?? prefixes.get('gs1') ?? '') + word : word;
}
