/** The script of the page: fetches the proof after the first paint, checks it, and says what came of it. */
import { canonicalId } from '@waymark/epcis/gs1';
import { readTrustRootJson, type TrustRoot } from '@waymark/light-client';
import { render, type ComponentChild } from 'preact';
import { checkItem } from './check-item.js';
import type { CheckState } from './check-state.js';
import { comparePages } from './compare-page.js';
import { fetchEvidence } from './fetch-evidence.js';
import { ItemPage, LIVE, titleOf } from './item-page.js';
import { languageOf, type Language } from './language.js';
import { Mark, ProofFacts, TrustWarning, Verdict } from './live-parts.js';
import type { PageStory } from './page-story.js';
import { acceptTrust, browserMemory, changedTrust } from './remembered-trust.js';

const language: Language = languageOf(document.documentElement.lang) ?? 'en';
/** What was scanned stands in the address; nothing that the server sent is asked about it. */
const subject = canonicalId(`https://id.gs1.org${location.pathname}`);
/** The page as the server sent it, before this script writes into it. */
const shown = document.body.cloneNode(true) as Element;
const shownTitle = document.title;

function show(check: CheckState): void {
  fill(document.body, LIVE.verdict, <Verdict check={check} language={language} onTryAgain={() => void run()} />);
  fill(document.body, LIVE.proof, <ProofFacts check={check} language={language} />);
  for (const step of document.querySelectorAll('[data-step]'))
    fill(step, LIVE.mark, <Mark check={check} stepKey={step.getAttribute('data-step') ?? ''} language={language} />);
  document.documentElement.dataset['check'] = check.state;
}

const started = new WeakSet<Element>();

/** Writes a live part; what the server wrote there goes first. */
function fill(root: ParentNode, part: string, child: ComponentChild): void {
  for (const place of root.querySelectorAll(`[data-live="${part}"]`)) {
    if (!started.has(place)) place.replaceChildren();
    started.add(place);
    render(child, place);
  }
}

function inlinedTrust(): { readonly trust: TrustRoot; readonly fingerprint: string } | undefined {
  try {
    return readTrustRootJson(JSON.parse(document.getElementById('trust-root')?.textContent ?? ''));
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function warnOfChangedTrust(fingerprint: string): void {
  const memory = browserMemory();
  const before = changedTrust(memory, fingerprint);
  const accept = () => {
    acceptTrust(memory, fingerprint);
    fill(document.body, LIVE.trust, null);
  };
  const warning =
    before === undefined ? null : (
      <TrustWarning before={before} now={fingerprint} language={language} onAccept={accept} />
    );
  fill(document.body, LIVE.trust, warning);
}

/** Renders the page again from verified records, out of sight, and compares it with what the reader sees. */
function compareWith(story: PageStory, fingerprint: string) {
  const expected = document.createElement('body');
  const page = expected.appendChild(document.createElement('div'));
  page.id = 'page';
  // Whether there is more than is shown is the server's word; how it says so is not.
  const truncated = (shown.querySelector('[data-part="more"]')?.textContent ?? '') !== '';
  render(<ItemPage story={story} language={language} fingerprint={fingerprint} truncated={truncated} />, page);
  const difference = comparePages(shown, expected);
  if (difference !== undefined) return difference;
  const title = titleOf(story, language);
  return shownTitle === title ? undefined : { steps: [], shown: shownTitle, signed: title };
}

/** Lets the browser paint what was written before the next long piece of work. */
const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

async function run(): Promise<void> {
  show({ state: 'checking' });
  const inlined = inlinedTrust();
  if (inlined === undefined) {
    show({ state: 'refused', reason: 'TRUST_ROOT_UNREADABLE', where: '', facts: {}, steps: [] });
    return;
  }
  const { trust, fingerprint } = inlined;
  warnOfChangedTrust(fingerprint);
  const answer = await fetchEvidence(subject);
  await painted();
  show(
    answer.kind === 'unavailable'
      ? { state: 'unavailable', reason: answer.reason }
      : checkItem({
          subject,
          evidence: answer.evidence,
          trust,
          nowMs: Date.now(),
          compare: (story) => compareWith(story, fingerprint),
        }),
  );
  performance.mark('waymark-checked');
}

void run();
