/** How far the check on the phone has come, and what the page says about it. */
import type { VerifiedAnchor } from '@waymark/light-client';
import type { Language } from './language.js';
import { timeText } from './dates.js';
import { wordsOf, type RefusalReason, type UnavailableReason } from './words.js';

export type CheckState =
  /** Nothing was tried: no script, or not yet started. */
  | { readonly state: 'unchecked' }
  | { readonly state: 'checking' }
  /** Everything holds. `current`: the anchor is at most `CURRENT_MS` old. */
  | {
      readonly state: 'checked';
      readonly anchor: VerifiedAnchor;
      readonly current: boolean;
      readonly records: number;
      readonly chainId: string;
    }
  /** Something is wrong; never shown as anything but red. */
  | {
      readonly state: 'refused';
      readonly reason: RefusalReason;
      readonly where: string;
      readonly facts: Readonly<Record<string, string | number>>;
      readonly steps: readonly string[];
    }
  /** The proof did not arrive. Says nothing about the product. */
  | { readonly state: 'unavailable'; readonly reason: UnavailableReason };

/** What can be withdrawn is only shown as current when the ledger's word is at most this old (consensus.md 2.13). */
export const CURRENT_MS = 10 * 60_000;

export type Tone = 'green' | 'amber' | 'red' | 'grey';
export type IconName = 'check' | 'clock' | 'warning' | 'offline' | 'waiting';

/** What programs read from the page (`data-verdict`). `dated`: all holds, but the ledger's word is not current. */
export type VerdictName = 'unchecked' | 'checking' | 'verified' | 'dated' | 'refused' | 'unavailable';

export interface VerdictView {
  readonly name: VerdictName;
  readonly tone: Tone;
  readonly icon: IconName;
  /** One word beside the icon. */
  readonly word: string;
  readonly sentence: string;
  /** What to do; absent when there is nothing to do. */
  readonly advice: string | undefined;
  readonly mayTryAgain: boolean;
}

/** The one verdict of the page: colour, icon, word and sentence. Green for nothing but `checked` and current. */
export function verdictOf(check: CheckState, language: Language): VerdictView {
  const words = wordsOf(language);
  const plain = { advice: undefined, mayTryAgain: false };
  switch (check.state) {
    case 'unchecked':
      return {
        ...plain,
        name: 'unchecked',
        tone: 'grey',
        icon: 'waiting',
        word: words.verdictWord.unchecked,
        sentence: words.unchecked,
      };
    case 'checking':
      return {
        ...plain,
        name: 'checking',
        tone: 'grey',
        icon: 'waiting',
        word: words.verdictWord.checking,
        sentence: words.checking,
      };
    case 'checked': {
      const { signedBy, of, timeMs } = check.anchor;
      return check.current
        ? {
            ...plain,
            name: 'verified',
            tone: 'green',
            icon: 'check',
            word: words.verdictWord.checked,
            sentence: words.checked(signedBy.length, of),
          }
        : {
            ...plain,
            name: 'dated',
            tone: 'amber',
            icon: 'clock',
            word: words.verdictWord.asOf,
            sentence: words.checkedAsOf(signedBy.length, of, timeText(timeMs, undefined, language)),
          };
    }
    case 'refused':
      return {
        name: 'refused',
        tone: 'red',
        icon: 'warning',
        word: words.verdictWord.refused,
        sentence: words.refused(check.reason),
        advice: words.refusedAdvice,
        mayTryAgain: true,
      };
    case 'unavailable':
      return {
        ...plain,
        name: 'unavailable',
        tone: 'grey',
        icon: 'offline',
        word: words.verdictWord.unavailable,
        sentence: words.unavailable[check.reason],
        mayTryAgain: true,
      };
  }
}

export type MarkState = 'unchecked' | 'checking' | 'checked' | 'dated' | 'refused' | 'unavailable';

/** The mark of one step: green only when the whole check holds and is current; red where this step is among those found wrong. */
export function markOf(check: CheckState, stepKey: string): MarkState {
  switch (check.state) {
    case 'checked':
      return check.current ? 'checked' : 'dated';
    case 'refused':
      return check.steps.includes(stepKey) ? 'refused' : 'unavailable';
    case 'unchecked':
    case 'checking':
    case 'unavailable':
      return check.state;
  }
}
