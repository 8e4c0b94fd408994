import { portableEngine } from '@waymark/accel/portable';
import {
  decodeBody,
  decodeTransactionHeader,
  signedBytesOf,
  type Genesis,
  type TrustRoot,
} from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { checkTransaction } from './check-transaction.js';
import type { EvidenceBody, EvidenceTransaction } from './evidence-file.js';
import { wrong, type ExaminationOf, type RecordFinding } from './finding.js';
import { jsonOfContent } from './json-of.js';
import { refuse, type Step } from './step.js';
import { Malformed } from './strict-reader.js';
import type { VerifyingEngine } from './trust.js';
import type { EvidenceCode, VerifiedRecord, VerifyOptions } from './verdict.js';
import { organisationsOf, readBasis, type EvidenceBasis } from './verify-evidence.js';

/** After so many wrong records of one transaction nothing in it is taken apart any more. */
const TAKEN_APART_MAX = 20;

/**
 * The same check as `verifyEvidence`, one transaction at a time and past the first defect: which record is wrong, and which
 * are not. A file is verified when every finding of every part is `accepted`.
 *
 * @param evidence the parsed JSON of the file; anything at all is answered, never with an exception
 */
export function examineEvidence(
  evidence: unknown,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine = portableEngine,
): ExaminationOf<EvidenceCode> {
  const opened = caught(() => readBasis(evidence, trust, options, engine));
  if (!opened.ok) return opened;
  const basis = opened.value;
  const seen = new Map<string, number>();
  return {
    ok: true,
    chainId: trust.chainId,
    anchor: basis.anchor,
    organisations: organisationsOf(basis.genesis),
    parts: basis.transactions.length,
    recordsOf: (part) => basis.transactions[part]?.bodies.length ?? 0,
    check(part) {
      const entry = basis.transactions[part];
      if (entry === undefined) throw new RangeError(`the file has no transaction ${part}`);
      const findings = examineTransaction(entry, basis, engine);
      const txId = findings[0]?.txId;
      if (txId === undefined || (seen.get(txId) ?? part) === part) {
        if (txId !== undefined) seen.set(txId, part);
        return findings;
      }
      return [
        wrong(
          { code: 'EVIDENCE_MALFORMED', where: entry.where, facts: { expected: 'each transaction once' } },
          { txId },
        ),
      ];
    },
  };
}

function examineTransaction(
  entry: EvidenceTransaction,
  basis: EvidenceBasis,
  engine: VerifyingEngine,
): readonly RecordFinding[] {
  const bad: RecordFinding[] = [];
  let left: readonly EvidenceBody[] = entry.bodies;
  for (let tries = 0; left.length > 0; tries += 1) {
    const bodies = left;
    const checked = caught(() =>
      checkTransaction({ ...entry, bodies }, basis.headers, basis.genesis, basis.committee, engine),
    );
    if (checked.ok) return [...bad, ...checked.value.records.map(accepted)].sort(byIndex);
    const culprit = bodies.find(({ where }) => checked.where === where || checked.where.startsWith(`${where}/`));
    const { code, where, facts } = checked;
    const named = culprit !== undefined && tries < TAKEN_APART_MAX ? [culprit] : bodies;
    bad.push(...named.map((body) => wrong({ code, where, facts }, claimOf(entry, body, basis.genesis, engine))));
    if (named === bodies) break;
    left = bodies.filter((body) => body !== culprit);
  }
  return bad.sort(byIndex);
}

const byIndex = (a: RecordFinding, b: RecordFinding) => (a.bodyIndex ?? 0) - (b.bodyIndex ?? 0);

const accepted = (record: VerifiedRecord): RecordFinding => ({
  outcome: 'accepted',
  txId: record.txId,
  bodyIndex: record.bodyIndex,
  height: record.height,
  timeMs: record.blockTimeMs,
  sender: record.sender,
  senderNames: record.senderNames,
  kind: record.kind,
  value: record.value,
  refusal: undefined,
  defect: undefined,
});

/** What an unproven record says of itself, so that a reader knows which one is meant. */
function claimOf(entry: EvidenceTransaction, { body, index }: EvidenceBody, genesis: Genesis, engine: VerifyingEngine) {
  const header = decodeTransactionHeader(entry.header);
  const decoded = decodeBody(body);
  const sender = header.ok ? header.value.sender : undefined;
  return {
    txId: toHex(engine.hashing.sha256(signedBytesOf(entry.header))),
    bodyIndex: index,
    ...(entry.acceptance === undefined ? {} : { height: entry.acceptance.stateHeaderHeight - 1 }),
    sender,
    senderNames: genesis.organisations.find(({ account }) => account === sender)?.name,
    kind: decoded.ok ? decoded.value.kind : undefined,
    value: decoded.ok ? jsonOfContent(decoded.value.content) : undefined,
  };
}

function caught<T>(read: () => Step<T>): Step<T> {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Malformed) return refuse('EVIDENCE_MALFORMED', cause.where, { expected: cause.expected });
    throw cause;
  }
}
