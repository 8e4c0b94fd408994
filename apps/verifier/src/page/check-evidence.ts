/** The check itself: reads the files, goes through the steps, and lets the page paint between them. */
import { claimedTrustRoot, readTrustRoot, type TrustRoot } from '@waymark/light-client';
import { checkFile } from '../check-file.js';
import { countOutcomes } from '../verdict.js';
import { PAGE_WORDS } from './page-words.js';
import { state, type Outcome } from './page-state.js';

const FILE_BYTES_MAX = 256 * 1024 * 1024;
/** How long one stretch of work may take before the page paints again. */
const STRETCH_MS = 60;

/** Lets the page paint and take clicks. */
const breath = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Checks what was chosen; `draw` shows what {@link state} says. */
export async function check(draw: () => void): Promise<void> {
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
