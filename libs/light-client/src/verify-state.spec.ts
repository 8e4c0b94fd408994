import { describe, expect, it } from '@jest/globals';
import { portableHashing as hashing } from '@waymark/accel/portable';
import { encodeHeader } from '@waymark/ledger/chain';
import { parseBase64, toBase64, toHex, utf8 } from '@waymark/ledger/primitives';
import {
  applyChanges,
  keyText,
  openState,
  proveHistory,
  putEntries,
  stateHistoryJson,
  stateProofJson,
  stateRangeJson,
  type StateHistoryAnswer,
  type StateOverlay,
  type StateProofAnswer,
  type StateRangeAnswer,
  type StateView,
} from '@waymark/ledger/state';
import { openSmallChain } from '../../../test/support/small-chain.js';
import { verifyHistoryState, verifyKeyState, verifyRangeState } from './verify-state.js';

const records = new Map<string, Uint8Array>();
const base = openState(hashing, { get: (key) => records.get(toHex(key)) });
const write = (height: number, entries: readonly (readonly [string, string | null])[]): void => {
  const changes = new Map(
    entries.map(([name, value]) => {
      const key = utf8(name);
      return [keyText(key), { key, value: value === null ? null : utf8(value) }] as const;
    }),
  );
  const overlay: StateOverlay = applyChanges(hashing, base, changes, height);
  for (const [key, value] of overlay.writes)
    if (value === null) records.delete(toHex(key));
    else records.set(toHex(key), value);
  overlay.flushed();
};
// Marks of lots under module 3, as recalls will be: 3 || 'm' || lot || 0 || kind.
write(0, [['\x03p', 'parameters']]);
write(1, [
  ['\x03mLOT-1\x00hold', 'a look is taken'],
  ['\x03mLOT-10\x00recall', 'another lot'],
  ['\x03i1', 'item'],
]);
write(2, [
  ['\x03mLOT-1\x00recall', 'out of the shops'],
  ['\x03mLOT-1\x00hold', 'longer'],
]);

const chain = openSmallChain();
for (let at = 0; at < 5; at += 1) chain.append([]);
const options = { nowMs: chain.timeMs };
/** A header that a quorum signed, whose parent state is this one. */
function anchorOf(of: typeof chain, view: StateView): { anchor: StateProofAnswer['anchor']; height: number } {
  const header = { ...of.block(4).header, parentStateRoot: view.root };
  const bytes = encodeHeader(header);
  const certificate = of.certify({ header, hash: hashing.sha256(bytes) });
  return { anchor: { header: toBase64(bytes), certificate }, height: 3 };
}
const basis = {
  chainId: chain.trust.chainId,
  genesisHash: chain.trust.genesisHash,
  ...anchorOf(chain, base),
};
const keyAnswer = (key: string): StateProofAnswer => ({
  format: 'waymark-state-proof/1',
  ...basis,
  key: toBase64(utf8(key)),
  proof: stateProofJson(base.prove(utf8(key))),
});
const rangeAnswer = (prefix: string): StateRangeAnswer => ({
  format: 'waymark-state-range/1',
  ...basis,
  prefix: toBase64(utf8(prefix)),
  range: stateRangeJson(base.proveRange(utf8(prefix))),
});
const historyAnswer = (key: string, from?: number, limit = 9): StateHistoryAnswer => {
  const proof = base.prove(utf8(key));
  const begin = from ?? proof.present?.changedAt;
  const history = begin === undefined ? undefined : proveHistory(hashing, base, utf8(key), begin, limit);
  return {
    format: 'waymark-state-history/1',
    ...basis,
    key: toBase64(utf8(key)),
    ...(from === undefined ? { proof: stateProofJson(proof) } : { from }),
    changes: history === undefined ? [] : stateHistoryJson(history),
  };
};

const checkKey = (answer: unknown, key?: string): ReturnType<typeof verifyKeyState> =>
  verifyKeyState(answer, key === undefined ? undefined : utf8(key), chain.trust, options);
const checkRange = (answer: unknown, prefix?: string): ReturnType<typeof verifyRangeState> =>
  verifyRangeState(answer, prefix === undefined ? undefined : utf8(prefix), chain.trust, options);
const checkHistory = (answer: unknown, key?: string, from?: number): ReturnType<typeof verifyHistoryState> =>
  verifyHistoryState(
    answer,
    key === undefined ? undefined : { key: utf8(key), ...(from === undefined ? {} : { from }) },
    chain.trust,
    options,
  );
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString();
const codeOf = (verdict: { readonly ok: boolean; readonly code?: string }): string | undefined =>
  verdict.ok ? undefined : verdict.code;

const RECALL = '\x03mLOT-1\x00recall';

