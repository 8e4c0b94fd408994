import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { nativeHashing, openNativeSigner } from '@waymark/accel/node';
import {
  assembleTransaction,
  buildTransaction,
  encodeTrustRoot,
  trustRootOf,
  type TrustRoot,
} from '@waymark/ledger/chain';
import { fromBase64, fromUtf8, toBase64, toHex, utf8 } from '@waymark/ledger/primitives';
import type { LedgerModule } from '@waymark/ledger/runtime';
import { verifyHistoryState, verifyKeyState, verifyRangeState } from '@waymark/light-client';
import { startInProcessLedger, type InProcessLedger } from '@waymark/node/in-process';
import { callRpc, testGenesis, until, type TestGenesis } from '../../../node/src/testing/consortium.js';
import { runCommandLine } from '../command-line.js';

/** Marks on lots, as regulators will make them: one key a lot and kind, `9 || 'm' || lot || 0 || kind`. */
const marks: LedgerModule = {
  number: 9,
  kinds: ['marks.set', 'marks.lift'],
  execute(_context, body, state) {
    const [mark = '', text = ''] = fromUtf8(body.content).split('=');
    const key = utf8(`m${mark.replace('/', '\0')}`);
    if (body.kind === 'marks.set') state.put(key, utf8(text));
    else state.delete(key);
    return { events: [] };
  },
};

