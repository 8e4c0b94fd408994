/** The verdict, what it rests on, and each record. */
import type { Defect, RecordFinding, VerifiedAnchor } from '@waymark/light-client';
import type { CheckedBasis } from '../check-file.js';
import { codeText, isCheckCode } from '../code-texts.js';
import { describeRecord, recordName } from '../describe-record.js';
import { verdictOf } from '../verdict.js';
import { element, type Child } from './element.js';
import { number, state, time, type Outcome } from './page-state.js';
import { PAGE_WORDS } from './page-words.js';

/** Records shown in the page; the saved result has all. */
const SHOWN_MAX = 200;

export function result(outcome: Outcome): HTMLElement {
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