describe('a proof of the state', () => {
  it('shows a key with its value and since when, under a header that the supervisors signed', () => {
    const verdict = checkKey(keyAnswer(RECALL), RECALL);
    if (!verdict.ok) throw new Error(verdict.code);
    expect([text(verdict.present?.value), verdict.present?.changedAt, verdict.height]).toEqual([
      'out of the shops',
      2,
      3,
    ]);
    expect(verdict.anchor).toMatchObject({ height: 4, of: 4, quorum: 3 });
  });

  it('shows that a lot is not recalled: no such key, and no mark at all', () => {
    const verdict = checkKey(keyAnswer('\x03mLOT-2\x00recall'), '\x03mLOT-2\x00recall');
    expect(verdict).toMatchObject({ ok: true, present: undefined });
    expect(checkRange(rangeAnswer('\x03mLOT-2\x00'), '\x03mLOT-2\x00')).toMatchObject({ ok: true, entries: [] });
  });

  it('shows all marks of a lot, and none of its neighbours', () => {
    const verdict = checkRange(rangeAnswer('\x03mLOT-1\x00'), '\x03mLOT-1\x00');
    expect(verdict.ok && verdict.entries.map(({ value, changedAt }) => [text(value), changedAt])).toEqual([
      ['longer', 2],
      ['out of the shops', 2],
    ]);
  });

  it('shows what a key was before', () => {
    const hold = '\x03mLOT-1\x00hold';
    const verdict = checkHistory(historyAnswer(hold), hold);
    expect(verdict.ok && [verdict.versions.map(({ height, value }) => [height, text(value)]), verdict.next]).toEqual([
      [
        [2, 'longer'],
        [1, 'a look is taken'],
      ],
      undefined,
    ]);
    const piece = checkHistory(historyAnswer(hold, undefined, 1), hold);
    expect(piece.ok && piece.next).toBe(1);
    expect(checkHistory(historyAnswer(hold, 1), hold, 1)).toMatchObject({ ok: true, present: undefined });
    expect(checkHistory(historyAnswer('nobody'), 'nobody')).toMatchObject({ ok: true, versions: [] });
  });
});

