/**
 * The corner of module 3 in the state (docs/protocol/provenance.md, "State"): one tag byte, then the raw name; values
 * are JSON arrays in the order written here. Changing an order is a change of the protocol.
 */
import { concatBytes, fromHex, fromUtf8, utf8 } from '@waymark/ledger/primitives';
import type { ModuleState } from '@waymark/ledger/runtime';
import type { RecordKind } from '../domain/event-facts.js';
import type { LotRecord, Sums } from '../domain/lot.js';
import type { UnitRecord } from '../domain/unit.js';
import type { VisibilityWord } from './decoded-bodies.js';

/** What the ledger keeps of an event, or of an error declaration. */
export interface EventRecord {
  readonly height: number;
  readonly txIndex: number;
  readonly bodyIndex: number;
  /** Hex of the facts' digest: tells two events of one hash apart. */
  readonly digest: string;
  /** Account that captured it first. */
  readonly signer: string;
  readonly captures: number;
  /** Accounts that captured it, in order, the first included; at most 16. */
  readonly witnesses: readonly string[];
}

/** Accounts kept as witnesses of one event. */
export const witnessesMax = 16;

/** Who may see a record by its signer's last word; a record without one is shown as it was captured. */
export interface VisibilityRecord {
  readonly visibility: VisibilityWord;
  readonly height: number;
  /** How often it was changed. */
  readonly changes: number;
}

export interface SerialisationRecord {
  readonly enabled: boolean;
  readonly account: string;
  readonly height: number;
}

type Json = null | boolean | number | string | Json[];

/** Our own bytes, written by us: anything else is a fault, and may throw. */
function readArray(state: ModuleState, key: Uint8Array): Json[] | undefined {
  const value = state.get(key);
  return value === undefined ? undefined : (JSON.parse(fromUtf8(value)) as Json[]);
}

function write(state: ModuleState, key: Uint8Array, value: Json[]): void {
  state.put(key, utf8(JSON.stringify(value)));
}

const optional = (value: number | string | undefined): number | string | null => value ?? null;

const recordTags: Readonly<Record<RecordKind, Uint8Array>> = { event: utf8('e'), errorDeclaration: utf8('d') };

export const stateKeys = {
  /** `e` || 32 bytes of the event hash; `d` for an error declaration. */
  event: (record: RecordKind, eventHash: string) => concatBytes(recordTags[record], fromHex(eventHash)),
  /** `u` || canonical id. */
  unit: (id: string) => utf8(`u${id}`),
  /** `l` || canonical id. */
  lot: (id: string) => utf8(`l${id}`),
  /** `s` || GTIN, 14 digits. */
  serialisation: (gtin: string) => utf8(`s${gtin}`),
  /** `v`, then the key of the record as for `event`: only records whose visibility was changed. */
  visibility: (record: RecordKind, eventHash: string) => concatBytes(utf8('v'), recordTags[record], fromHex(eventHash)),
  /** `m` || canonical id. */
  masterdataOwner: (id: string) => utf8(`m${id}`),
} as const;

export function readEventRecord(state: ModuleState, key: Uint8Array): EventRecord | undefined {
  const value = readArray(state, key);
  if (value === undefined) return undefined;
  const [height, txIndex, bodyIndex, digest, captures, witnesses] = value as [
    number,
    number,
    number,
    string,
    number,
    string[],
  ];
  return { height, txIndex, bodyIndex, digest, signer: witnesses[0] ?? '', captures, witnesses };
}

export function writeEventRecord(state: ModuleState, key: Uint8Array, record: EventRecord): void {
  const { height, txIndex, bodyIndex, digest, captures, witnesses } = record;
  write(state, key, [height, txIndex, bodyIndex, digest, captures, [...witnesses]]);
}

export function readUnit(state: ModuleState, id: string): UnitRecord | undefined {
  const value = readArray(state, stateKeys.unit(id));
  if (value === undefined) return undefined;
  const [commissionedMs, parent, parentEpoch, epoch, endedMs] = value as [
    number | null,
    string | null,
    number,
    number,
    number | null,
  ];
  return {
    parentEpoch,
    epoch,
    ...(commissionedMs === null ? {} : { commissionedMs }),
    ...(parent === null ? {} : { parent }),
    ...(endedMs === null ? {} : { endedMs }),
  };
}

export function writeUnit(state: ModuleState, id: string, unit: UnitRecord): void {
  const { commissionedMs, parent, parentEpoch, epoch, endedMs } = unit;
  write(state, stateKeys.unit(id), [optional(commissionedMs), optional(parent), parentEpoch, epoch, optional(endedMs)]);
}

type SumsValue = [uom: string, into: string, outOf: string];
const readSums = (values: SumsValue[]): Sums[] => values.map(([uom, into, outOf]) => ({ uom, into, outOf }));
const writeSums = (sums: readonly Sums[]): Json[] => sums.map(({ uom, into, outOf }) => [uom, into, outOf]);

export function readLot(state: ModuleState, id: string): LotRecord | undefined {
  const value = readArray(state, stateKeys.lot(id));
  if (value === undefined) return undefined;
  const [producedMs, sums, places] = value as [number | null, SumsValue[], [string, number, SumsValue[]][]];
  return {
    ...(producedMs === null ? {} : { producedMs }),
    sums: readSums(sums),
    places: places.map(([place, firstMs, here]) => ({ place, firstMs, sums: readSums(here) })),
  };
}

export function writeLot(state: ModuleState, id: string, lot: LotRecord): void {
  write(state, stateKeys.lot(id), [
    optional(lot.producedMs),
    writeSums(lot.sums),
    lot.places.map(({ place, firstMs, sums }) => [place, firstMs, writeSums(sums)]),
  ]);
}

export function readSerialisation(state: ModuleState, gtin: string): SerialisationRecord | undefined {
  const value = readArray(state, stateKeys.serialisation(gtin));
  if (value === undefined) return undefined;
  const [enabled, account, height] = value as [boolean, string, number];
  return { enabled, account, height };
}

export function writeSerialisation(state: ModuleState, gtin: string, record: SerialisationRecord): void {
  write(state, stateKeys.serialisation(gtin), [record.enabled, record.account, record.height]);
}

export function readVisibility(state: ModuleState, key: Uint8Array): VisibilityRecord | undefined {
  const value = readArray(state, key);
  if (value === undefined) return undefined;
  const [visibility, height, changes] = value as [VisibilityWord, number, number];
  return { visibility, height, changes };
}

export function writeVisibility(state: ModuleState, key: Uint8Array, record: VisibilityRecord): void {
  write(state, key, [record.visibility, record.height, record.changes]);
}

/** Account that speaks for an id under no registered prefix: the first that did. */
export function readMasterdataOwner(state: ModuleState, id: string): string | undefined {
  return readArray(state, stateKeys.masterdataOwner(id))?.[0] as string | undefined;
}

export function writeMasterdataOwner(state: ModuleState, id: string, account: string): void {
  write(state, stateKeys.masterdataOwner(id), [account]);
}
