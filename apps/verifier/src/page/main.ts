/** The page of the one-file verifier: two files in, a verdict out. Text of others is only ever set as text. */
import {
  claimedTrustRoot,
  readTrustRoot,
  type Defect,
  type RecordFinding,
  type TrustRoot,
  type VerifiedAnchor,
} from '@waymark/light-client';
import { checkFile, type CheckedBasis } from '../check-file.js';
import { codeText, isCheckCode, languageOf, type Language } from '../code-texts.js';
import { describeRecord, recordName } from '../describe-record.js';
import { countOutcomes, verdictOf, type CheckCounts } from '../verdict.js';
import { PAGE_WORDS } from './page-words.js';

const FILE_BYTES_MAX = 256 * 1024 * 1024;
/** Records shown in the page; the saved result has all. */
const SHOWN_MAX = 200;
/** How long one stretch of work may take before the page paints again. */
const STRETCH_MS = 60;

interface Outcome {
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

const state: {
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

type Child = Node | string | undefined | false;

function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean | ((event: Event) => void)>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (typeof value === 'boolean') made.toggleAttribute(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

const app = document.getElementById('app') as HTMLElement;
const number = (value: number) => new Intl.NumberFormat(state.language).format(value);
const time = (ms: number) =>
  new Intl.DateTimeFormat(state.language, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(ms));

function draw(): void {
  const words = PAGE_WORDS[state.language];
  document.documentElement.lang = state.language;
  document.title = `Waymark: ${words.title}`;
  const focused = document.activeElement?.id;
  app.replaceChildren(
    element(
      'header',
      {},
      element('h1', {}, words.title),
      element(
        'button',
        { id: 'language', type: 'button', lang: state.language === 'en' ? 'zh-CN' : 'en', click: changeLanguage },
        words.otherLanguage,
      ),
    ),
    element('p', { class: 'quiet' }, words.intro),
    element(
      'div',
      { class: 'places' },
      filePlace('evidence', words.evidence, words.evidenceHint, state.evidence, (file) => {
        state.evidence = file;
      }),
      filePlace(
        'trust',
        words.trust,
        words.trustHint,
        state.trustFile,
        (file) => {
          state.trustFile = file;
        },
        element(
          'label',
          {},
          words.fingerprint,
          textField('fingerprint', 'text', state.fingerprint, (value) => {
            state.fingerprint = value;
          }),
        ),
      ),
    ),
    element(
      'label',
      {},
      words.asOf,
      textField('as-of', 'date', state.asOf, (value) => {
        state.asOf = value;
      }),
      element('span', { class: 'quiet' }, words.asOfHint),
    ),
    element(
      'div',
      { class: 'actions' },
      element(
        'button',
        {
          id: 'check',
          type: 'button',
          class: 'primary',
          disabled: state.evidence === undefined || state.running !== undefined,
          click: () => void check(),
        },
        words.check,
      ),
      state.running !== undefined &&
        element(
          'button',
          {
            id: 'stop',
            type: 'button',
            click: () => {
              state.stopping = true;
            },
          },
          words.stop,
        ),
    ),
    (state.running !== undefined &&
      element(
        'div',
        { role: 'status' },
        element('progress', { max: '1', value: String(state.running.share), 'aria-label': words.check }),
        element('p', { class: 'quiet' }, words.working(number(state.running.records))),
      )) ||
      '',
    element(
      'div',
      { id: 'result', 'aria-live': 'polite' },
      state.problem !== undefined && element('p', { class: 'verdict wrong', 'data-verdict': 'problem' }, state.problem),
      state.outcome !== undefined && result(state.outcome),
    ),
    element('h2', {}, words.limits),
    element('ul', { class: 'plain quiet' }, ...words.limitsTexts.map((text) => element('li', {}, text))),
  );
  if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
}

function changeLanguage(): void {
  state.language = state.language === 'en' ? 'zh-CN' : 'en';
  draw();
}

function textField(id: string, type: 'text' | 'date', value: string, take: (value: string) => void): HTMLInputElement {
  const field = element('input', {
    id,
    type,
    autocomplete: 'off',
    spellcheck: 'false',
    input: (event) => take((event.target as HTMLInputElement).value),
  });
  field.value = value;
  return field;
}

function filePlace(
  id: string,
  title: string,
  hint: string,
  file: File | undefined,
  take: (file: File | undefined) => void,
  ...more: readonly Child[]
): HTMLElement {
  const words = PAGE_WORDS[state.language];
  const chosen = (next: File | undefined) => {
    take(next);
    state.outcome = undefined;
    state.problem = undefined;
    draw();
  };
  const place = element(
    'section',
    {
      class: 'place',
      dragover: (event) => {
        event.preventDefault();
        place.classList.add('over');
      },
      dragleave: () => place.classList.remove('over'),
      drop: (event) => {
        event.preventDefault();
        chosen((event as DragEvent).dataTransfer?.files[0]);
      },
    },
    element('h2', { id: `${id}-title` }, title),
    element('p', { class: 'quiet', id: `${id}-hint` }, hint),
    element('input', {
      id,
      type: 'file',
      accept: '.json,.jsonl,application/json',
      'aria-label': words.choose(title),
      'aria-describedby': `${id}-hint`,
      change: (event) => chosen((event.target as HTMLInputElement).files?.[0]),
    }),
    file !== undefined &&
      element('p', { class: 'chosen' }, words.chosen(file.name, number(Math.ceil(file.size / 1000)))),
    ...more,
  );
  return place;
}

/** Lets the page paint and take clicks. */
const breath = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function check(): Promise<void> {
  const file = state.evidence;
  if (file === undefined || state.running !== undefined) return;
  const words = PAGE_WORDS[state.language];
  state.problem = undefined;
  state.outcome = undefined;
  state.stopping = false;
  state.running = { share: 0, records: 0 };
  draw();
  try {
    if (file.size > FILE_BYTES_MAX) {
      state.problem = words.tooLarge;
      return;
    }
    const text = await file.text();
    const trust = await trustFor(text);
    if (typeof trust === 'string') {
      state.problem = trust;
      return;
    }
    const asOf = /^\d{4}-\d\d-\d\d$/.test(state.asOf);
    const nowMs = asOf ? Date.parse(`${state.asOf}T23:59:59Z`) : Date.now();
    const outcome: Outcome = {
      fileName: file.name,
      trust: { fingerprint: trust.fingerprint, own: trust.own },
      nowMs,
      asOf,
      bases: [],
      defects: [],
      findings: [],
      counts: { accepted: 0, refused: 0, wrong: 0 },
      stopped: false,
    };
    let paintedAt = performance.now();
    for (const step of checkFile(text, trust.trust, nowMs)) {
      if (step.step === 'basis') outcome.bases.push(step.basis);
      else if (step.step === 'defect') outcome.defects.push({ defect: step.defect, line: step.line });
      else {
        for (const finding of step.findings) outcome.findings.push(finding);
        outcome.counts = countOutcomes(outcome.counts, step.findings);
        state.running = { share: step.share, records: outcome.findings.length };
      }
      if (performance.now() - paintedAt < STRETCH_MS) continue;
      draw();
      await breath();
      paintedAt = performance.now();
      if (state.stopping) {
        outcome.stopped = true;
        break;
      }
    }
    state.outcome = outcome;
  } finally {
    state.running = undefined;
    draw();
    document.querySelector('[data-verdict]')?.scrollIntoView({ block: 'nearest' });
  }
}

/** The list of supervisors to check against: the reader's own file, or the file's own under the fingerprint that the reader typed. */
async function trustFor(text: string): Promise<{ trust: TrustRoot; fingerprint: string; own: boolean } | string> {
  const words = PAGE_WORDS[state.language];
  if (state.trustFile !== undefined) {
    const read = readTrustRoot(new Uint8Array(await state.trustFile.arrayBuffer()));
    return read === undefined ? words.trustUnreadable : { ...read, own: true };
  }
  const claimed = claimedTrustRoot(text);
  if (claimed === undefined) return words.noTrust;
  const typed = state.fingerprint.toUpperCase().replace(/[^0-9A-Z]/g, '');
  if (typed === '') return { ...claimed, own: false };
  if (!/^[0-9A-F]{16}$/.test(typed)) return words.fingerprintUnreadable;
  return typed === claimed.fingerprint.replaceAll('-', '')
    ? { ...claimed, own: true }
    : words.fingerprintWrong(claimed.fingerprint);
}

function result(outcome: Outcome): HTMLElement {
  const words = PAGE_WORDS[state.language];
  const { counts, defects, findings, bases, trust } = outcome;
  const verdict = outcome.stopped ? undefined : verdictOf(counts, defects.length === 0, trust.own);
  const [title, sentence] = verdict === undefined ? [words.stopped, ''] : words.verdict[verdict];
  const wrong = findings.filter((finding) => finding.outcome === 'wrong');
  const others = findings.filter((finding) => finding.outcome !== 'wrong');
  return element(
    'div',
    {},
    element(
      'div',
      { class: `verdict ${verdict ?? 'unanchored'}`, 'data-verdict': verdict ?? 'stopped', role: 'status' },
      element('strong', {}, title),
      element('span', {}, sentence),
      verdict === 'unanchored' && element('p', { class: 'fingerprint' }, trust.fingerprint),
      element('p', {}, words.counts(number(counts.accepted), number(counts.refused), number(counts.wrong))),
      outcome.asOf && element('p', {}, words.asOfNote(new Date(outcome.nowMs).toISOString().slice(0, 10))),
    ),
    basisFacts(bases, trust),
    (defects.length > 0 || wrong.length > 0) && element('h2', {}, words.wrongRecords),
    defects.length > 0 && element('p', {}, words.foundation),
    element(
      'ol',
      { class: 'records', 'data-list': 'wrong' },
      ...defects.slice(0, SHOWN_MAX).map(({ defect, line }) => defectRow(defect, line)),
      ...wrong.slice(0, SHOWN_MAX).map(recordRow),
    ),
    wrong.length > SHOWN_MAX && element('p', { class: 'quiet' }, words.more(number(wrong.length - SHOWN_MAX))),
    others.length > 0 && element('h2', {}, words.allRecords),
    element('ol', { class: 'records', 'data-list': 'records' }, ...others.slice(0, SHOWN_MAX).map(recordRow)),
    others.length > SHOWN_MAX && element('p', { class: 'quiet' }, words.more(number(others.length - SHOWN_MAX))),
    element(
      'div',
      { class: 'actions' },
      element('button', { id: 'save', type: 'button', click: () => save(outcome) }, words.save),
    ),
  );
}

function basisFacts(bases: readonly CheckedBasis[], trust: Outcome['trust']): HTMLElement | undefined {
  const words = PAGE_WORDS[state.language];
  const [first] = bases;
  const last = bases[bases.length - 1];
  if (first === undefined || last === undefined) return undefined;
  const signers = (anchor: VerifiedAnchor) =>
    anchor.signedBy.map(({ memberId, names }) => names?.[state.language] ?? memberId.slice(0, 12)).join(', ');
  const fact = (name: string, value: Child) => [element('dt', {}, name), element('dd', {}, value)];
  return element(
    'dl',
    {},
    ...fact(words.ledger, first.chainId),
    ...fact(
      words.signedBy,
      `${words.supervisors(last.anchor.signedBy.length, last.anchor.of)}: ${signers(last.anchor)}`,
    ),
    ...fact(words.upTo, `${number(last.anchor.height)} · ${time(last.anchor.timeMs)}`),
    ...fact(
      words.compare,
      element(
        'span',
        {},
        element('span', { class: 'fingerprint' }, trust.fingerprint),
        trust.own ? element('span', { class: 'quiet' }, ` ${words.ownTrust}`) : '',
      ),
    ),
    ...(first.subject === undefined ? [] : fact(words.about, first.subject.slice(0, 300))),
    ...(first.blocks === undefined || last.blocks === undefined
      ? []
      : fact(words.records, words.blocks(first.blocks.from, last.blocks.to))),
  );
}

function defectRow(defect: Defect<string>, line: number | undefined): HTMLElement {
  const words = PAGE_WORDS[state.language];
  return element(
    'li',
    { 'data-code': defect.code },
    element('span', { class: 'mark wrong' }, `✗ ${words.outcome.wrong}`),
    element('p', {}, isCheckCode(defect.code) ? codeText(defect.code, state.language) : defect.code),
    element(
      'p',
      { class: 'quiet' },
      words.place(`${line === undefined ? '' : `${line}: `}${defect.where}`, defect.code),
    ),
  );
}

const MARKS = { accepted: '✓', refused: '−', wrong: '✗' } as const;

function recordRow(finding: RecordFinding): HTMLElement {
  const words = PAGE_WORDS[state.language];
  const { defect } = finding;
  return element(
    'li',
    { 'data-outcome': finding.outcome, ...(defect === undefined ? {} : { 'data-code': defect.code }) },
    element(
      'span',
      { class: `mark ${finding.outcome}` },
      `${MARKS[finding.outcome]} ${words.outcome[finding.outcome]}`,
    ),
    ' ',
    recordName(finding, state.language),
    element('p', {}, describeRecord(finding, state.language)),
    defect !== undefined && element('p', { class: 'mark wrong' }, codeText(defect.code, state.language)),
    element(
      'p',
      { class: 'quiet' },
      [
        finding.timeMs === undefined ? undefined : time(finding.timeMs),
        finding.height === undefined
          ? undefined
          : words.recordPlace(
              number(finding.height),
              finding.bodyIndex === undefined ? '–' : number(finding.bodyIndex),
            ),
        defect === undefined ? undefined : words.place(defect.where, defect.code),
        finding.txId === undefined ? undefined : finding.txId.slice(0, 16),
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
    ),
  );
}

function save(outcome: Outcome): void {
  const { bases, defects, findings, counts, trust } = outcome;
  const report = {
    format: 'waymark-check/1',
    file: outcome.fileName,
    checkedAt: new Date().toISOString(),
    asOf: new Date(outcome.nowMs).toISOString(),
    verdict: outcome.stopped ? 'stopped' : verdictOf(counts, defects.length === 0, trust.own),
    trust: { fingerprint: trust.fingerprint, fromAnotherHand: trust.own },
    counts,
    basis: bases[0],
    blocks: bases.flatMap(({ blocks }) => blocks ?? []),
    defects,
    records: findings.map(({ value: _value, senderNames: _names, ...finding }) => finding),
  };
  const url = URL.createObjectURL(new Blob([JSON.stringify(report, undefined, 1)], { type: 'application/json' }));
  const link = element('a', { href: url, download: `check-${outcome.fileName.replace(/\.jsonl?$/, '')}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

draw();
