import en from '../messages.en.json' with { type: 'json' };
import type { SettingsWords } from '../words.js';

type Key = Parameters<SettingsWords>[0];

/** Words that stand for the values of a fact. */
const VALUES: Readonly<Record<string, string>> = {
  roles: 'role',
  rolesBefore: 'role',
  scopes: 'scope',
  because: 'because',
  by: 'by',
  kind: 'kind',
  visibility: 'seenBy',
};

/** A fact of an entry as a sentence in the reader's language; one without words is shown as the log keeps it. */
export function factWords(t: SettingsWords, name: string, value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const group = Object.hasOwn(VALUES, name) ? VALUES[name] : undefined;
  const word = (one: unknown): string => {
    if (typeof one === 'boolean') return t(one ? 'fact.yes' : 'fact.no');
    const key = `${group ?? ''}.${String(one)}`;
    return group !== undefined && Object.hasOwn(en, key) ? t(key as Key) : String(one);
  };
  const told = Array.isArray(value) ? value.map(word).join(t('fact.and')) : word(value);
  const key = `fact.${name}`;
  return Object.hasOwn(en, key) ? t(key as Key, { value: told }) : `${name}: ${told}`;
}
