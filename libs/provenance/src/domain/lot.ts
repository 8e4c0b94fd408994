/**
 * The balance of a class or lot, as the ledger keeps it: what came forth, what was used up, what arrived where. It only
 * ever warns (rule BALANCE in docs/protocol/provenance.md): others may hold what this ledger has not been told.
 */
import { addDecimals, compareDecimals, formatDecimal, parseDecimal } from '@waymark/epcis/model';

/** Sums of one unit of measure, exact decimals. */
export interface Sums {
  readonly uom: string;
  readonly into: string;
  readonly outOf: string;
}

export interface LotAtPlace {
  readonly place: string;
  /** Earliest event time at which it came forth or arrived here. */
  readonly firstMs: number;
  readonly sums: readonly Sums[];
}

export interface LotRecord {
  /** Earliest event time at which some of it came forth; absent: nobody said so. */
  readonly producedMs?: number;
  readonly sums: readonly Sums[];
  readonly places: readonly LotAtPlace[];
}

/** Beyond these, further units and places are not counted: the record stays small. */
export const lotBounds = { uomsMax: 8, placesMax: 8 } as const;

export const freshLot: LotRecord = { sums: [], places: [] };

export interface LotMove {
  readonly move: 'produce' | 'consume' | 'receive' | 'see';
  readonly id: string;
  /** Exact decimal in plain notation; absent: not said. */
  readonly quantity?: string;
  readonly uom: string;
  readonly place?: string;
  readonly eventTimeMs: number;
}

export interface LotDoubt {
  readonly code:
    | 'PROVENANCE_NOT_YET_KNOWN'
    | 'PROVENANCE_BEFORE_COMMISSIONING'
    | 'PROVENANCE_MORE_USED_THAN_PRODUCED'
    | 'PROVENANCE_MORE_USED_THAN_RECEIVED'
    | 'PROVENANCE_USED_BEFORE_RECEIVED';
  readonly facts: Readonly<Record<string, string>>;
}

const zero = { units: 0n, scale: 0 };
const decimal = (text: string | undefined) => (text === undefined ? zero : (parseDecimal(text) ?? zero));
const plus = (a: string | undefined, b: string | undefined) => formatDecimal(addDecimals(decimal(a), decimal(b)));
const exceeds = (a: string, b: string) => compareDecimals(decimal(a), decimal(b)) > 0;

function added(
  sums: readonly Sums[],
  uom: string,
  side: 'into' | 'outOf',
  quantity: string | undefined,
): readonly Sums[] {
  if (quantity === undefined) return sums;
  const index = sums.findIndex((sum) => sum.uom === uom);
  if (index < 0)
    return sums.length >= lotBounds.uomsMax
      ? sums
      : [...sums, side === 'into' ? { uom, into: quantity, outOf: '0' } : { uom, into: '0', outOf: quantity }];
  return sums.map((sum, at) => (at === index ? { ...sum, [side]: plus(sum[side], quantity) } : sum));
}

function addedAt(
  places: readonly LotAtPlace[],
  { place, uom, quantity, eventTimeMs }: LotMove,
  side: 'into' | 'outOf',
): readonly LotAtPlace[] {
  if (place === undefined) return places;
  const here = places.find((entry) => entry.place === place);
  if (here === undefined) {
    if (side === 'outOf' || places.length >= lotBounds.placesMax) return places;
    return [...places, { place, firstMs: eventTimeMs, sums: added([], uom, side, quantity) }];
  }
  const next: LotAtPlace = {
    place,
    firstMs: side === 'into' ? Math.min(here.firstMs, eventTimeMs) : here.firstMs,
    sums: added(here.sums, uom, side, quantity),
  };
  return places.map((entry) => (entry === here ? next : entry));
}

/** Sums of a unit when more went out than came in, and something of it is known to have come in. */
function overdrawn(sums: readonly Sums[], uom: string): Sums | undefined {
  const sum = sums.find((entry) => entry.uom === uom);
  return sum !== undefined && exceeds(sum.into, '0') && exceeds(sum.outOf, sum.into) ? sum : undefined;
}

/** Books one move of a lot and says what does not add up. */
export function bookLot(
  record: LotRecord | undefined,
  move: LotMove,
): { next: LotRecord; doubts: readonly LotDoubt[] } {
  const before = record ?? freshLot;
  const { id, uom, quantity, eventTimeMs } = move;
  if (move.move === 'produce') {
    return {
      next: {
        producedMs: Math.min(before.producedMs ?? eventTimeMs, eventTimeMs),
        sums: added(before.sums, uom, 'into', quantity),
        places: addedAt(before.places, move, 'into'),
      },
      doubts: [],
    };
  }
  const doubts: LotDoubt[] = [];
  if (record === undefined) doubts.push({ code: 'PROVENANCE_NOT_YET_KNOWN', facts: { id } });
  if (before.producedMs !== undefined && eventTimeMs < before.producedMs)
    doubts.push({
      code: 'PROVENANCE_BEFORE_COMMISSIONING',
      facts: { id, commissionedMs: String(before.producedMs), eventTimeMs: String(eventTimeMs) },
    });
  if (move.move === 'see') return { next: before, doubts };
  if (move.move === 'receive') return { next: { ...before, places: addedAt(before.places, move, 'into') }, doubts };

  const next: LotRecord = {
    ...before,
    sums: added(before.sums, uom, 'outOf', quantity),
    places: addedAt(before.places, move, 'outOf'),
  };
  const total = overdrawn(next.sums, uom);
  if (total !== undefined)
    doubts.push({
      code: 'PROVENANCE_MORE_USED_THAN_PRODUCED',
      facts: { id, produced: total.into, used: total.outOf, uom },
    });
  const here = next.places.find((entry) => entry.place === move.place);
  if (here !== undefined) {
    const { place } = here;
    if (eventTimeMs < here.firstMs)
      doubts.push({
        code: 'PROVENANCE_USED_BEFORE_RECEIVED',
        facts: { id, place, receivedMs: String(here.firstMs), eventTimeMs: String(eventTimeMs) },
      });
    const local = overdrawn(here.sums, uom);
    if (local !== undefined)
      doubts.push({
        code: 'PROVENANCE_MORE_USED_THAN_RECEIVED',
        facts: { id, place, received: local.into, used: local.outOf, uom },
      });
  }
  return { next, doubts };
}
