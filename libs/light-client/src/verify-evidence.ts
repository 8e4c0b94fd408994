import { portableEngine } from '@waymark/accel/portable';
import { parseGenesis, type Genesis, type TrustRoot } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { checkAnchor, checkHeaders, type ProvenHeaders } from './check-headers.js';
import { checkTransaction } from './check-transaction.js';
import { readEvidenceFile, type EvidenceTransaction } from './evidence-file.js';
import { found, refuse, type Step } from './step.js';
import { Malformed } from './strict-reader.js';
import { trustedCommitteeOf, verifyTrustMatches, type TrustedCommittee, type VerifyingEngine } from './trust.js';
import type {
  Defect,
  EvidenceVerdict,
  KnownOrganisation,
  VerifiedAnchor,
  VerifiedRecord,
  VerifyOptions,
} from './verdict.js';

/**
 * Verifies an evidence file (docs/protocol/formats.md section 6) in the order given there, stopping at the first
 * defect. What comes back as a record was signed by the named organisation, accepted by the ledger, and stands under a
 * header that a quorum of the trust root's supervisors signed. `subject` and `createdAt` are hints and not verified.
 *
 * @param evidence the parsed JSON of the file; anything at all is answered with a verdict, never with an exception
 * @param trust the reader's own trust root, never one that came with the evidence
 */
export function verifyEvidence(
  evidence: unknown,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine = portableEngine,
): EvidenceVerdict {
  try {
    return verifyRead(evidence, trust, options, engine);
  } catch (cause) {
    if (cause instanceof Malformed) return refuse('EVIDENCE_MALFORMED', cause.where, { expected: cause.expected });
    throw cause;
  }
}

function verifyRead(
  evidence: unknown,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine,
): EvidenceVerdict {
  const opened = readBasis(evidence, trust, options, engine);
  if (!opened.ok) return opened;
  const { transactions, headers, genesis, committee, anchor } = opened.value;
  const records: VerifiedRecord[] = [];
  const seen = new Set<string>();
  for (const entry of transactions) {
    const checked = checkTransaction(entry, headers, genesis, committee, engine);
    if (!checked.ok) return checked;
    if (seen.has(checked.value.txId)) throw new Malformed(entry.where, 'each transaction once');
    seen.add(checked.value.txId);
    records.push(...checked.value.records);
  }
  return { ok: true, chainId: trust.chainId, organisations: organisationsOf(genesis), anchor, records };
}

/** What all transactions of a file rest on, checked. */
export interface EvidenceBasis {
  readonly transactions: readonly EvidenceTransaction[];
  readonly headers: ProvenHeaders;
  readonly genesis: Genesis;
  readonly committee: TrustedCommittee;
  readonly anchor: VerifiedAnchor;
}

/** The steps that come before the transactions: trust root, genesis, anchor, headers. */
export function readBasis(
  evidence: unknown,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine,
): Step<EvidenceBasis> {
  const file = readEvidenceFile(evidence);
  if (!verifyTrustMatches(file, trust))
    return refuse('TRUST_ROOT_FOREIGN', '/genesisHash', { expected: trust.genesisHash, found: file.genesisHash });
  const genesis = readGenesis(file.genesis, trust, engine);
  if (!genesis.ok) return genesis;
  const committee = trustedCommitteeOf(trust, engine.hashing);
  const anchor = checkAnchor(file.anchor, committee, options, engine);
  if (!anchor.ok) return anchor;
  const headers = checkHeaders(file.headers, anchor.value, committee, engine);
  if (!headers.ok) return headers;
  return found({
    transactions: file.transactions,
    headers: headers.value,
    genesis: genesis.value,
    committee,
    anchor: anchor.value.verified,
  });
}

export const organisationsOf = (genesis: Genesis): readonly KnownOrganisation[] =>
  genesis.organisations.map(({ account, name, companyPrefixes }) => ({ account, names: name, companyPrefixes }));

export function readGenesis(
  bytes: Uint8Array,
  trust: TrustRoot,
  engine: VerifyingEngine,
): { readonly ok: true; readonly value: Genesis } | Defect<'GENESIS_MISMATCH' | 'EVIDENCE_MALFORMED'> {
  const hash = toHex(engine.hashing.sha256(bytes));
  if (hash !== trust.genesisHash)
    return refuse('GENESIS_MISMATCH', '/genesis', { expected: trust.genesisHash, found: hash });
  const parsed = parseGenesis(engine.hashing, bytes);
  // The hash is the one we trust, so this is a chain that this version cannot read.
  return parsed.ok
    ? found(parsed.value.genesis)
    : refuse('EVIDENCE_MALFORMED', '/genesis', {
        expected: `a genesis file this version reads (${parsed.refusal.code})`,
      });
}
