import { fromHex, readU32, readU64, toHex, u32Bytes, u64Bytes, concatBytes } from '@waymark/ledger/primitives';
import { VoteType } from '../certificates/vote.js';
import type { LoggedVote } from './recovery.js';

/** Payload of a VOTE frame: serial u64 | type u8 | epoch u32 | view u64 | blockHash 32 (none for IMPEACH). */
export function encodeLoggedVote({ serial, vote }: LoggedVote): Uint8Array {
  return concatBytes(
    u64Bytes(serial),
    Uint8Array.of(vote.type),
    u32Bytes(vote.epoch),
    u64Bytes(vote.view),
    vote.type === VoteType.IMPEACH ? new Uint8Array(0) : fromHex(vote.blockHash),
  );
}

/** The vote read back, or null when the payload is not one. */
export function decodeLoggedVote(payload: Uint8Array): LoggedVote | null {
  if (payload.length !== 21 && payload.length !== 53) return null;
  const type = payload[8];
  const fields = { epoch: readU32(payload, 9), view: readU64(payload, 13) };
  const serial = readU64(payload, 0);
  if (type === VoteType.IMPEACH) return payload.length === 21 ? { serial, vote: { type, ...fields } } : null;
  if (payload.length !== 53) return null;
  if (type !== VoteType.PROPOSE && type !== VoteType.PREPARE && type !== VoteType.COMMIT) return null;
  return { serial, vote: { type, ...fields, blockHash: toHex(payload.subarray(21)) } };
}