describe('what a node proves of its state', () => {
  let of: TestGenesis;
  let trust: TrustRoot;
  let ledger: InProcessLedger;
  const scratch = mkdtempSync(path.join(tmpdir(), 'waymark-state-'));
  beforeAll(async () => {
    of = testGenesis(1);
    trust = trustRootOf(nativeHashing, of.genesis);
    writeFileSync(path.join(scratch, 'trust.json'), encodeTrustRoot(trust));
    ledger = await startInProcessLedger({
      genesis: of.bytes,
      seeds: of.consensusSeeds,
      modules: [marks],
      pacing: { minBlockMs: 1 },
    });
  });
  afterAll(async () => {
    await ledger.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  const call = <T = unknown>(method: string, params: object): Promise<T> => callRpc<T>(ledger.rpcUrl, method, params);
  let salt = 0;
  /** Makes a mark final, with the header after it; gives its height. */
  async function mark(kind: 'marks.set' | 'marks.lift', content: string): Promise<number> {
    const signer = openNativeSigner(of.organisationSeeds['processor'] as Uint8Array);
    const unsigned = buildTransaction(nativeHashing, {
      genesisHash: of.genesisHash,
      sender: 'processor',
      expiryHeight: 1_000 + (salt += 1),
      proceed: false,
      bodies: [{ kind, content: utf8(content) }],
    });
    const bytes = assembleTransaction(unsigned, [
      { publicKey: signer.publicKey, signature: signer.sign(unsigned.signedBytes) },
    ]);
    await call('submitTransaction', { transaction: toBase64(bytes) });
    const txId = toHex(unsigned.txId);
    let height = 0;
    await until('final', async () => {
      const found = await call<{ state: string; height?: number }>('transaction', { txId });
      height = found.height ?? 0;
      return found.state === 'final';
    });
    await ledger.waitForHeight(height + 1);
    return height;
  }

  const own = (text: string): string => toBase64(utf8(`m${text}`));
  const whole = (text: string): Uint8Array => utf8(`\x09m${text}`);
  const now = (): { nowMs: number } => ({ nowMs: Date.now() });
  const proofOf = (text: string): Promise<object> => call('stateProof', { module: 9, key: own(text) });
  const rangeOf = (text: string): Promise<object> => call('stateRange', { module: 9, prefix: own(text) });
  const historyOf = (text: string, more: object = {}): Promise<object> =>
    call('stateHistory', { module: 9, key: own(text), ...more });

  it('tells whoever asks that a lot is not recalled, that it is, and what was said of it before', async () => {
    await mark('marks.set', 'LOT-10/recall=a neighbour');
    const key = whole('LOT-1\0recall');
    expect(verifyKeyState(await proofOf('LOT-1\0recall'), key, trust, now())).toMatchObject({
      ok: true,
      present: undefined,
    });
    expect(verifyRangeState(await rangeOf('LOT-1\0'), whole('LOT-1\0'), trust, now())).toMatchObject({
      ok: true,
      entries: [],
    });

    const first = await mark('marks.set', 'LOT-1/recall=glass in the jar');
    const second = await mark('marks.set', 'LOT-1/recall=glass; tell every shop');
    await mark('marks.set', 'LOT-1/hold=for 72 hours');
    const present = verifyKeyState(await proofOf('LOT-1\0recall'), key, trust, now());
    if (!present.ok) throw new Error(present.code);
    expect(fromUtf8(present.present?.value as Uint8Array)).toBe('glass; tell every shop');
    expect(present.present?.changedAt).toBe(second);
    expect(present.anchor.signedBy).toHaveLength(1);
    const range = verifyRangeState(await rangeOf('LOT-1\0'), whole('LOT-1\0'), trust, now());
    expect(range.ok && range.entries.map(({ value }) => fromUtf8(value))).toEqual([
      'for 72 hours',
      'glass; tell every shop',
    ]);
    const history = verifyHistoryState(await historyOf('LOT-1\0recall'), { key }, trust, now());
    if (!history.ok) throw new Error(history.code);
    expect(history.versions.map(({ height, value }) => [height, value && fromUtf8(value)])).toEqual([
      [second, 'glass; tell every shop'],
      [first, 'glass in the jar'],
    ]);
    expect(history.next).toBeUndefined();

    const lifted = await mark('marks.lift', 'LOT-1/recall');
    expect(verifyKeyState(await proofOf('LOT-1\0recall'), key, trust, now())).toMatchObject({ present: undefined });
    const end = verifyHistoryState(
      await historyOf('LOT-1\0recall', { from: lifted }),
      { key, from: lifted },
      trust,
      now(),
    );
    expect(end.ok && end.versions.map(({ height }) => height)).toEqual([lifted, second, first]);
  });

  it('is not believed with one byte flipped, wherever, nor by another chain, nor for another height', async () => {
    await mark('marks.set', 'LOT-3/recall=yes');
    const answer = (await proofOf('LOT-3\0recall')) as {
      height: number;
      anchor: { header: string };
      proof: { present: { value: string }; steps: { sibling: string }[] };
    };
    const key = whole('LOT-3\0recall');
    const flip = (text: string, at: number): string => {
      const bytes = fromBase64(text);
      bytes[at] = (bytes[at] as number) ^ 1;
      return toBase64(bytes);
    };
    const codeOf = (bent: unknown, by = trust): string | undefined => {
      const verdict = verifyKeyState(bent, key, by, now());
      return verdict.ok ? undefined : verdict.code;
    };
    const changed = (change: (copy: typeof answer) => void): string | undefined => {
      const copy = JSON.parse(JSON.stringify(answer)) as typeof answer;
      change(copy);
      return codeOf(copy);
    };
    expect(codeOf(answer)).toBeUndefined();
    expect(changed((copy) => (copy.proof.present.value = flip(copy.proof.present.value, 0)))).toBe(
      'STATE_PROOF_INVALID',
    );
    for (const at of answer.proof.steps.keys())
      expect(
        changed((copy) => {
          const step = copy.proof.steps[at] as { sibling: string };
          step.sibling = flip(step.sibling, 31);
        }),
      ).toBe('STATE_PROOF_INVALID');
    expect(changed((copy) => (copy.anchor.header = flip(copy.anchor.header, 400)))).toBe('CERTIFICATE_INVALID');
    expect(changed((copy) => (copy.height += 1))).toBe('STATE_HEIGHT_WRONG');
    const foreign = trustRootOf(nativeHashing, testGenesis(1).genesis);
    expect(codeOf(answer, foreign)).toBe('TRUST_ROOT_FOREIGN');
  });

  it('is checked at the command line too', async () => {
    await mark('marks.set', 'LOT-4/recall=\u001b[2Jsince noon');
    const say = async (answer: object): Promise<[number, string]> => {
      writeFileSync(path.join(scratch, 'answer.json'), JSON.stringify(answer));
      let said = '';
      const code = await runCommandLine(['verify', 'answer.json', '--trust', 'trust.json', '--lang', 'en'], {
        out: (text) => (said += text),
        err: (text) => (said += text),
        env: {},
        folder: scratch,
        now: () => new Date(),
      });
      return [code, said];
    };
    const [code, said] = await say(await rangeOf('LOT-4'));
    expect([code, said]).toEqual([0, expect.stringMatching(/^VERIFIED\n[^]*1 entries begin so[^]*since noon/)]);
    expect(said).not.toContain('\u001b');
    expect(await say(await proofOf('LOT-5\0recall'))).toEqual([0, expect.stringContaining('is not in the state')]);
    expect(await say(await historyOf('LOT-4\0recall'))).toEqual([0, expect.stringContaining('nothing older')]);
    expect(await say({ ...(await rangeOf('LOT-4')), height: 1 })).toEqual([
      1,
      expect.stringMatching(/^REFUSED: STATE_HEIGHT_WRONG\nThe answer names another block/),
    ]);
  });

  it('is bounded: what asks for too much is refused with a code', async () => {
    const refused = (code: string): object => ({ rpc: { code: -32000, data: { code } } });
    const many = Array.from({ length: 1_001 }, (_, at) => `BULK-${at}`);
    for (let from = 0; from < many.length; from += 500) {
      const signer = openNativeSigner(of.organisationSeeds['processor'] as Uint8Array);
      const unsigned = buildTransaction(nativeHashing, {
        genesisHash: of.genesisHash,
        sender: 'processor',
        expiryHeight: 5_000 + from,
        proceed: false,
        bodies: many.slice(from, from + 500).map((lot) => ({ kind: 'marks.set', content: utf8(`${lot}/x=1`) })),
      });
      const bytes = assembleTransaction(unsigned, [
        { publicKey: signer.publicKey, signature: signer.sign(unsigned.signedBytes) },
      ]);
      await call('submitTransaction', { transaction: toBase64(bytes) });
      await until(
        'final',
        async () => (await call<{ state: string }>('transaction', { txId: toHex(unsigned.txId) })).state === 'final',
      );
    }
    await ledger.waitForHeight(ledger.finalHeight() + 1);
    await expect(rangeOf('BULK')).rejects.toMatchObject(refused('STATE_RANGE_TOO_LARGE'));
    const hundred = verifyRangeState(await rangeOf('BULK-99'), undefined, trust, now());
    expect(hundred.ok && hundred.entries).toHaveLength(11);
    await expect(historyOf('LOT-1\0recall', { from: 1 })).rejects.toMatchObject(refused('STATE_HISTORY_UNKNOWN'));
    await expect(historyOf('LOT-1\0recall', { from: 1_000_000 })).rejects.toMatchObject(
      refused('STATE_HISTORY_UNKNOWN'),
    );
    for (const params of [
      { module: 0, key: '' },
      { module: 9, key: 'AA' },
      { module: 9, key: toBase64(new Uint8Array(512)) },
    ])
      await expect(call('stateProof', params)).rejects.toMatchObject({ rpc: { code: -32602 } });
    await expect(historyOf('LOT-1', { limit: 101 })).rejects.toMatchObject({ rpc: { code: -32602 } });
  });

  it('is the same after a restart', async () => {
    await mark('marks.set', 'LOT-6/recall=kept');
    await ledger.restart();
    await mark('marks.set', 'LOT-7/recall=later');
    const verdict = verifyKeyState(await proofOf('LOT-6\0recall'), undefined, trust, now());
    expect(verdict.ok && fromUtf8(verdict.present?.value as Uint8Array)).toBe('kept');
  });
});
