/** What the ledger does with one event: refuse it, or write what it changes and say what does not add up. */
import { toHex, utf8 } from '@waymark/ledger/primitives';
import type { Refusal } from '@waymark/ledger/chain';
import type { ExecutionContext, ModuleState } from '@waymark/ledger/runtime';
import { isCommissioned, lotMoveOf, unitActOf } from '../domain/acts.js';
import { addOwnDoubts, DoubtList } from '../domain/doubts.js';
import type { EventFacts, ItemFact } from '../domain/event-facts.js';
import { identify } from '../domain/identity.js';
import { bookLot } from '../domain/lot.js';
import type { LotRecord } from '../domain/lot.js';
import { freshUnit, judgeUnit } from '../domain/unit.js';
import type { UnitAct, UnitRecord } from '../domain/unit.js';
import type { CapturedContent, WitnessedContent } from './ledger-events.js';
import {
  readEventRecord,
  readLot,
  readSerialisation,
  readUnit,
  stateKeys,
  witnessesMax,
  writeEventRecord,
  writeLot,
  writeUnit,
} from './state-records.js';
import type { SerialisationRecord } from './state-records.js';

/** "In the future": later than this after block time (issue, "Rules on chain"). */
export const futureToleranceMs = 300_000;

type World = Pick<ExecutionContext, 'height' | 'timeMs' | 'sender' | 'txIndex' | 'bodyIndex' | 'hashing' | 'accounts'>;

export type EventOutcome =
  | { readonly outcome: 'refused'; readonly refusal: Refusal }
  | { readonly outcome: 'captured'; readonly content: CapturedContent }
  | { readonly outcome: 'witnessed'; readonly content: WitnessedContent };

const refuse = (code: string, pointer: string, facts: Readonly<Record<string, string>>): EventOutcome => ({
  outcome: 'refused',
  refusal: { code, pointer, facts },
});

/** Records as this event leaves them; written only when the whole event is accepted. */
class Drafts<T> {
  #records: Map<string, { value: T | undefined; isChanged: boolean }> | undefined;
  constructor(
    readonly state: ModuleState,
    readonly read: (state: ModuleState, id: string) => T | undefined,
  ) {}

  get(id: string): T | undefined {
    this.#records ??= new Map();
    let entry = this.#records.get(id);
    if (entry === undefined) {
      entry = { value: this.read(this.state, id), isChanged: false };
      this.#records.set(id, entry);
    }
    return entry.value;
  }

  set(id: string, value: T): void {
    this.#records ??= new Map();
    this.#records.set(id, { value, isChanged: true });
  }

