import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventDigest } from '@waymark/epcis/hash';
import type { JsonObject } from '@waymark/epcis/model';
import type { Evidence } from '@waymark/ledger/chain';
import { toHex } from '@waymark/ledger/primitives';
import { openSampleChain, type SampleChain } from '../../../../test/support/sample-chain.js';
import { checkItem, type StoryDifference } from './check-item.js';
import { CURRENT_MS, markOf, verdictOf, type CheckState } from './check-state.js';
import { LANGUAGES } from './language.js';
import { pageHashing } from './page-hashing.js';
import type { PageStory } from './page-story.js';
import { wordsOf, type RefusalReason } from './words.js';

const nowMs = Date.UTC(2026, 1, 1);
let sample: SampleChain;
let told: PageStory | undefined;

const agree = (story: PageStory): undefined => {
  told = story;
  return undefined;
};
const check = (
  evidence: unknown,
  options: { nowMs?: number; subject?: string; compare?: (story: PageStory) => StoryDifference | undefined } = {},
) => checkItem({ subject: sample.canId, evidence, trust: sample.chain.trust, nowMs, compare: agree, ...options });

beforeAll(() => {
  sample = openSampleChain({ nowMs });
});

describe('the check', () => {
  it('holds when the evidence does and the page says what it says', () => {
    const state = check(sample.evidenceOf(sample.canId));
    expect(state).toMatchObject({ state: 'checked', current: true, chainId: 'sample-chain' });
    expect(told?.steps).toHaveLength(20);
  });

  it('tells the story from the verified bytes as the server tells it from the API’s answer', () => {
    check(sample.evidenceOf(sample.canId));
    expect(told?.name).toEqual({ en: 'Tuna in spring water, can of 185 g', 'zh-CN': '清水金枪鱼罐头 185克' });
    expect(told?.maker).toEqual({ en: 'Harbour Foods', 'zh-CN': '海港食品' });
    expect(told?.identity).toEqual({ gtin: '09521005001010', lot: 'CAN-2510-30', serial: 'C0001' });
    expect(told?.steps.map(({ kind }) => kind)).toEqual([
      'hatch',
      'make',
      'ship',
      'receive',
      'ship',
      'receive',
      'harvest',
      'ship',
      'receive',
      'catch',
      'transship',
      'land',
      'commingle',
      'transform',
      'pack',
      'pack',
      'ship',
      'receive',
      'unpack',
      'unpack',
    ]);
    expect(new Set(told?.steps.map(({ signer }) => signer.en)).size).toBe(6);
  });

  it('is refused with the light client’s code when a byte is off', () => {
    const evidence = JSON.parse(JSON.stringify(sample.evidenceOf(sample.canId))) as {
      anchor: { certificate: { bitmap: number } };
    };
    evidence.anchor.certificate.bitmap = 0b1101;
    expect(check(evidence)).toMatchObject({
      state: 'refused',
      reason: 'CERTIFICATE_INVALID',
      where: '/anchor/certificate',
    });
    expect(check(null)).toMatchObject({ state: 'refused', reason: 'EVIDENCE_MALFORMED' });
  });

  it('is refused when the proof is about something else', () => {
    expect(
      check(sample.evidenceOf(sample.canId), { subject: 'https://id.gs1.org/01/09521005001010/21/C9999' }),
    ).toMatchObject({ state: 'refused', reason: 'ITEM_MISSING' });
  });

  it('is refused when the page shows something else', () => {
    const state = check(sample.evidenceOf(sample.canId), {
      compare: () => ({ steps: ['a'], shown: 'caught with care', signed: 'caught' }),
    });
    expect(state).toMatchObject({
      state: 'refused',
      reason: 'STORY_DIFFERS',
      steps: ['a'],
      facts: { shown: 'caught with care', signed: 'caught' },
    });
  });

  it('leaves out what is not public, even where it is proven', () => {
    const chain = openSampleChain({ nowMs }).chain;
    const body = {
      kind: 'epcis.event',
      content: new TextEncoder().encode(
        JSON.stringify({
          type: 'ObjectEvent',
          action: 'ADD',
          eventTime: '2025-01-01T00:00:00Z',
          eventTimeZoneOffset: '+00:00',
          epcList: [sample.canId],
        }),
      ),
      visibility: 2,
    } as const;
    const [txId] = chain.append([{ sender: 'processor', bodies: [body] }]) as [string];
    chain.append([]);
    const evidence: Evidence = chain.evidence([txId]);
    expect(
      checkItem({ subject: sample.canId, evidence, trust: chain.trust, nowMs: chain.timeMs, compare: agree }),
    ).toMatchObject({ state: 'refused', reason: 'ITEM_MISSING' });
  });

  it('tells a record that its signer opened later, and no longer one that was closed, when the file proves the change', () => {
    const { chain } = openSampleChain({ nowMs });
    const text = (value: object) => new TextEncoder().encode(JSON.stringify(value));
    const content = text({
      type: 'ObjectEvent',
      action: 'ADD',
      eventTime: '2025-01-01T00:00:00Z',
      eventTimeZoneOffset: '+00:00',
      epcList: [sample.canId],
    });
    const append = (kind: string, bytes: Uint8Array, visibility: 1 | 2) =>
      chain.append([{ sender: 'processor', bodies: [{ kind, content: bytes, visibility }] }])[0] as string;
    const captured = append('epcis.event', content, 2);
    const eventKey = toHex(
      eventDigest(JSON.parse(new TextDecoder().decode(content)) as JsonObject, undefined, pageHashing),
    );
    const opened = append('provenance.visibility', text({ eventKey, visibility: 'public' }), 1);
    const closed = append('provenance.visibility', text({ eventKey, visibility: 'own' }), 1);
    chain.append([]);
    const verdict = (...txIds: string[]) =>
      checkItem({
        subject: sample.canId,
        evidence: chain.evidence(txIds),
        trust: chain.trust,
        nowMs: chain.timeMs,
        compare: agree,
      });
    expect(verdict(captured)).toMatchObject({ state: 'refused', reason: 'ITEM_MISSING' });
    expect(verdict(captured, opened)).toMatchObject({ state: 'checked' });
    expect(verdict(captured, opened, closed)).toMatchObject({ state: 'refused', reason: 'ITEM_MISSING' });
  });

  it('is current for ten minutes after the newest word of the ledger', () => {
    expect(check(sample.evidenceOf(sample.canId), { nowMs: nowMs + CURRENT_MS })).toMatchObject({ current: true });
    expect(check(sample.evidenceOf(sample.canId), { nowMs: nowMs + CURRENT_MS + 1 })).toMatchObject({
      state: 'checked',
      current: false,
    });
  });
});

