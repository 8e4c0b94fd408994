import type { Disclosure, Viewer, VisibilityQuestion } from './visibility-types.js';

const isPublic = 1;
const isPartners = 2;

/**
 * How much of an event a viewer is shown (issue, "Visibility"). `public`: all to everybody. `partners`: all to signers, to whom
 * the event names and to regulators; place, time, step and signer to companies up- and downstream; nothing to others. `own`: all
 * to signers and regulators, nothing to anybody else. An unknown number is treated as `own`.
 */
export function disclosureOf(question: VisibilityQuestion, viewer: Viewer): Disclosure {
  if (question.visibility === isPublic) return 'full';
  if (viewer.kind === 'shopper') return 'none';
  if (viewer.kind === 'regulator' || question.signers.includes(viewer.account)) return 'full';
  if (question.visibility !== isPartners) return 'none';
  if (question.named.includes(viewer.account)) return 'full';
  return question.related ? 'step' : 'none';
}