  write(write: (state: ModuleState, id: string, value: T) => void): void {
    if (this.#records === undefined) return;
    for (const [id, { value, isChanged }] of this.#records)
      if (isChanged && value !== undefined) write(this.state, id, value);
  }
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The event hash has no delimiters (CBV 2.0), so two different events can share one by construction. This digest of what we
 * read tells them apart: nobody can push another's event aside by capturing a lookalike first.
 */
function digestOf(facts: EventFacts, world: World): string {
  const items = facts.items.map(({ role, id, quantity, uom }) => `${role} ${id} ${quantity ?? ''} ${uom ?? ''}`);
  if (items.length > 1) items.sort(compareText);
  // Identifiers hold no white space: a line break parts them without doubt.
  let text = `${facts.type}\n${facts.action ?? ''}\n${facts.bizLocation ?? ''}\n${facts.readPoint ?? ''}`;
  for (const item of items) text += `\n${item}`;
  return toHex(world.hashing.sha256(utf8(text)).subarray(0, 16));
}

/** Accounts whose registered prefix stands in a party or place that the event names. */
function namedAccounts(facts: EventFacts, ownerOf: (fromPrefix: string) => string | undefined): [string, string][] {
  const named: [string, string][] = [];
  for (const { id } of facts.parties) {
    const { gs1 } = identify(id);
    const account = gs1 === undefined ? undefined : ownerOf(gs1.fromPrefix);
    if (account !== undefined && !named.some(([party]) => party === id)) named.push([id, account]);
  }
  return named;
}

/** Rule PREFIX: who may bring into being what stands under a registered company prefix. */
function judgePrefixes(
  facts: EventFacts,
  sender: string,
  ownerOf: (fromPrefix: string) => string | undefined,
  doubts: DoubtList,
): EventOutcome | undefined {
  for (const item of facts.items) {
    if (item.gs1 === undefined || !isCommissioned(facts, item)) continue;
    const { id, pointer, isInstance, gs1 } = item;
    const owner = ownerOf(gs1.fromPrefix);
    if (owner === undefined) {
      doubts.add('PROVENANCE_PREFIX_UNREGISTERED', pointer, { id });
    } else if (owner !== sender) {
      if (isInstance) return refuse('PROVENANCE_PREFIX_NOT_YOURS', pointer, { id, owner, sender });
      doubts.add('PROVENANCE_LOT_PREFIX_NOT_YOURS', pointer, { id, owner, sender });
    }
  }
  return undefined;
}

/** Rules SERIALISATION and BALANCE over all items of the event, in its order. */
function judgeItems(facts: EventFacts, state: ModuleState, doubts: DoubtList): EventOutcome | (() => void) {
  const units = new Drafts<UnitRecord>(state, readUnit);
  const lots = new Drafts<LotRecord>(state, readLot);
  const serialised = new Drafts<SerialisationRecord>(state, readSerialisation);
  const parent = facts.items.find(({ role }) => role === 'parent');
  const epochOf = (id: string) => units.get(id)?.epoch ?? 0;

  const judgeOneUnit = (item: ItemFact): EventOutcome | undefined => {
    const record = units.get(item.id);
    const isInside = record?.parent !== undefined && record.parentEpoch === epochOf(record.parent);
    const isTradeUnit = item.gs1?.gtin !== undefined;
    const kind = unitActOf(facts, item);
    const inside = { parent: parent?.id ?? '', parentEpoch: parent === undefined ? 0 : epochOf(parent.id) };
    const act: UnitAct =
      kind === 'pack' || kind === 'unpack' || kind === 'seenInside' ? { act: kind, ...inside } : { act: kind };
    const {
      next,
      breaches,
      doubts: found,
    } = judgeUnit(
      {
        id: item.id,
        record,
        inParent: isInside ? record.parent : undefined,
        eventTimeMs: facts.eventTimeMs,
        isCommissionable: isTradeUnit,
      },
      act,
    );
    for (const { code, facts: told } of breaches) {
      if (isTradeUnit && serialised.get(item.gs1.gtin)?.enabled === true) return refuse(code, item.pointer, told);
      doubts.add(code, item.pointer, told);
    }
    for (const { code, facts: told } of found) doubts.add(code, item.pointer, told);
    if (record !== next) units.set(item.id, next);
    return undefined;
  };

  for (const item of facts.items) {
    if (item.role === 'transformation') continue;
    if (item.isInstance) {
      const refused = judgeOneUnit(item);
      if (refused !== undefined) return refused;
      continue;
    }
    const place = facts.bizLocation ?? facts.readPoint;
    const before = lots.get(item.id);
    const { next, doubts: found } = bookLot(before, {
      move: lotMoveOf(facts, item),
      id: item.id,
      ...(item.quantity === undefined ? {} : { quantity: item.quantity }),
      uom: item.uom ?? '',
      ...(place === undefined ? {} : { place }),
      eventTimeMs: facts.eventTimeMs,
    });
    for (const { code, facts: told } of found) doubts.add(code, item.pointer, told);
    if (next !== before) lots.set(item.id, next);
  }
  if (facts.releasesAll && facts.type === 'AggregationEvent' && parent?.isInstance === true) {
    const record = units.get(parent.id) ?? freshUnit;
    units.set(parent.id, { ...record, epoch: record.epoch + 1 });
  }
  return () => {
    units.write(writeUnit);
    lots.write(writeLot);
  };
}

function witnessAgain(
  facts: EventFacts,
  key: Uint8Array,
  digest: string,
  world: World,
  state: ModuleState,
): EventOutcome | undefined {
  const known = readEventRecord(state, key);
  if (known === undefined) return undefined;
  const { account } = world.sender;
  if (known.digest !== digest)
    return refuse('PROVENANCE_HASH_CLASH', '', { eventHash: facts.eventHash, height: String(known.height) });
  const again = known.witnesses.includes(account);
  const witnesses = again || known.witnesses.length >= witnessesMax ? known.witnesses : [...known.witnesses, account];
  const captures = known.captures + 1;
  writeEventRecord(state, key, { ...known, captures, witnesses });
  const { eventHash, record: kind } = facts;
  return {
    outcome: 'witnessed',
    content: { eventHash, kind, firstHeight: known.height, witnesses: captures, again },
  };
}

/** Judges an event against the ledger. `facts.eventHash` is set. Writes to `state` only when it accepts. */
export function judgeEvent(facts: EventFacts, world: World, state: ModuleState): EventOutcome {
  const latestMs = world.timeMs + futureToleranceMs;
  if (facts.eventTimeMs > latestMs)
    return refuse('PROVENANCE_IN_FUTURE', '/eventTime', {
      eventTimeMs: String(facts.eventTimeMs),
      blockTimeMs: String(world.timeMs),
    });
  const declaredMs = facts.errorDeclaration?.declarationTimeMs;
  if (declaredMs !== undefined && declaredMs > latestMs)
    return refuse('PROVENANCE_IN_FUTURE', '/errorDeclaration/declarationTime', {
      declarationTimeMs: String(declaredMs),
      blockTimeMs: String(world.timeMs),
    });

  const digest = digestOf(facts, world);
  const key = stateKeys.event(facts.record, facts.eventHash);
  const witnessed = witnessAgain(facts, key, digest, world, state);
  if (witnessed !== undefined) return witnessed;

  // A company prefix has at most 12 digits (GS1 General Specifications, 1.4).
  const ownerOf = (fromPrefix: string) => world.accounts.ownerOf(fromPrefix.slice(0, 12))?.account;
  const { account } = world.sender;
  const { eventHash, record: kind } = facts;
  const doubts = new DoubtList();
  addOwnDoubts(facts, doubts);

  let byOwnSigner: boolean | undefined;
  if (kind === 'event') {
    const prefixRefusal = judgePrefixes(facts, account, ownerOf, doubts);
    if (prefixRefusal !== undefined) return prefixRefusal;
    const judged = judgeItems(facts, state, doubts);
    if (typeof judged !== 'function') return judged;
    judged();
  } else {
    const declared = readEventRecord(state, stateKeys.event('event', eventHash));
    byOwnSigner = declared !== undefined && declared.digest === digest && declared.signer === account;
    if (declared === undefined) doubts.add('PROVENANCE_DECLARED_EVENT_UNKNOWN', '/errorDeclaration', { eventHash });
    else if (!byOwnSigner)
      doubts.add('PROVENANCE_DECLARED_BY_ANOTHER', '/errorDeclaration', { eventHash, signer: declared.signer });
  }
  writeEventRecord(state, key, {
    height: world.height,
    txIndex: world.txIndex,
    bodyIndex: world.bodyIndex,
    digest,
    signer: account,
    captures: 1,
    witnesses: [account],
  });
  return {
    outcome: 'captured',
    content: {
      eventHash,
      kind,
      named: namedAccounts(facts, ownerOf),
      ...(byOwnSigner === undefined ? {} : { byOwnSigner }),
      warnings: doubts.list(),
    },
  };
}
