import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { publicKeyOf, signMessage, verifySignature } from '@waymark/accel/portable';
import { fromHex, toHex, utf8 } from '../primitives/index.js';
import { encodeNodePass, judgeNodePass, nodePassBytes, nodePassLifeMaxMs, parseNodePass } from './index.js';
import type { NodePass, NodePassFacts } from './index.js';

const seed = new Uint8Array(32).fill(7);
const publicKey = toHex(publicKeyOf(seed));
const genesisHash = 'aa'.repeat(32);
const nowMs = 1_800_000_000_000;
const facts: NodePassFacts = {
  genesisHash,
  account: 'importer',
  node: 'importer-1',
  p2pKey: 'bb'.repeat(32),
  role: 'full',
  expiresMs: nowMs + 86_400_000,
};
const passOf = (changed: Partial<NodePassFacts> = {}, by = seed): NodePass => {
  const signed = { ...facts, ...changed };
  return {
    format: 'waymark-node-pass/1',
    ...signed,
    publicKey: toHex(publicKeyOf(by)),
    signature: toHex(signMessage(by, nodePassBytes(signed))),
  };
};
const keysOf = (account: string) => (account === 'importer' ? [publicKey] : []);
const judge = (pass: NodePass) =>
  judgeNodePass(pass, { keysOf, genesisHash: fromHex(genesisHash), p2pKey: facts.p2pKey, nowMs });
const codeOf = (pass: NodePass) => {
  const answer = judge(pass);
  return answer.ok ? (verifySignature(answer.value) ? 'welcome' : 'signature') : answer.refusal.code;
};

describe('the pass of a full node', () => {
  it('is signed over these bytes', () => {
    expect(toHex(nodePassBytes(facts))).toBe(
      [
        toHex(utf8('waymark/node-pass/1')),
        '01',
        genesisHash,
        toHex(utf8('importer')),
        '00',
        toHex(utf8('importer-1')),
        '00',
        facts.p2pKey,
        '02',
        (nowMs + 86_400_000).toString(16).padStart(16, '0'),
      ].join(''),
    );
  });

  it('comes back from its bytes, and lets its node in', () => {
    const read = parseNodePass(encodeNodePass(passOf()));
    expect(read).toEqual({ ok: true, value: passOf() });
    expect(codeOf(passOf())).toBe('welcome');
  });

  it.each([
    ['another chain', passOf({ genesisHash: 'ac'.repeat(32) }), 'GENESIS_FOREIGN'],
    ['another node', passOf({ p2pKey: 'bc'.repeat(32) }), 'NODE_PASS_KEY_DIFFERS'],
    ['a time that is over', passOf({ expiresMs: nowMs }), 'NODE_PASS_EXPIRED'],
    ['all eternity', passOf({ expiresMs: nowMs + nodePassLifeMaxMs + 1 }), 'NODE_PASS_TOO_LONG'],
    ['an account that is not there', passOf({ account: 'stranger' }), 'NODE_PASS_SIGNER_UNKNOWN'],
    ['a key that is not the organisation’s', passOf({}, new Uint8Array(32).fill(8)), 'NODE_PASS_SIGNER_UNKNOWN'],
  ])('is refused when it is for %s', (_what, pass, code) => {
    expect(codeOf(pass)).toBe(code);
  });

  it('holds only as it was signed: whatever is changed afterwards breaks the signature', () => {
    const pass = passOf();
    for (const changed of [
      { node: 'importer-2' },
      { expiresMs: pass.expiresMs + 1 },
      { signature: `${pass.signature.slice(0, -2)}00` },
    ])
      expect(codeOf({ ...pass, ...changed })).toBe('signature');
  });

  it.each([
    [{ account: 'No Account' }, '/account'],
    [{ node: 'a/b' }, '/node'],
    [{ role: 'validator' }, '/role'],
    [{ p2pKey: 'BB'.repeat(32) }, '/p2pKey'],
    [{ expiresMs: 1.5 }, '/expiresMs'],
    [{ more: 1 }, '/more'],
  ])('is malformed with %j', (changed, pointer) => {
    const bytes = encodeNodePass({ ...passOf(), ...changed } as NodePass);
    expect(parseNodePass(bytes)).toMatchObject({ ok: false, refusal: { code: 'NODE_PASS_MALFORMED', pointer } });
  });

  it('is read from any bytes without an error', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => !parseNodePass(bytes).ok));
    expect(parseNodePass(utf8(' '.repeat(3_000)))).toMatchObject({ ok: false });
  });
});
