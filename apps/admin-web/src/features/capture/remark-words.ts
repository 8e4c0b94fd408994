import type { Language } from '../../shared/index.js';
import chinese from './remark-words.zh-CN.json' with { type: 'json' };

interface Told {
  readonly code: string;
  readonly detail: string;
  readonly howToFix: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** Facts that place and count what the page shows anyway. */
const SHOWN_ANYWAY = new Set(['line', 'column', 'reason', 'field', 'depthMax']);
const words: Readonly<Record<string, readonly string[]>> = chinese;

/**
 * What a remark says in the reader's language: the API speaks English; the sentences of its codes are known here in Chinese, with the facts behind
 * them. A code without a sentence keeps the API's.
 */
export function remarkWords(remark: Told, language: Language): { detail: string; howToFix: string } {
  const [detail, howToFix] = (language === 'zh-CN' && Object.hasOwn(words, remark.code) && words[remark.code]) || [];
  if (detail === undefined || howToFix === undefined) return { detail: remark.detail, howToFix: remark.howToFix };
  const facts = Object.entries(remark.facts ?? {})
    .filter(([name, value]) => !SHOWN_ANYWAY.has(name) && value !== '')
    .map(([name, value]) => `${name} ${value}`);
  return { detail: facts.length === 0 ? detail : `${detail}（${facts.join('，')}）`, howToFix };
}
