import type { Language } from '../feature.js';
import { formatWhen } from '../parts/when.js';

/** What a problem carries beside its code: facts of the refusal, the place in what was sent, when to come back. */
export type ProblemFacts = Readonly<Record<string, unknown>>;

/**
 * Sentence and way out of each code, in pairs, the most telling first: a pair is taken when the problem has every fact that it names.
 * `problems.en.json` and `problems.zh-CN.json` hold every code that the API, the ledger and the nodes answer with.
 */
export type ProblemTable = Readonly<Record<string, readonly string[]>>;

const PLACE = /\{\{(\w+)\}\}/g;

/** A fact as people read it: `...Ms` is a moment, numbers and counts of bytes are written the reader's way. */
function factText(name: string, value: unknown, language: Language): string | undefined {
  if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return undefined;
  const number = Number(value);
  if (name.endsWith('Ms') && Number.isFinite(number)) return formatWhen(new Date(number), language);
  if (typeof value === 'number' || /^(size|count)/.test(name))
    return Number.isFinite(number) ? new Intl.NumberFormat(language).format(number) : String(value);
  return value;
}

/** What happened and what to do, in the language of the table; undefined for a code that it does not know. */
export function tellProblem(
  table: ProblemTable,
  code: string,
  facts: ProblemFacts,
  language: Language,
): { what: string; fix: string } | undefined {
  const told = Object.hasOwn(table, code) ? (table[code] ?? []) : [];
  for (let at = 0; at + 1 < told.length; at += 2) {
    let whole = true;
    const fill = (text: string) =>
      text.replace(PLACE, (_, name: string) => {
        const given = factText(name, Object.hasOwn(facts, name) ? facts[name] : undefined, language);
        whole &&= given !== undefined;
        return given ?? '';
      });
    const [what, fix] = [fill(told[at] ?? ''), fill(told[at + 1] ?? '')];
    if (whole) return { what, fix };
  }
  return undefined;
}
