import { deliver } from './finality.js';
import type { BlockRef } from './messages.js';
import type { Ignored, Turn } from './turn.js';

/** A header became known, or a body durable. What waited for it goes on: R4 (COMMIT), R9 (finality, delivery). */
export function learnBlock(turn: Turn, block: BlockRef, durable: boolean): Ignored {
  const { state } = turn;
  const record = state.views.get(block.view);
  const certified = record?.cCert?.blockHash === block.hash && block.view > state.final.view;
  // A certified block at a height delivered already is a conflict, and must be seen as one.
  if (block.height <= state.delivered.height && !certified) return 'delivered already';
  const known = state.blocks.get(block.hash);
  if (known !== undefined && (known.durable || !durable)) return 'known block';
  state.blocks.set(block.hash, { block, durable });
  if (durable) state.blockAskedAtMs.delete(block.hash);
  if (certified) turn.next.push({ kind: 'FINALIZE_IF_KNOWN', view: block.view, from: null });
  if (durable && record?.pCert?.blockHash === block.hash) turn.next.push({ kind: 'COMMIT_IF_READY', view: block.view });
  if (state.undelivered.length > 0) deliver(turn);
  return undefined;
}
