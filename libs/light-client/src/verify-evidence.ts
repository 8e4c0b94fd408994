import { portableEngine } from '@waymark/accel/portable';
import { parseGenesis, type Genesis, type TrustRoot } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { checkAnchor, checkHeaders } from './check-headers.js';
import { checkTransaction } from './check-transaction.js';
import { readEvidenceFile } from './evidence-file.js';
import { found, refuse, type Step } from './step.js';
import { Malformed } from './strict-reader.js';
import { trustedCommitteeOf, verifyTrustMatches, type VerifyingEngine } from './trust.js';
import type { EvidenceVerdict, VerifiedRecord, VerifyOptions } from './verdict.js';

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
  const records: VerifiedRecord[] = [];
  const seen = new Set<string>();
  for (const entry of file.transactions) {
    const checked = checkTransaction(entry, headers.value, genesis.value, committee, engine);
    if (!checked.ok) return checked;
    if (seen.has(checked.value.txId)) throw new Malformed(entry.where, 'each transaction once');
    seen.add(checked.value.txId);
    records.push(...checked.value.records);
  }
  const organisations = genesis.value.organisations.map(({ account, name, companyPrefixes }) => ({
    account,
    names: name,
    companyPrefixes,
  }));
  return { ok: true, chainId: trust.chainId, organisations, anchor: anchor.value.verified, records };
}

function readGenesis(bytes: Uint8Array, trust: TrustRoot, engine: VerifyingEngine): Step<Genesis> {
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
