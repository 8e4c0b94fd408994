import { useEffect, useState } from 'react';
import type { Language } from '../feature.js';
import { useLanguage } from '../translations.js';
import { type ProblemFacts, type ProblemTable, tellProblem } from './problem-words.js';

const loaded = new Map<Language, ProblemTable>();

/** The table of one language: a file of its own, fetched with the first error that somebody meets. */
async function load(language: Language): Promise<ProblemTable> {
  const table: ProblemTable =
    language === 'en' ? (await import('./problems.en.json')).default : (await import('./problems.zh-CN.json')).default;
  loaded.set(language, table);
  return table;
}

export interface ProblemTeller {
  /** False only while the words are on their way. */
  readonly ready: boolean;
  /** In the reader's language; undefined for a code without words of ours. */
  readonly tell: (code: string, facts?: ProblemFacts) => { what: string; fix: string } | undefined;
}

/** The words of problems. `wanted`: whether there is a problem to be told now. */
export function useProblemWords(wanted = true): ProblemTeller {
  const language = useLanguage();
  const [missed, setMissed] = useState<Language>();
  const [, setArrived] = useState<Language>();
  const table = loaded.get(language);
  const loading = wanted && table === undefined && missed !== language;
  useEffect(() => {
    if (!loading) return undefined;
    let left = false;
    load(language).then(
      () => !left && setArrived(language),
      // Without a network the words cannot be fetched either: the API's own sentence is shown.
      () => !left && setMissed(language),
    );
    return () => {
      left = true;
    };
  }, [language, loading]);
  return {
    ready: !loading,
    tell: (code, facts = {}) => (table === undefined ? undefined : tellProblem(table, code, facts, language)),
  };
}
