/**
 * A consortium's worth of events for measurements: blocks as the feed would hand them to the projector, made one by one so that memory does
 * not grow with their number. The judge is not asked and nothing is signed; views, summaries and rows are the real ones.
 */
import { createHash } from 'node:crypto';
import { checkDigit } from '@waymark/epcis/gs1';
import { utf8 } from '@waymark/ledger/primitives';
import type { FeedBlock, FeedTransaction } from '@waymark/light-client';

export interface ManyEventsOptions {
  readonly events: number;
  /** Companies; each ships to the next. */
  readonly members: readonly { readonly account: string; readonly prefix: string }[];
  readonly fromMs: number;
  readonly toMs: number;
}

const EVENTS_A_TRANSACTION = 100;
const TRANSACTIONS_A_BLOCK = 20;
/** Events of one chain of custody. */
const CHAIN = 5;
const ITEMS = 200;
const PLACES = 40;

const context = utf8(JSON.stringify(['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld']));
const hashOf = (text: string) => createHash('sha256').update(text).digest();
const gtin = (prefix: string, item: number) => {
  const digits = `0${prefix}${String(item).padStart(5, '0')}`;
  return `${digits}${checkDigit(digits)}`;
};
export const lotId = (prefix: string, chain: number) =>
  `https://id.gs1.org/01/${gtin(prefix, chain % ITEMS)}/10/LOT-${chain}`;
export const unitId = (prefix: string, chain: number, n: number) =>
  `https://id.gs1.org/01/${gtin(prefix, chain % ITEMS)}/21/U${chain}-${n}`;
export const placeId = (prefix: string, n: number) =>
  `urn:epc:id:sgln:${prefix}.${String(n % PLACES).padStart(5, '0')}.0`;
const sscc = (prefix: string, chain: number) =>
  `urn:epc:id:sscc:${prefix}.${String(chain % 10 ** 9).padStart(10, '0')}`;
const party = (prefix: string) => `urn:epc:id:pgln:${prefix}.00000`;

interface Made {
  readonly sender: string;
  readonly visibility: number;
  readonly event: Readonly<Record<string, unknown>>;
  /** Accounts that the event names. */
  readonly named: readonly (readonly [party: string, account: string])[];
}

