import { beforeAll, describe, expect, it } from '@jest/globals';
import { fromBase64, utf8 } from '@waymark/ledger/primitives';
import type { StoryRecord } from '@waymark/provenance/trace';
import { openSampleChain, type SampleChain } from '../../../../test/support/sample-chain.js';
import { tellPageStory } from './tell-page-story.js';

const LOT = 'https://id.gs1.org/01/09521005001010/10/CAN-2510-30';
let sample: SampleChain;
beforeAll(() => {
  sample = openSampleChain({ nowMs: Date.UTC(2026, 1, 1) });
});

/** The page about an item, from the sample's records and others. */
function page(id: string, others: readonly StoryRecord[] = []) {
  const answer = sample.storyOf(sample.canId);
  const records = answer.records.map(({ content, context, ...record }) => ({
    ...record,
    content: fromBase64(content),
    ...(context === undefined ? {} : { context: fromBase64(context) }),
  }));
  return tellPageStory(id, [...records, ...others], answer.organisations);
}

/** Records that another member of the consortium signs about somebody else's goods; the ledger takes them, with a warning. */
const by = (sender: string, kind: StoryRecord['kind'], value: unknown, bodyIndex: number): StoryRecord => ({
  txId: 'ff'.repeat(32),
  bodyIndex,
  height: 999,
  kind,
  sender,
  content: utf8(JSON.stringify(value)),
});
const claims = (sender: string): StoryRecord[] => [
  by(
    sender,
    'epcis.masterdata',
    {
      type: 'urn:epcglobal:epcis:vtype:EPCClass',
      element: {
        id: 'https://id.gs1.org/01/09521005001010',
        attributes: [{ id: 'urn:epcglobal:cbv:mda#descriptionShort', attribute: 'Somebody else’s fish' }],
      },
    },
    0,
  ),
  by(
    sender,
    'epcis.event',
    {
      type: 'ObjectEvent',
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
      eventTime: '2026-01-20T00:00:00.000Z',
      eventTimeZoneOffset: '+00:00',
      action: 'ADD',
      bizStep: 'commissioning',
      quantityList: [{ epcClass: LOT, quantity: 1 }],
      bizLocation: { id: 'https://id.gs1.org/414/9521001000106' },
    },
    1,
  ),
];

describe('what the page says of who made a product and what it is called', () => {
  it.each(['the can', 'its lot'])('follows the owner of its number, whatever another member signs about %s', (what) => {
    const id = what === 'the can' ? sample.canId : LOT;
    const honest = page(id);
    const claimed = page(id, claims('hatchery'));
    expect(claimed?.steps.length).toBe((honest?.steps.length ?? 0) + 1);
    expect(honest?.maker?.en).toBe('Harbour Foods');
    expect(claimed?.maker).toEqual(honest?.maker);
    expect(claimed?.name).toEqual(honest?.name);
    expect(claimed?.origins).toEqual(honest?.origins);
  });

  it('takes the word of whoever speaks of goods that are no member’s', () => {
    const strange = 'urn:example:crate:1';
    const event = by(
      'hatchery',
      'epcis.event',
      {
        type: 'ObjectEvent',
        '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
        eventTime: '2026-01-20T00:00:00.000Z',
        eventTimeZoneOffset: '+00:00',
        action: 'ADD',
        bizStep: 'commissioning',
        epcList: [strange],
      },
      0,
    );
    expect(page(strange, [event])?.maker?.en).toMatch(/Hatchery/);
  });
});

describe('whether it was recalled', () => {
  const stating = (sender: string, disposition: string, day: number): StoryRecord =>
    by(
      sender,
      'epcis.event',
      {
        type: 'ObjectEvent',
        '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
        eventTime: `2026-01-${day}T00:00:00.000Z`,
        eventTimeZoneOffset: '+00:00',
        action: 'OBSERVE',
        bizStep: 'inspecting',
        disposition,
        epcList: [sample.canId],
      },
      day,
    );
  const told = (...more: StoryRecord[]) => {
    const { recall, recallClaims = [] } = page(sample.canId, more) ?? {};
    return [recall?.by.en, recallClaims.map(({ en }) => en)];
  };

  it('is said by the maker, and stands until the maker says otherwise', () => {
    const maker = sample.storyOf(sample.canId).organisations;
    const account = Object.keys(maker).find((one) => maker[one]?.en === 'Harbour Foods') ?? '';
    const recalled = stating(account, 'recalled', 20);
    expect(told()).toEqual([undefined, []]);
    expect(told(recalled)).toEqual(['Harbour Foods', []]);
    expect(told(recalled, stating('hatchery', 'sellable_accessible', 21))).toEqual(['Harbour Foods', []]);
    expect(told(recalled, stating(account, 'conformant', 22))).toEqual([undefined, []]);
  });

  it('is no state when a supplier says it who neither made nor holds it: their word, with their name', () => {
    const [state, claims] = told(stating('hatchery', 'recalled', 20));
    expect(state).toBeUndefined();
    expect(claims).toEqual([expect.stringMatching(/Hatchery/)]);
  });
});
