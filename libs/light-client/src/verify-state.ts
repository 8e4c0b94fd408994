import { portableEngine } from '@waymark/accel/portable';
import type { TrustRoot } from '@waymark/ledger/chain';
import { equalBytes, toHex } from '@waymark/ledger/primitives';
import { verifyStateHistory, verifyStateProof, verifyStateRange } from '@waymark/ledger/state';
import { checkAnchor } from './check-headers.js';
import {
  readChanges,
  readStateBasis,
  readStateKey,
  readStateProof,
  readStateRange,
  type StateFileBasis,
} from './state-file.js';
import type {
  StateBasis,
  StateCode,
  StateVerdict,
  VerifiedHistory,
  VerifiedKey,
  VerifiedRange,
} from './state-verdict.js';
import { refuse } from './step.js';
import { isAbsent, Malformed, readCount, rootOf } from './strict-reader.js';
import { trustedCommitteeOf, verifyTrustMatches, type VerifyingEngine } from './trust.js';
import type { Defect, VerifyOptions } from './verdict.js';

/**
 * Verifies what a node answered to `stateProof` (docs/protocol/formats.md section 4): under a header that a quorum of the trust
 * root's supervisors signed, the key has this value, or none.
 *
 * @param answer the parsed JSON; anything at all is answered with a verdict, never with an exception
 * @param key the state key that was asked for, module number included; undefined: whichever the answer is about
 * @param trust the reader's own trust root
 */
export function verifyKeyState(
  answer: unknown,
  key: Uint8Array | undefined,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine = portableEngine,
): StateVerdict<VerifiedKey> {
  return guarded(() => {
    const file = readStateBasis(rootOf(answer), 'waymark-state-proof/1', ['key', 'proof']);
    const shown = readStateKey(file.member('key'));
    const proof = readStateProof(file.member('proof'));
    const basis = checkBasis(file, trust, options, engine);
    if (!basis.ok) return basis;
    const foreign = checkAsked(key, shown, '/key');
    if (foreign !== undefined) return foreign;
    if (!verifyStateProof(engine.hashing, basis.root, shown, proof))
      return refuse('STATE_PROOF_INVALID', '/proof', { height: file.height });
    return { ...basis.verified, key: shown, present: proof.present };
  });
}

/** As {@link verifyKeyState}, for `stateRange`: these are all keys that begin with the prefix; none when the list is empty. */
export function verifyRangeState(
  answer: unknown,
  prefix: Uint8Array | undefined,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine = portableEngine,
): StateVerdict<VerifiedRange> {
  return guarded(() => {
    const file = readStateBasis(rootOf(answer), 'waymark-state-range/1', ['prefix', 'range']);
    const shown = readStateKey(file.member('prefix'));
    const range = readStateRange(file.member('range'));
    const basis = checkBasis(file, trust, options, engine);
    if (!basis.ok) return basis;
    const foreign = checkAsked(prefix, shown, '/prefix');
    if (foreign !== undefined) return foreign;
    if (!verifyStateRange(engine.hashing, basis.root, shown, range))
      return refuse('STATE_RANGE_INVALID', '/range', { height: file.height, entries: range.entries.length });
    return { ...basis.verified, prefix: shown, entries: range.entries };
  });
}

/**
 * As {@link verifyKeyState}, for `stateHistory`: these are the changes of the key, newest first, none left out.
 *
 * @param asked the key, and `from` where the history was asked for from a height on
 */
export function verifyHistoryState(
  answer: unknown,
  asked: { readonly key: Uint8Array; readonly from?: number } | undefined,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine = portableEngine,
): StateVerdict<VerifiedHistory> {
  return guarded(() => {
    const file = readStateBasis(rootOf(answer), 'waymark-state-history/1', ['key', 'from', 'proof', 'changes']);
    const key = readStateKey(file.member('key'));
    const [fromPlace, proofPlace] = [file.member('from'), file.member('proof')];
    if (isAbsent(fromPlace) === isAbsent(proofPlace)) throw new Malformed('', 'either "from" or "proof"');
    const from = isAbsent(fromPlace) ? undefined : readCount(fromPlace);
    const proof = isAbsent(proofPlace) ? undefined : readStateProof(proofPlace);
    const changes = readChanges(file.member('changes'));
    const basis = checkBasis(file, trust, options, engine);
    if (!basis.ok) return basis;
    const foreign = checkAsked(asked?.key, key, '/key');
    if (foreign !== undefined) return foreign;
    if (asked !== undefined && asked.from !== from)
      return refuse('STATE_KEY_FOREIGN', '/from', { expected: asked.from ?? 'now', found: from ?? 'now' });
    if (proof !== undefined && !verifyStateProof(engine.hashing, basis.root, key, proof))
      return refuse('STATE_PROOF_INVALID', '/proof', { height: file.height });
    const present = proof?.present;
    const begin = from ?? present?.changedAt;
    const incomplete = refuse<StateCode>('STATE_HISTORY_INVALID', '/changes', { reason: 'INCOMPLETE' });
    if (begin === undefined)
      return changes.length === 0
        ? { ...basis.verified, key, present, versions: [], next: undefined }
        : refuse('STATE_HISTORY_INVALID', '/changes/0', { reason: 'CHANGE_FOREIGN' });
    if (changes.length === 0) return incomplete;
    const found = verifyStateHistory(engine.hashing, basis.root, key, begin, { changes });
    if (!found.ok) return refuse('STATE_HISTORY_INVALID', `/changes/${found.at}`, { reason: found.defect });
    const newest = found.versions[0]?.valueHash;
    if (present !== undefined && (newest === undefined || !equalBytes(engine.hashing.sha256(present.value), newest)))
      return refuse('STATE_HISTORY_INVALID', '/changes/0', { reason: 'VALUE_FOREIGN' });
    return { ...basis.verified, key, present, versions: found.versions, next: found.next };
  });
}

function guarded<T extends StateBasis>(run: () => StateVerdict<T>): StateVerdict<T> {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof Malformed)
      return refuse<StateCode>('STATE_MALFORMED', cause.where, { expected: cause.expected });
    throw cause;
  }
}

/** Trust root, certificate, time and height; gives the certified root. */
function checkBasis(
  file: StateFileBasis,
  trust: TrustRoot,
  options: VerifyOptions,
  engine: VerifyingEngine,
): { readonly ok: true; readonly root: Uint8Array; readonly verified: StateBasis } | Defect<StateCode> {
  if (!verifyTrustMatches(file, trust))
    return refuse('TRUST_ROOT_FOREIGN', '/genesisHash', { expected: trust.genesisHash, found: file.genesisHash });
  const committee = trustedCommitteeOf(trust, engine.hashing);
  const anchor = checkAnchor(file.anchor, committee, options, engine);
  if (!anchor.ok) return anchor;
  const { header, verified } = anchor.value;
  if (file.height !== header.height - 1)
    return refuse('STATE_HEIGHT_WRONG', '/height', { expected: header.height - 1, found: file.height });
  return {
    ok: true,
    root: header.parentStateRoot,
    verified: { ok: true, chainId: trust.chainId, anchor: verified, height: file.height },
  };
}

function checkAsked(
  asked: Uint8Array | undefined,
  shown: Uint8Array,
  where: string,
): Defect<'STATE_KEY_FOREIGN'> | undefined {
  return asked === undefined || equalBytes(asked, shown)
    ? undefined
    : refuse('STATE_KEY_FOREIGN', where, { expected: toHex(asked), found: toHex(shown) });
}
