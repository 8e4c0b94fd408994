/** Payloads of the log's frames that are the host's own: certificates with the header they make final. Blocks and proposals are those of @waymark/consensus/wire. */
import { decodeCertificate, encodeCertificate, type Certificate } from '@waymark/consensus/certificates';
import { decodeLoggedVote, LogFrameType } from '@waymark/consensus/signing';
import { HEADER_BYTES } from '@waymark/ledger/chain';
import { isSafeU64 } from '@waymark/consensus/certificates';
import { readU64 } from '@waymark/ledger/primitives';

/** Offset of `view` in a header: version u16, suite u8, kind u8, genesisHash 32, epoch u32. */
const VIEW_OFFSET = 40;

export interface LoggedCertificate {
  readonly certificate: Certificate;
  readonly header: Uint8Array | null;
}

/** flag u8 (1: header follows) | header 509 | certificate. */
export function encodeLoggedCertificate({ certificate, header }: LoggedCertificate): Uint8Array {
  return Buffer.concat([
    Uint8Array.of(header === null ? 0 : 1),
    header ?? new Uint8Array(0),
    encodeCertificate(certificate),
  ]);
}

/** Null when the payload is none. */
export function decodeLoggedCertificate(payload: Uint8Array): LoggedCertificate | null {
  const withHeader = payload[0] === 1;
  const at = withHeader ? 1 + HEADER_BYTES : 1;
  if (payload.length <= at) return null;
  const certificate = decodeCertificate(payload.subarray(at));
  return certificate === null ? null : { certificate, header: withHeader ? payload.subarray(1, at) : null };
}

/** The serial of the sign-state that a logged vote led to; null for what is no vote. */
export function serialOfFrame(type: LogFrameType, payload: Uint8Array): number | null {
  return type === LogFrameType.VOTE ? (decodeLoggedVote(payload)?.serial ?? null) : null;
}

/** The view that a frame belongs to, for pruning; 0 when it cannot be said. */
export function viewOfFrame(type: LogFrameType, payload: Uint8Array): number {
  switch (type) {
    case LogFrameType.VOTE:
      return decodeLoggedVote(payload)?.vote.view ?? 0;
    case LogFrameType.CERTIFICATE:
      return decodeLoggedCertificate(payload)?.certificate.view ?? 0;
    case LogFrameType.PROPOSAL:
    case LogFrameType.BLOCK:
      return isSafeU64(payload, VIEW_OFFSET) ? readU64(payload, VIEW_OFFSET) : 0;
  }
}
