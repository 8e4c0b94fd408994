import i18next from 'i18next';
import { useLanguage } from './translations.js';
import { foreignWord, standardWord } from './vocabulary-word.js';
import { useSharedWords } from './words.js';

/** What a thing, place or organisation is called in both languages, as the API gives it. */
export interface LocalNames {
  readonly en: string;
  readonly 'zh-CN': string;
}

/** Words of the trade for what EPCIS writes as codes. Unknown ones are shown as they are written. */
export function useVocabulary() {
  // Renders anew when the language changes.
  useSharedWords();
  const language = useLanguage();
  const word = (group: string, value: string) => {
    const isCbv = group === 'step' || group === 'disposition';
    const known = isCbv ? standardWord(value) : value;
    const key = `${group}.${known ?? ''}`;
    return known !== undefined && i18next.exists(key, { ns: 'shared' })
      ? i18next.t(key, { ns: 'shared' })
      : foreignWord(value);
  };
  return {
    language,
    step: (value: string) => word('step', value),
    disposition: (value: string) => word('disposition', value),
    /** What an event of EPCIS does by its type and action, for events that name no step. */
    eventKind: (type: string, action?: string) => word('eventKind', action === undefined ? type : `${type}_${action}`),
    kindOfStep: (value: string) => word('kindOfStep', value),
    itemKind: (value: string) => word('itemKind', value),
    visibility: (value: string) => word('visibility', value),
    /** The name in the reader's language, else what is given instead. */
    nameOf: (names: Readonly<Record<string, LocalNames>> | undefined, id: string | undefined, otherwise = '') =>
      (id === undefined ? undefined : names?.[id]?.[language]) ?? otherwise,
    /** `125.5 kg`: units of UN/CEFACT Recommendation 20 that the trade uses, others as written. */
    quantity: (value: string, unit?: string) => {
      const number = new Intl.NumberFormat(language, { maximumFractionDigits: 6 }).format(Number(value));
      const known: Readonly<Record<string, string>> = {
        KGM: 'kg',
        GRM: 'g',
        TNE: 't',
        LTR: 'l',
        MTR: 'm',
        MTQ: 'm³',
        C62: '×',
        EA: '×',
      };
      return unit === undefined ? number : `${number} ${known[unit] ?? unit}`;
    },
  };
}

/** Steps and dispositions for which there is a word, for filters. */
export const knownWords = (group: 'step' | 'disposition'): readonly string[] =>
  Object.keys(i18next.getResourceBundle(i18next.language, 'shared') as object).flatMap((key) =>
    key.startsWith(`${group}.`) ? [key.slice(group.length + 1)] : [],
  );
