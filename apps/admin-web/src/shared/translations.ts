import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Language } from './feature.js';

/** `items_one` and `items_other` are asked for as `items`. */
type Stem<Key> = Key extends `${infer Head}_${'zero' | 'one' | 'other'}` ? Head : Key;
export type MessageValues = Readonly<Record<string, string | number>>;
export type Translate<Messages> = (key: Stem<keyof Messages & string>, values?: MessageValues) => string;

/**
 * The messages of one feature, typed by its English file: `const useWords = translations<typeof en>('items')`, then
 * `const { t } = useWords()` and `t('list.title', { count: 3 })`. A sentence is one message, never glued.
 */
export function translations<Messages>(namespace: string): () => { t: Translate<Messages>; language: Language } {
  return () => {
    const { t, i18n } = useTranslation(namespace);
    return {
      t: (key, values) => t(key, { ns: namespace, ...values }),
      language: i18n.language === 'zh-CN' ? 'zh-CN' : 'en',
    };
  };
}

/** The same outside a component; the text does not follow a later change of language. */
export function translateNow<Messages>(namespace: string): Translate<Messages> {
  return (key, values) => i18next.t(key, { ns: namespace, ...values });
}

/** The language the console speaks now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
}
