import { concatBytes, u32Bytes, u64Bytes } from '@waymark/ledger/primitives';
import type { FsmState, Status } from '../lbft/messages.js';
import { encodeFlag, encodeOptionalHash, encodeVote, MalformedMessage, type MessageReader } from './bytes.js';
import { WireBounds } from './message.js';

const states: readonly FsmState[] = ['IDLE', 'PREPARE', 'COMMIT', 'IMPEACH_PREPARE', 'IMPEACH_COMMIT'];

/** epoch u32 | view u64 | state u8 | quarantined u8 | edgePending u8 | finalView u64 | finalHeight u64 | two optional hashes | optional vote | votes. */
export function encodeStatus(status: Status): Uint8Array {
  return concatBytes(
    u32Bytes(status.epoch),
    u64Bytes(status.view),
    Uint8Array.of(states.indexOf(status.state)),
    encodeFlag(status.quarantined),
    encodeFlag(status.edgePending),
    u64Bytes(status.finalView),
    u64Bytes(status.finalHeight),
    encodeOptionalHash(status.entryCertificateHash),
    encodeOptionalHash(status.commitCertificateHash),
    status.yours === null ? Uint8Array.of(0) : concatBytes(Uint8Array.of(1), encodeVote(status.yours)),
    u32Bytes(status.ownVotes.length),
    ...status.ownVotes.map(encodeVote),
  );
}

export function readStatus(reader: MessageReader): Status {
  const epoch = reader.u32();
  const view = reader.u64();
  const state = states[reader.u8()];
  if (state === undefined) throw new MalformedMessage('no such state');
  return {
    epoch,
    view,
    state,
    quarantined: reader.flag(),
    edgePending: reader.flag(),
    finalView: reader.u64(),
    finalHeight: reader.u64(),
    entryCertificateHash: reader.optionalHash(),
    commitCertificateHash: reader.optionalHash(),
    yours: reader.flag() ? reader.vote() : null,
    ownVotes: Array.from({ length: reader.count(WireBounds.votesInStatus) }, () => reader.vote()),
  };
}
