import { VoteType } from '../certificates/vote.js';
import type { Certificate } from '../certificates/certificate.js';
import { EMPTY_AFTER_VIEWS, leaderMember, maySign, others, recordOf, type LbftState } from './book.js';
import { wantCertificates } from './certificates-wanted.js';
import { proposeDueAtMs } from './pacing.js';
import { askSignature } from './signing.js';
import { wantBlock, type Ignored, type Turn } from './turn.js';
import type { BlockRef } from './messages.js';

/** Skip certificates inside a proposal; more are fetched by CERT_REQ. */
const SKIPS_INLINE = 16;

/** What the leader of the current view would build on (R2); null when it is not this node, or something is missing (and asked for). */
interface Plan {
  readonly parent: BlockRef;
  readonly certificates: readonly Certificate[];
  readonly empty: boolean;
}

/** When to look again at proposing: the instant, or null when there is nothing to wait for but other inputs. Builds at once when it is due. */
export function considerProposing(turn: Turn): number | null {
  const { state, clock, effects } = turn;
  if (!maySign(state) || leaderMember(state.config, state.view) !== state.config.self || state.view <= state.floor)
    return null;
  if (recordOf(state, state.view).own.prop !== null || state.building !== null) return null;
  const plan = planProposal(turn);
  if (plan === null) return null;
  const due = Math.max(proposeDueAtMs(state, plan.parent, plan.empty), state.buildRetryAtMs);
  if (due > clock.monotonicMs) return due;
  state.building = { view: state.view, certificates: plan.certificates };
  effects.push({
    kind: 'BUILD_PROPOSAL',
    view: state.view,
    parent: plan.parent,
    certificates: plan.certificates,
    timeMs: Math.max(clock.wallMs, plan.parent.timeMs + 1),
    empty: plan.empty,
  });
  return null;
}

function planProposal(turn: Turn): Plan | null {
  const { state } = turn;
  const { parentView, parentCertificate, parentHash, missing } = highestCertified(state);
  if (missing.length > 0) {
    wantCertificates(turn, missing);
    return null;
  }
  const known = state.blocks.get(parentHash);
  if (known?.durable !== true) {
    wantBlock(turn, parentHash, others(state.config), false);
    return null;
  }
  const skips: Certificate[] = [];
  for (let view = state.view - 1; view > parentView && skips.length < SKIPS_INLINE; view--) {
    const skip = state.views.get(view)?.iCert;
    if (skip) skips.unshift(skip);
  }
  return {
    parent: known.block,
    certificates: [...(parentCertificate === null ? [] : [parentCertificate]), ...skips],
    empty: state.view - state.final.view > EMPTY_AFTER_VIEWS,
  };
}

/** The block of the highest view below the current one with a P- or C-certificate (P2), and the views above it whose I-certificate is missing. */
function highestCertified(state: LbftState): {
  readonly parentView: number;
  readonly parentHash: string;
  readonly parentCertificate: Certificate | null;
  readonly missing: readonly number[];
} {
  const missing: number[] = [];
  for (let view = state.view - 1; view > state.final.view; view--) {
    const record = state.views.get(view);
    const certificate = record?.pCert ?? record?.cCert ?? null;
    if (certificate !== null)
      return { parentView: view, parentHash: certificate.blockHash, parentCertificate: certificate, missing };
    if (record?.iCert == null) missing.push(view);
  }
  const own = state.views.get(state.final.view);
  return {
    parentView: state.final.view,
    parentHash: state.final.hash,
    parentCertificate:
      state.finalCertificate?.view === state.final.view ? state.finalCertificate : (own?.pCert ?? null),
    missing,
  };
}

/** The host built the block asked for: sign it. Null: it could not; another try soon. */
export function onProposalBuilt(turn: Turn, view: number, block: BlockRef | null): Ignored {
  const { state, clock } = turn;
  if (state.building?.view !== view) return 'not asked for, or its view is over';
  const { certificates } = state.building;
  state.building = null;
  if (block === null) {
    state.buildRetryAtMs = clock.monotonicMs + Math.max(10, Math.floor(state.config.parameters.deltaMs / 4));
    return undefined;
  }
  recordOf(state, view).ownProposal = { block, certificates };
  turn.next.push({ kind: 'LEARN_BLOCK', block, durable: false });
  askSignature(
    turn,
    { type: VoteType.PROPOSE, epoch: state.config.epoch, view, blockHash: block.hash },
    { block, certificates },
  );
  return undefined;
}
