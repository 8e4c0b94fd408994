/** What the page knows now, and how it spells numbers and times. */
import type { Defect, RecordFinding } from '@waymark/light-client';
import type { CheckedBasis } from '../check-file.js';
import { languageOf, type Language } from '../code-texts.js';
import type { CheckCounts } from '../verdict.js';

export interface Outcome {
  readonly fileName: string;
  readonly trust: { readonly fingerprint: string; readonly own: boolean };
  readonly nowMs: number;
  readonly asOf: boolean;
  readonly bases: CheckedBasis[];
  readonly defects: { readonly defect: Defect<string>; readonly line: number | undefined }[];
  readonly findings: RecordFinding[];
  counts: CheckCounts;
  stopped: boolean;
}

export const state: {
  language: Language;
  evidence: File | undefined;
  trustFile: File | undefined;
  fingerprint: string;
  asOf: string;
  running: { share: number; records: number } | undefined;
  stopping: boolean;
  problem: string | undefined;
  outcome: Outcome | undefined;
} = {
  language: languageOf(navigator.language),
  evidence: undefined,
  trustFile: undefined,
  fingerprint: '',
  asOf: '',
  running: undefined,
  stopping: false,
  problem: undefined,
  outcome: undefined,
};

export const number = (value: number) => new Intl.NumberFormat(state.language).format(value);
export const time = (ms: number) =>
  new Intl.DateTimeFormat(state.language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(ms));