describe('a proof of the state that is not one', () => {
  it('is refused for another chain, too few signatures, a wrong height, another key, and a clock far off', () => {
    const foreign = openSmallChain('foreign');
    for (let at = 0; at < 5; at += 1) foreign.append([]);
    const answer = keyAnswer(RECALL);
    const other = {
      ...answer,
      chainId: foreign.trust.chainId,
      genesisHash: foreign.trust.genesisHash,
      ...anchorOf(foreign, base),
    };
    expect(codeOf(checkKey(other, RECALL))).toBe('TRUST_ROOT_FOREIGN');
    // Relabelled as ours, it is signed by others.
    const relabelled = { ...other, chainId: answer.chainId, genesisHash: answer.genesisHash };
    expect(codeOf(checkKey(relabelled, RECALL))).toBe('CERTIFICATE_INVALID');
    const { certificate } = answer.anchor;
    const few = { bitmap: 1, signatures: certificate.signatures.slice(0, 1) };
    expect(codeOf(checkKey({ ...answer, anchor: { ...answer.anchor, certificate: few } }, RECALL))).toBe(
      'CERTIFICATE_TOO_FEW',
    );
    expect(codeOf(checkKey({ ...answer, height: 4 }, RECALL))).toBe('STATE_HEIGHT_WRONG');
    expect(codeOf(checkKey(answer, '\x03mLOT-2\x00recall'))).toBe('STATE_KEY_FOREIGN');
    expect(codeOf(checkRange(rangeAnswer('\x03m'), '\x03mLOT-1'))).toBe('STATE_KEY_FOREIGN');
    expect(codeOf(checkHistory(historyAnswer(RECALL), RECALL, 2))).toBe('STATE_KEY_FOREIGN');
    const at = (nowMs: number): string | undefined =>
      codeOf(verifyKeyState(answer, utf8(RECALL), chain.trust, { nowMs }));
    expect([at(chain.timeMs - 86_400_000), at(chain.timeMs + 31 * 86_400_000)]).toEqual([
      'ANCHOR_IN_FUTURE',
      'ANCHOR_EXPIRED',
    ]);
  });

  it('is refused when its key or prefix is relabelled, or a part is left out', () => {
    const answer = keyAnswer('\x03mLOT-2\x00recall');
    expect(codeOf(checkKey({ ...answer, key: toBase64(utf8(RECALL)) }, RECALL))).toBe('STATE_PROOF_INVALID');
    const none = rangeAnswer('\x03mLOT-2\x00');
    const claim = { ...none, prefix: toBase64(utf8('\x03mLOT-1\x00')) };
    expect(codeOf(checkRange(claim, '\x03mLOT-1\x00'))).toBe('STATE_RANGE_INVALID');
    const marks = rangeAnswer('\x03mLOT-1\x00');
    const fewer = { ...marks, range: { ...marks.range, entries: marks.range.entries.slice(0, 1) } };
    expect(codeOf(checkRange(fewer, '\x03mLOT-1\x00'))).toBe('STATE_RANGE_INVALID');
    const hold = '\x03mLOT-1\x00hold';
    const history = historyAnswer(hold);
    const reasons = [history.changes.slice(1), [], [...history.changes].reverse()].map((changes) => {
      const verdict = checkHistory({ ...history, changes }, hold);
      return verdict.ok ? undefined : [verdict.code, verdict.facts['reason']];
    });
    expect(reasons).toEqual([
      ['STATE_HISTORY_INVALID', 'CHANGE_FOREIGN'],
      ['STATE_HISTORY_INVALID', 'INCOMPLETE'],
      ['STATE_HISTORY_INVALID', 'CHANGE_FOREIGN'],
    ]);
  });

  it('is refused when the state and what its last change says of it are not the same', () => {
    const key = utf8(RECALL);
    const forged = putEntries(hashing, base, [{ key, changedAt: 2, value: utf8('nothing happened') }]);
    const history = proveHistory(hashing, forged, key, 2, 9);
    const answer = {
      ...historyAnswer(RECALL),
      ...anchorOf(chain, forged),
      proof: stateProofJson(forged.prove(key)),
      changes: stateHistoryJson(history ?? { changes: [] }).map(({ value: _value, ...change }) => change),
    };
    const verdict = checkHistory(answer, RECALL);
    expect(verdict.ok ? undefined : [verdict.code, verdict.facts['reason']]).toEqual([
      'STATE_HISTORY_INVALID',
      'VALUE_FOREIGN',
    ]);
  });

  it('is refused when any byte of it is another', () => {
    /** Every answer in which one bit of one base64 text, or one number, is another. */
    function* bent(value: unknown): Generator<unknown> {
      if (typeof value === 'string') {
        const bytes = parseBase64(value);
        if (bytes === undefined) yield `${value}x`;
        else
          for (const at of bytes.keys()) {
            const other = bytes.slice();
            other[at] = (other[at] as number) ^ (1 << (at % 8));
            yield toBase64(other);
          }
      } else if (typeof value === 'number') yield value + 1;
      else if (Array.isArray(value))
        for (const [at, item] of value.entries()) for (const other of bent(item)) yield value.with(at, other);
      else if (typeof value === 'object' && value !== null)
        for (const [name, member] of Object.entries(value))
          if (name !== 'anchor') for (const other of bent(member)) yield { ...value, [name]: other };
    }
    const hold = '\x03mLOT-1\x00hold';
    const checks = [
      [keyAnswer(RECALL), (answer: unknown) => checkKey(answer, RECALL)],
      [keyAnswer('\x03mLOT-2'), (answer: unknown) => checkKey(answer, '\x03mLOT-2')],
      [rangeAnswer('\x03mLOT-1\x00'), (answer: unknown) => checkRange(answer, '\x03mLOT-1\x00')],
      [historyAnswer(hold), (answer: unknown) => checkHistory(answer, hold)],
    ] as const;
    let tried = 0;
    // The certificate has its own tests; here its signatures would be checked thousands of times.
    const quick = { hashing, verifySignature: () => true };
    for (const [answer] of checks)
      for (const other of bent(answer)) {
        const given = other as { readonly format: string };
        const verdict = given.format.startsWith('waymark-state-proof')
          ? verifyKeyState(other, keyOf(answer), chain.trust, options, quick)
          : given.format.startsWith('waymark-state-range')
            ? verifyRangeState(other, keyOf(answer), chain.trust, options, quick)
            : verifyHistoryState(other, { key: keyOf(answer) }, chain.trust, options, quick);
        if (verdict.ok) throw new Error(`believed: ${JSON.stringify(other)}`);
        tried += 1;
      }
    for (const [answer, check] of checks) expect(check(answer).ok).toBe(true);
    expect(tried).toBeGreaterThan(1_400);
    function keyOf(answer: { readonly key?: string; readonly prefix?: string }): Uint8Array {
      return parseBase64(answer.key ?? answer.prefix ?? '') as Uint8Array;
    }
  });

  it('is malformed with a member too many, a bound passed, or as something else', () => {
    const answer = keyAnswer(RECALL);
    const step = { bit: 1, sibling: toBase64(new Uint8Array(32)) };
    for (const odd of [
      null,
      'text',
      [],
      {},
      { ...answer, more: 1 },
      { ...answer, format: 'waymark-state-proof/2' },
      { ...answer, key: toBase64(new Uint8Array(513)) },
      { ...answer, proof: { ...answer.proof, steps: new Array(4_610).fill(step) } },
      { ...answer, proof: { ...answer.proof, steps: [{ ...step, more: 1 }] } },
    ])
      expect(codeOf(checkKey(odd, RECALL))).toBe('STATE_MALFORMED');
    const history = historyAnswer(RECALL);
    expect(codeOf(checkHistory({ ...history, from: 2 }, RECALL))).toBe('STATE_MALFORMED');
    const marks = rangeAnswer('\x03m');
    const many = { ...marks.range, entries: new Array(1_001).fill(marks.range.entries[0]) };
    expect(codeOf(checkRange({ ...marks, range: many }, '\x03m'))).toBe('STATE_MALFORMED');
  });
});
