/**
 * What is wrong with a document or an event: a stable code, the place (RFC 6901 pointer into the document, or into the
 * event where a single event was judged), the facts and what to do about it. `error` refuses; `warning` is told and kept.
 */
export interface Problem {
  code: string;
  severity: 'error' | 'warning';
  pointer: string;
  /** One plain sentence, facts filled in. */
  message: string;
  facts: Record<string, string>;
  /** One plain sentence: what the sender does to be accepted. */
  howToFix: string;
}

/** Every judgement of this library: `errors` empty means accepted. */
export interface Verdict {
  errors: Problem[];
  warnings: Problem[];
}
