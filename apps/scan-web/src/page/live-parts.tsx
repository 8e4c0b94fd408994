/** The parts of the page that the script writes again while it checks: all that the comparison leaves out. */
import { markOf, verdictOf, type CheckState, type MarkState } from './check-state.js';
import { timeText } from './dates.js';
import { VerdictIcon } from './icons.js';
import type { Language } from './language.js';
import { shortIdentifier } from './short-identifier.js';
import { wordsOf } from './words.js';

export function Verdict({
  check,
  language,
  onTryAgain,
}: {
  readonly check: CheckState;
  readonly language: Language;
  readonly onTryAgain?: () => void;
}) {
  const view = verdictOf(check, language);
  const words = wordsOf(language);
  return (
    <div class={`verdict tone-${view.tone}`} data-verdict={view.name}>
      <VerdictIcon name={view.icon} />
      <div>
        <p class="verdict-word">{view.word}</p>
        <p class="verdict-sentence">{view.sentence}</p>
        {view.advice === undefined ? null : <p class="verdict-advice">{view.advice}</p>}
        {check.state === 'unchecked' ? <noscript>{words.noScript}</noscript> : null}
        {view.mayTryAgain && onTryAgain !== undefined ? (
          <button type="button" onClick={onTryAgain}>
            {words.tryAgain}
          </button>
        ) : null}
      </div>
    </div>
  );
}

const MARK_ICON = {
  unchecked: 'waiting',
  checking: 'waiting',
  checked: 'check',
  dated: 'check',
  refused: 'warning',
  unavailable: 'waiting',
} as const;
const MARK_TONE: Readonly<Record<MarkState, string>> = {
  unchecked: 'grey',
  checking: 'grey',
  checked: 'green',
  dated: 'amber',
  refused: 'red',
  unavailable: 'grey',
};

/** The mark of one step: icon and word. */
export function Mark({
  check,
  stepKey,
  language,
}: {
  readonly check: CheckState;
  readonly stepKey: string;
  readonly language: Language;
}) {
  const mark = markOf(check, stepKey);
  return (
    <span class={`mark tone-${MARK_TONE[mark]}`} data-mark={mark}>
      <VerdictIcon name={MARK_ICON[mark]} />
      {wordsOf(language).mark[mark]}
    </span>
  );
}

/** What stands in the foldable part once the check is done. */
export function ProofFacts({ check, language }: { readonly check: CheckState; readonly language: Language }) {
  const words = wordsOf(language);
  if (check.state === 'refused')
    return (
      <dl class="facts">
        <Fact name={words.reason}>
          <code>{check.reason}</code> {check.where === '' ? null : <code>{check.where}</code>}
          {Object.entries(check.facts).map(([name, value]) => (
            <span class="reason-fact" key={name}>
              {name}: <code title={String(value)}>{shortIdentifier(String(value), 40)}</code>
            </span>
          ))}
        </Fact>
      </dl>
    );
  if (check.state !== 'checked') return <p class="quiet">{words.notYet}</p>;
  const { anchor } = check;
  return (
    <dl class="facts">
      <Fact name={words.network}>{check.chainId}</Fact>
      <Fact name={words.recordedAt}>{timeText(anchor.timeMs, undefined, language)}</Fact>
      <Fact name={words.blockHeight}>{anchor.height}</Fact>
      <Fact name={words.recordsChecked}>{check.records}</Fact>
      <Fact name={words.supervisorsSigned}>
        <ul class="plain">
          {anchor.signedBy.map(({ memberId, names, class: seat }) => (
            <li key={memberId}>
              {names === undefined ? shortIdentifier(memberId) : names[language]}
              {seat === 1 ? <span class="badge">{words.regulator}</span> : null}
            </li>
          ))}
        </ul>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: unknown }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children as string}</dd>
    </div>
  );
}

/** Shown above everything when the browser remembers another trust root. */
export function TrustWarning({
  before,
  now,
  language,
  onAccept,
}: {
  readonly before: string;
  readonly now: string;
  readonly language: Language;
  readonly onAccept: () => void;
}) {
  const words = wordsOf(language);
  return (
    <div class="verdict tone-amber" role="alert" data-trust-changed="">
      <VerdictIcon name="warning" />
      <div>
        <p class="verdict-word">{words.trustChangedTitle}</p>
        <p class="verdict-sentence">{words.trustChanged(before, now)}</p>
        <button type="button" onClick={onAccept}>
          {words.trustChangedAccept}
        </button>
      </div>
    </div>
  );
}
