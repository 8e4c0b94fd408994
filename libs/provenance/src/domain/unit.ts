/**
 * The life of one unit (SGTIN, SSCC or any other instance), as the ledger keeps it: commissioned, in a parent, ended.
 * Rule SERIALISATION in docs/protocol/provenance.md. A `Breach` refuses where the unit's product is under ledger
 * serialisation, and warns everywhere else.
 */

export interface UnitRecord {
  /** Event time of the commissioning; absent: nobody commissioned it on this ledger. */
  readonly commissionedMs?: number;
  /** Where it was packed last; counts only while `parentEpoch` is the parent's own `epoch`. */
  readonly parent?: string;
  readonly parentEpoch: number;
  /** As a parent: how often everything was unpacked at once. */
  readonly epoch: number;
  /** Event time of its end. */
  readonly endedMs?: number;
}

export const freshUnit: UnitRecord = { parentEpoch: 0, epoch: 0 };

export type BreachCode =
  'PROVENANCE_ALREADY_COMMISSIONED' | 'PROVENANCE_ALREADY_PACKED' | 'PROVENANCE_NOT_IN_PARENT' | 'PROVENANCE_ENDED';

export interface Breach {
  readonly code: BreachCode;
  readonly facts: Readonly<Record<string, string>>;
}

export interface UnitDoubt {
  readonly code: 'PROVENANCE_NOT_COMMISSIONED' | 'PROVENANCE_NOT_YET_KNOWN' | 'PROVENANCE_BEFORE_COMMISSIONING';
  readonly facts: Readonly<Record<string, string>>;
}

/** What an event does to a unit. `parentEpoch` is the parent's current epoch, `inParent` where the unit is now. */
export type UnitAct =
  | { readonly act: 'commission' }
  | { readonly act: 'use' }
  /** It takes others in: a container need not be known before that. */
  | { readonly act: 'hold' }
  | { readonly act: 'end' }
  | { readonly act: 'pack'; readonly parent: string; readonly parentEpoch: number }
  | { readonly act: 'unpack'; readonly parent: string }
  | { readonly act: 'seenInside'; readonly parent: string };

export interface UnitQuestion {
  readonly id: string;
  /** What the ledger knows; absent: nothing. */
  readonly record: UnitRecord | undefined;
  /** Where the unit is now, by its record and its parent's epoch. */
  readonly inParent: string | undefined;
  readonly eventTimeMs: number;
  /** True for trade items with a serial: those are expected to be commissioned; a container is merely expected to be known. */
  readonly isCommissionable: boolean;
}

export interface UnitVerdict {
  readonly next: UnitRecord;
  readonly breaches: readonly Breach[];
  readonly doubts: readonly UnitDoubt[];
}

/** Judges one act on one unit. Where serialisation is off, `next` is the best reading of what happened, breach or not. */
export function judgeUnit(question: UnitQuestion, act: UnitAct): UnitVerdict {
  const { id, inParent, eventTimeMs } = question;
  const record = question.record ?? freshUnit;
  const breaches: Breach[] = [];
  const doubts: UnitDoubt[] = [];

  if (record.endedMs !== undefined && eventTimeMs >= record.endedMs)
    breaches.push({ code: 'PROVENANCE_ENDED', facts: { id, endedMs: String(record.endedMs) } });
  if (act.act === 'commission') {
    if (record.commissionedMs !== undefined)
      breaches.push({
        code: 'PROVENANCE_ALREADY_COMMISSIONED',
        facts: { id, commissionedMs: String(record.commissionedMs) },
      });
    return { next: { ...record, commissionedMs: record.commissionedMs ?? eventTimeMs }, breaches, doubts };
  }

  if (record.commissionedMs === undefined) {
    if (question.isCommissionable) doubts.push({ code: 'PROVENANCE_NOT_COMMISSIONED', facts: { id } });
    else if (question.record === undefined && act.act !== 'hold')
      doubts.push({ code: 'PROVENANCE_NOT_YET_KNOWN', facts: { id } });
  } else if (eventTimeMs < record.commissionedMs) {
    doubts.push({
      code: 'PROVENANCE_BEFORE_COMMISSIONING',
      facts: { id, commissionedMs: String(record.commissionedMs), eventTimeMs: String(eventTimeMs) },
    });
  }
  switch (act.act) {
    case 'use':
    case 'hold':
      return { next: record, breaches, doubts };
    case 'end':
      return { next: { ...record, endedMs: Math.min(eventTimeMs, record.endedMs ?? eventTimeMs) }, breaches, doubts };
    case 'pack':
      if (inParent !== undefined && inParent !== act.parent)
        breaches.push({ code: 'PROVENANCE_ALREADY_PACKED', facts: { id, parent: inParent } });
      return { next: { ...record, parent: act.parent, parentEpoch: act.parentEpoch }, breaches, doubts };
    case 'unpack': {
      if (inParent !== act.parent) {
        breaches.push({
          code: 'PROVENANCE_NOT_IN_PARENT',
          facts: { id, ...(inParent === undefined ? {} : { parent: inParent }) },
        });
        return { next: record, breaches, doubts };
      }
      const { parent: _left, ...rest } = record;
      return { next: { ...rest, parentEpoch: 0 }, breaches, doubts };
    }
    case 'seenInside':
      if (inParent !== undefined && inParent !== act.parent)
        breaches.push({ code: 'PROVENANCE_NOT_IN_PARENT', facts: { id, parent: inParent } });
      return { next: record, breaches, doubts };
  }
}
