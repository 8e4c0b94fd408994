/**
 * Checks what others send: evidence files for a reader, the block feed for an API. Loads in a browser under a strict
 * content security policy and in Node; owns no clock, no network, and no trust of its own.
 */
export type * from './verdict.js';
export type * from './feed-verdict.js';
export { EVIDENCE_BOUNDS } from './evidence-file.js';
export type * from './finding.js';
export type * from './range-verdict.js';
export type * from './state-verdict.js';
export { FUTURE_TOLERANCE_MS, TRUSTING_PERIOD_MS } from './check-headers.js';
export { examineEvidence } from './examine-evidence.js';
export { jsonOf } from './json-of.js';
export { examineRange, type RangeExamination, type RangeOptions, type RangeVerdict } from './examine-range.js';
export { FEED_BOUNDS, verifyFeed } from './verify-feed.js';
export {
  claimedTrustRoot,
  trustRootOfGenesis,
  readTrustRoot,
  readTrustRootJson,
  trustedCommitteeOf,
  verifyTrustMatches,
} from './trust.js';
export type { TrustedCommittee, VerifyingEngine } from './trust.js';
export { verifyEvidence } from './verify-evidence.js';
export * from './verify-snapshot.js';
export { verifyHistoryState, verifyKeyState, verifyRangeState } from './verify-state.js';
export { trustFingerprint } from '@waymark/ledger/chain';
export type { TrustRoot } from '@waymark/ledger/chain';
export { portableHashing } from '@waymark/accel/portable';
export { parseBase64 } from '@waymark/ledger/primitives';
