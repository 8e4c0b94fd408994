import { decodeHeader, headerHash, BlockKind, type Header } from '@waymark/ledger/chain';
import { equalBytes, toHex, verifyInclusion } from '@waymark/ledger/primitives';
import { checkCertificate } from './check-certificate.js';
import type { EvidenceFile, EvidenceHeader } from './evidence-file.js';
import { found, refuse, type Step } from './step.js';
import { Malformed } from './strict-reader.js';
import type { TrustedCommittee, VerifyingEngine } from './trust.js';
import type { Defect, VerifiedAnchor, VerifyOptions } from './verdict.js';

/** How far an anchor may lie after the reader's clock (consensus.md 2.13). */
export const FUTURE_TOLERANCE_MS = 10 * 60_000;

/** How old the newest certified header may be that a reader relies on: 30 days (consensus.md 2.13). */
export const TRUSTING_PERIOD_MS = 30 * 24 * 60 * 60_000;

export interface CheckedAnchor {
  readonly header: Header;
  readonly hash: Uint8Array;
  readonly verified: VerifiedAnchor;
}

/** Headers that rest on the anchor, by height. */
export type ProvenHeaders = ReadonlyMap<number, Header>;

export type AnchorCode = 'CERTIFICATE_TOO_FEW' | 'CERTIFICATE_INVALID' | 'ANCHOR_IN_FUTURE' | 'ANCHOR_EXPIRED';

/** The anchor: of this chain and committee, signed by exactly the quorum, not from the future and not from long ago. */
export function checkAnchor(
  anchor: EvidenceFile['anchor'],
  committee: TrustedCommittee,
  options: VerifyOptions,
  engine: VerifyingEngine,
  at = '/anchor',
): { readonly ok: true; readonly value: CheckedAnchor } | Defect<AnchorCode> {
  const header = readHeader(anchor.header, `${at}/header`);
  const hash = headerHash(engine.hashing, anchor.header);
  const { bitmap, signatures } = anchor;
  const certified = checkCertificate({ header, hash, bitmap, signatures }, committee, engine, at);
  if (!certified.ok) return certified;
  if (header.time > options.nowMs + FUTURE_TOLERANCE_MS)
    return refuse('ANCHOR_IN_FUTURE', `${at}/header`, { time: header.time, now: options.nowMs });
  if (header.time < options.nowMs - TRUSTING_PERIOD_MS)
    return refuse('ANCHOR_EXPIRED', `${at}/header`, { time: header.time, now: options.nowMs, daysMax: 30 });
  return found({
    header,
    hash,
    verified: {
      height: header.height,
      timeMs: header.time,
      hash: toHex(hash),
      signedBy: certified.value,
      of: committee.size,
      quorum: committee.quorum,
    },
  });
}

/** Each header is the anchor itself, or its hash stands at its height in the anchor's history. */
export function checkHeaders(
  entries: readonly EvidenceHeader[],
  anchor: CheckedAnchor,
  committee: TrustedCommittee,
  engine: VerifyingEngine,
): Step<ProvenHeaders> {
  const proven = new Map<number, Header>([[anchor.header.height, anchor.header]]);
  const listed = new Set<number>();
  for (const entry of entries) {
    const header = readHeader(entry.header, `${entry.where}/header`);
    if (listed.has(entry.height)) throw new Malformed(entry.where, 'each header once');
    listed.add(entry.height);
    const hash = headerHash(engine.hashing, entry.header);
    const stands =
      entry.historyPath === undefined
        ? equalBytes(hash, anchor.hash)
        : verifyInclusion(
            engine.hashing,
            hash,
            entry.height,
            anchor.header.height,
            entry.historyPath,
            anchor.header.historyRoot,
          );
    if (!stands || header.height !== entry.height || !equalBytes(header.genesisHash, committee.genesisHash))
      return refuse('HEADER_PATH_INVALID', entry.where, { height: entry.height, anchor: anchor.header.height });
    proven.set(entry.height, header);
  }
  return found(proven);
}

function readHeader(bytes: Uint8Array, where: string): Header {
  const decoded = decodeHeader(bytes);
  if (!decoded.ok) throw new Malformed(where, `an encoded header (${decoded.refusal.code})`);
  // A SEAL repeats its EDGE's height and holds no block; this version's chains have neither (formats.md, epochLength 0).
  if (decoded.value.kind !== BlockKind.NORMAL) throw new Malformed(where, 'the header of a block');
  return decoded.value;
}