describe('what the page says about it', () => {
  const anchor = {
    height: 7,
    timeMs: nowMs,
    hash: 'ab',
    of: 4,
    quorum: 3,
    signedBy: [1, 2, 3].map((n) => ({ memberId: String(n), class: 2 as const, names: undefined })),
  };
  const checked = { state: 'checked', anchor, current: true, records: 3, chainId: 'c' } as const;
  const refused = (reason: RefusalReason): CheckState => ({
    state: 'refused',
    reason,
    where: '',
    facts: {},
    steps: ['wrong'],
  });
  const states: CheckState[] = [
    { state: 'unchecked' },
    { state: 'checking' },
    checked,
    { ...checked, current: false },
    refused('NOT_ACCEPTED'),
    { state: 'unavailable', reason: 'offline' },
  ];

  it('is green for a current check and for nothing else', () => {
    expect(states.map((state) => verdictOf(state, 'en').tone)).toEqual([
      'grey',
      'grey',
      'green',
      'amber',
      'red',
      'grey',
    ]);
    expect(states.map((state) => markOf(state, 'right'))).toEqual([
      'unchecked',
      'checking',
      'checked',
      'dated',
      'unavailable',
      'unavailable',
    ]);
    expect(markOf(refused('STORY_DIFFERS'), 'wrong')).toBe('refused');
  });

  it('gives each colour a word and an icon, in both languages', () => {
    for (const language of LANGUAGES) {
      const views = states.map((state) => verdictOf(state, language));
      expect(new Set(views.map(({ word }) => word)).size).toBe(views.length);
      expect(views.every(({ sentence, icon }) => sentence !== '' && icon.length > 0)).toBe(true);
    }
  });

  it('counts the supervisors and says how old the proof is', () => {
    expect(verdictOf(checked, 'en').sentence).toBe(
      'Checked on this phone: 3 of 4 supervisors signed this, and each step is signed by the company named.',
    );
    expect(verdictOf({ ...checked, current: false }, 'en').sentence).toContain(
      'as of 1 February 2026, 00:00 UTC, not current',
    );
    expect(verdictOf({ ...checked, current: false }, 'zh-CN').sentence).toContain(
      '截至2026年2月1日 00:00（UTC），并非最新',
    );
  });

  it('has one sentence of its own for every reason, in both languages', () => {
    const reasons: Record<RefusalReason, true> = {
      EVIDENCE_MALFORMED: true,
      TRUST_ROOT_FOREIGN: true,
      GENESIS_MISMATCH: true,
      CERTIFICATE_TOO_FEW: true,
      CERTIFICATE_INVALID: true,
      ANCHOR_IN_FUTURE: true,
      ANCHOR_EXPIRED: true,
      HEADER_PATH_INVALID: true,
      ACCEPTANCE_MISSING: true,
      RECEIPT_PATH_INVALID: true,
      RECEIPT_FOREIGN: true,
      NOT_ACCEPTED: true,
      SIGNATURE_INVALID: true,
      SIGNER_UNKNOWN: true,
      BODY_PATH_INVALID: true,
      CONTEXT_MISSING: true,
      STORY_DIFFERS: true,
      ITEM_MISSING: true,
      TRUST_ROOT_UNREADABLE: true,
    };
    for (const language of LANGUAGES) {
      const sentences = (Object.keys(reasons) as RefusalReason[]).map(wordsOf(language).refused);
      expect(new Set(sentences).size).toBe(Object.keys(reasons).length);
      expect(sentences.every((sentence) => sentence.length > 8)).toBe(true);
    }
  });
});
