/** Folds the log's frames into what the core and the signer read back at start (R11). */
import type { CommitCertificate } from '@waymark/consensus/certificates';
import type { LogRecord } from '@waymark/consensus/lbft';
import { decodeLoggedVote, LogFrameType, type LogFrame, type LoggedVote } from '@waymark/consensus/signing';
import { decodeLoggedBlock } from '@waymark/consensus/wire';
import { decodeHeader } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import type { Signer } from '../signer/signer.js';
import type { ChainStore } from '../storage/index.js';
import { blockRefOf, type BlockDesk } from './block-desk.js';
import { decodeLoggedCertificate } from './log-payloads.js';

/** Own votes in the order of the log. */
export function loggedVotes(frames: readonly LogFrame[]): LoggedVote[] {
  return frames.flatMap(({ type, payload }) => {
    const vote = type === LogFrameType.VOTE ? decodeLoggedVote(payload) : null;
    return vote === null ? [] : [vote];
  });
}

/** The core's records; blocks above the booked one are put on the desk on the way. */
export function coreRecords(
  frames: readonly LogFrame[],
  from: { readonly store: ChainStore; readonly desk: BlockDesk; readonly signer: Signer | null },
): LogRecord[] {
  const { store, desk, signer } = from;
  const records: LogRecord[] = deliveredRecords(store);
  for (const frame of frames) {
    switch (frame.type) {
      case LogFrameType.VOTE:
        break; // the signer has merged them with its sign-state
      case LogFrameType.CERTIFICATE: {
        const logged = decodeLoggedCertificate(frame.payload);
        if (logged === null) break;
        const known = logged.header === null ? null : desk.learn(logged.header);
        records.push({ kind: 'CERTIFICATE', certificate: logged.certificate, block: known?.ref ?? null });
        break;
      }
      case LogFrameType.BLOCK: {
        const logged = decodeLoggedBlock(frame.payload);
        const block = logged === null ? null : desk.learn(logged.header);
        if (logged === null || block === null || block.ref.height <= store.finalHeight) break;
        if (!desk.offerBody(block, logged.transactions)) break;
        block.logged = true;
        block.durable = true;
        records.push({ kind: 'BLOCK', block: block.ref });
        break;
      }
      case LogFrameType.PROPOSAL: {
        const logged = decodeLoggedBlock(frame.payload);
        const block = logged === null ? null : desk.learn(logged.header);
        if (logged?.proposal == null || block === null || block.bytes === null) break;
        records.push({ kind: 'OWN_PROPOSAL', block: block.ref, certificates: logged.proposal.certificates });
        break;
      }
    }
  }
  desk.prune(store.finalHeight);
  if (signer === null) return records;
  if (signer.quarantine !== null) records.push({ kind: 'QUARANTINED', reason: signer.quarantine });
  records.push({ kind: 'FLOOR', view: signer.floor });
  for (const vote of signer.ownVotes()) records.push({ kind: 'OWN_VOTE', vote });
  return records;
}

/** The last booked block, and the certificate that made it final. */
function deliveredRecords(store: ChainStore): LogRecord[] {
  const stored = store.header(store.finalHeight);
  const header = stored === null ? null : decodeHeader(stored.header);
  if (stored === null || header?.ok !== true) return [];
  const block = blockRefOf(header.value, toHex(stored.hash));
  const records: LogRecord[] = [{ kind: 'DELIVERED', block }];
  const certificate: CommitCertificate | null = store.tipCertificate;
  if (certificate?.blockHash === block.hash) records.push({ kind: 'CERTIFICATE', certificate, block });
  return records;
}
