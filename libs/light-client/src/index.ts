export type {
  AnchorSigner,
  Defect,
  EvidenceCode,
  EvidenceVerdict,
  Facts,
  Names,
  VerifiedAnchor,
  VerifiedEvidence,
  VerifiedRecord,
  VerifyOptions,
} from './verdict.js';
export type { FeedCode, FeedDefect, FeedPosition } from './feed-verdict.js';
