export { checkDigit, hasValidCheckDigit } from './check-digit.js';
export { canonicalId, epcUrnOf } from './canonical-id.js';
export { parseDigitalLinkPath, parseDigitalLinkUri } from './digital-link.js';
export type { DigitalLink, DigitalLinkProblem, DigitalLinkResult } from './digital-link.js';
export { shortName } from './short-name.js';
export { companyPrefixMatches, gs1KeyOf } from './company-prefix.js';
export type { Gs1Key } from './company-prefix.js';
export { judgeIdentifier } from './judge-identifier.js';
export type { IdentifierProblem } from './judge-identifier.js';
