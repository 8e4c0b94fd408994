import { useProblemWords } from '../../shared/index.js';

interface Told {
  readonly code: string;
  readonly detail: string;
  readonly howToFix: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** What a remark of the check or of the ledger says in the reader's language. A code without words of ours keeps the API's sentence. */
export function useRemarkWords(): (remark: Told) => { detail: string; howToFix: string } {
  const words = useProblemWords();
  return ({ code, detail, howToFix, facts }) => {
    const known = words.tell(code, facts);
    return known === undefined ? { detail, howToFix } : { detail: known.what, howToFix: known.fix };
  };
}