/** Event `n`: of a lot that is made, shipped, received, turned into units, and packed. */
function eventOf(n: number, { members, fromMs, toMs, events }: ManyEventsOptions): Made {
  const chain = Math.floor(n / CHAIN);
  const at = n % CHAIN;
  const from = members[chain % members.length]!;
  const to = members[(chain + 1) % members.length]!;
  const lot = lotId(from.prefix, chain);
  const units = [1, 2].map((one) => unitId(to.prefix, chain, one));
  const own = at < 2 ? from : to;
  const common = {
    eventTime: new Date(fromMs + Math.floor(((toMs - fromMs) * n) / events)).toISOString(),
    eventTimeZoneOffset: '+00:00',
    readPoint: { id: placeId(own.prefix, chain) },
    ...(at !== 1 && { bizLocation: { id: placeId(own.prefix, chain) } }),
  };
  const quantityList = [{ epcClass: lot, quantity: 125.5, uom: 'KGM' }];
  const shapes: readonly Record<string, unknown>[] = [
    { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', disposition: 'active', quantityList },
    {
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'shipping',
      disposition: 'in_transit',
      quantityList,
      sourceList: [{ type: 'owning_party', source: party(from.prefix) }],
      destinationList: [{ type: 'owning_party', destination: party(to.prefix) }],
    },
    { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', disposition: 'in_progress', quantityList },
    {
      type: 'TransformationEvent',
      bizStep: 'creating_class_instance',
      inputQuantityList: quantityList,
      outputEPCList: units,
    },
    {
      type: 'AggregationEvent',
      action: 'ADD',
      bizStep: n % 50_000 === 4 ? 'destroying' : 'packing',
      disposition: 'in_progress',
      parentID: sscc(to.prefix, chain),
      childEPCs: units,
    },
  ];
  return {
    sender: own.account,
    visibility: chain % 10 === 0 ? 1 : chain % 10 === 1 ? 3 : 2,
    event: { ...shapes[at], ...common },
    named:
      at === 1
        ? [
            [`https://id.gs1.org/417/${partyGln(from.prefix)}`, from.account],
            [`https://id.gs1.org/417/${partyGln(to.prefix)}`, to.account],
          ]
        : [],
  };
}

function partyGln(prefix: string): string {
  const digits = `${prefix}00000`;
  return `${digits}${checkDigit(digits)}`;
}

function bodyOf({ event, visibility }: Made, index: number) {
  return { kind: 'epcis.event', content: utf8(JSON.stringify(event)), visibility, context: 1, index };
}

/** Names of every product and place, as one transaction of each company. */
function masterData({ account, prefix }: ManyEventsOptions['members'][number]): {
  account: string;
  elements: object[];
} {
  const words = ['Smoked mackerel', 'Frozen shrimp', 'Salmon fillet', 'Crab meat', 'Mussels in oil'];
  const products = Array.from({ length: ITEMS }, (_, i) => ({
    type: 'urn:epcglobal:epcis:vtype:EPCClass',
    element: {
      id: `urn:epc:idpat:sgtin:${prefix}.0${String(i).padStart(5, '0')}.*`,
      attributes: [{ id: 'urn:epcglobal:cbv:mda#name', attribute: `${words[i % words.length] ?? ''} ${account} ${i}` }],
    },
  }));
  const places = Array.from({ length: PLACES }, (_, i) => ({
    type: 'urn:epcglobal:epcis:vtype:Location',
    element: {
      id: placeId(prefix, i),
      attributes: [{ id: 'urn:epcglobal:cbv:mda#name', attribute: `Hall ${i} of ${account}` }],
    },
  }));
  return { account, elements: [...products, ...places] };
}

function transaction(
  number: number,
  txIndex: number,
  height: number,
  sender: string,
  bodies: readonly { kind: string; content: Uint8Array; visibility: number; context: number }[],
  events: FeedTransaction['events'],
): FeedTransaction {
  const all = [{ kind: 'epcis.context', content: context, visibility: 1, context: 0 }, ...bodies];
  return {
    transaction: { txId: hashOf(`tx ${number}`), header: { sender }, bodies: all },
    receipt: { txIndex, height, signerKeys: [new Uint8Array(32)], failures: [], status: 1 },
    receiptBytes: new Uint8Array(),
    events,
  } as unknown as FeedTransaction;
}

/** Height of the last block. */
export const heightOfMany = ({ events, members }: Pick<ManyEventsOptions, 'events' | 'members'>) =>
  members.length + Math.ceil(events / (EVENTS_A_TRANSACTION * TRANSACTIONS_A_BLOCK));

/** Blocks with all of it, first the names; every transaction is of one sender. */
export function* manyBlocks(options: ManyEventsOptions): Generator<FeedBlock> {
  let height = 0;
  let number = 0;
  const block = (transactions: FeedTransaction[], timeMs: number): FeedBlock =>
    ({
      height,
      hash: hashOf(`block ${height}`),
      header: { time: timeMs },
      headerBytes: new Uint8Array(),
      transactions,
    }) as unknown as FeedBlock;
  for (const member of options.members) {
    height += 1;
    const { account, elements } = masterData(member);
    const bodies = elements.map((element) => ({
      kind: 'epcis.masterdata',
      content: utf8(JSON.stringify(element)),
      visibility: 2,
      context: 1,
    }));
    const events = elements.map((element, i) => ({
      type: 'provenance.masterdata',
      body: i + 1,
      content: utf8(JSON.stringify({ ...masterdataContent(element), standing: 'own', warnings: [] })),
    }));
    yield block([transaction(number++, 0, height, account, bodies, events)], options.fromMs);
  }
  for (let n = 0; n < options.events;) {
    height += 1;
    const bySender = new Map<string, Made[]>();
    const end = Math.min(options.events, n + EVENTS_A_TRANSACTION * TRANSACTIONS_A_BLOCK);
    for (; n < end; n++) {
      const made = eventOf(n, options);
      const list = bySender.get(made.sender);
      if (list === undefined) bySender.set(made.sender, [made]);
      else list.push(made);
    }
    const transactions = [...bySender].map(([sender, list], txIndex) =>
      transaction(
        number++,
        txIndex,
        height,
        sender,
        list.map(bodyOf),
        list.map(({ event, named }, i) => ({
          type: 'provenance.captured',
          body: i + 1,
          content: utf8(
            JSON.stringify({
              eventHash: hashOf(JSON.stringify(event)).toString('hex'),
              kind: 'event',
              named,
              warnings: [],
            }),
          ),
        })) as never,
      ),
    );
    yield block(transactions, options.fromMs + Math.floor(((options.toMs - options.fromMs) * n) / options.events));
  }
}

function masterdataContent(element: object): { type: string; id: string } {
  const { type, element: inner } = element as { type: string; element: { id: string } };
  const sgtin = /^urn:epc:idpat:sgtin:(\d+)\.0(\d{5})\.\*$/.exec(inner.id);
  return {
    type,
    id:
      sgtin?.[1] === undefined ? canonicalPlace(inner.id) : `https://id.gs1.org/01/${gtin(sgtin[1], Number(sgtin[2]))}`,
  };
}

function canonicalPlace(urn: string): string {
  const [, prefix = '', place = ''] = /^urn:epc:id:sgln:(\d+)\.(\d+)\.0$/.exec(urn) ?? [];
  return `https://id.gs1.org/414/${prefix}${place}${checkDigit(`${prefix}${place}`)}`;
}
