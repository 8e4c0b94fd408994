import { concatBytes, fromHex, u32Bytes, u64Bytes, utf8 } from '@waymark/ledger/primitives';
import { VoteType, type Hash, type Vote } from './vote.js';

/** Ed25519 with SHA-256, the only suite so far. */
export const SUITE_ED25519_SHA256 = 0x01;

/**
 * What a vote's signature covers (2.4): "LBFT3" || suite u8 || genesisHash 32 || type u8 || epoch u32 || view u64 || payload, big endian, fixed width. The payload is
 * the block hash; an IMPEACH has none.
 */
export function voteSignBytes(vote: Vote, genesisHash: Hash): Uint8Array {
  return concatBytes(
    utf8('LBFT3'),
    Uint8Array.of(SUITE_ED25519_SHA256),
    fromHex(genesisHash),
    Uint8Array.of(vote.type),
    u32Bytes(vote.epoch),
    u64Bytes(vote.view),
    vote.type === VoteType.IMPEACH ? new Uint8Array(0) : fromHex(vote.blockHash),
  );
}
