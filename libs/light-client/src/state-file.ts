/** Reads answers about the state strictly (docs/protocol/formats.md section 4): every member known, typed and bounded. */
import { HEADER_BYTES } from '@waymark/ledger/chain';
import {
  STATE_HISTORY_CHANGES_MAX,
  STATE_KEY_BYTES_MAX,
  STATE_RANGE_BYTES_MAX,
  STATE_RANGE_ENTRIES_MAX,
  STATE_STEPS_MAX,
  type OtherLeaf,
  type ProofStep,
  type ProvenChange,
  type StateEntry,
  type StateProof,
  type StateRangeProof,
} from '@waymark/ledger/state';
import type { EvidenceFile } from './evidence-file.js';
import {
  isAbsent,
  Malformed,
  readBytes,
  readCount,
  readExactly,
  readHex,
  readList,
  readObject,
  readText,
  type Place,
} from './strict-reader.js';

const COMMITTEE_MAX = 31;
const TEXT_MAX = 2_048;
/** Bytes of one value; the ledger's own bounds are far lower. */
const VALUE_BYTES_MAX = 16 << 20;
const PATH_MAX = 53;
const KEY = { lengthMax: STATE_KEY_BYTES_MAX } as const;
const HASH = { length: 32 } as const;

export interface StateFileBasis {
  readonly chainId: string;
  readonly genesisHash: string;
  readonly anchor: EvidenceFile['anchor'];
  readonly height: number;
  /** Members of the kind at hand. */
  readonly member: (name: string) => Place;
}

/** @throws Malformed */
export function readStateBasis(root: Place, format: string, own: readonly string[]): StateFileBasis {
  const member = readObject(root, ['format', 'chainId', 'genesisHash', 'anchor', 'height', ...own]);
  readExactly(member('format'), format);
  const anchor = readObject(member('anchor'), ['header', 'certificate']);
  const certificate = readObject(anchor('certificate'), ['bitmap', 'signatures']);
  return {
    chainId: readText(member('chainId'), TEXT_MAX),
    genesisHash: readHex(member('genesisHash'), 32),
    anchor: {
      header: readBytes(anchor('header'), { length: HEADER_BYTES }),
      bitmap: readCount(certificate('bitmap'), 2 ** COMMITTEE_MAX - 1),
      signatures: readList(certificate('signatures'), 0, COMMITTEE_MAX).map((at) => readBytes(at, { length: 64 })),
    },
    height: readCount(member('height')),
    member,
  };
}

export const readStateKey = (place: Place): Uint8Array => readBytes(place, KEY);

const readSteps = (place: Place): ProofStep[] =>
  readList(place, 0, STATE_STEPS_MAX).map((at) => {
    const step = readObject(at, ['bit', 'sibling']);
    return { bit: readCount(step('bit'), STATE_STEPS_MAX), sibling: readBytes(step('sibling'), HASH) };
  });

function readOtherLeaf(place: Place): { readonly otherLeaf?: OtherLeaf } {
  if (isAbsent(place)) return {};
  const leaf = readObject(place, ['key', 'changedAt', 'valueHash']);
  return {
    otherLeaf: {
      key: readBytes(leaf('key'), KEY),
      changedAt: readCount(leaf('changedAt')),
      valueHash: readBytes(leaf('valueHash'), HASH),
    },
  };
}

export function readStateProof(place: Place): StateProof {
  const proof = readObject(place, ['present', 'otherLeaf', 'steps']);
  const steps = readSteps(proof('steps'));
  const other = readOtherLeaf(proof('otherLeaf'));
  if (isAbsent(proof('present'))) return { steps, ...other };
  const present = readObject(proof('present'), ['value', 'changedAt']);
  return {
    steps,
    ...other,
    present: {
      value: readBytes(present('value'), { lengthMax: VALUE_BYTES_MAX }),
      changedAt: readCount(present('changedAt')),
    },
  };
}

export function readStateRange(place: Place): StateRangeProof {
  const range = readObject(place, ['entries', 'otherLeaf', 'steps']);
  const entries = readList(range('entries'), 0, STATE_RANGE_ENTRIES_MAX).map((at): StateEntry => {
    const entry = readObject(at, ['key', 'changedAt', 'value']);
    return {
      key: readBytes(entry('key'), KEY),
      changedAt: readCount(entry('changedAt')),
      value: readBytes(entry('value'), { lengthMax: STATE_RANGE_BYTES_MAX }),
    };
  });
  const bytes = entries.reduce((sum, { key, value }) => sum + key.length + value.length, 0);
  if (bytes > STATE_RANGE_BYTES_MAX)
    throw new Malformed(range('entries').where, `at most ${STATE_RANGE_BYTES_MAX} bytes of keys and values`);
  return { entries, steps: readSteps(range('steps')), ...readOtherLeaf(range('otherLeaf')) };
}

export const readChanges = (place: Place): ProvenChange[] =>
  readList(place, 0, STATE_HISTORY_CHANGES_MAX).map((at) => {
    const change = readObject(at, ['leaf', 'index', 'path', 'root', 'value']);
    return {
      leaf: readBytes(change('leaf'), { lengthMax: STATE_KEY_BYTES_MAX + 64 }),
      index: readCount(change('index')),
      path: readList(change('path'), 0, PATH_MAX).map((hash) => readBytes(hash, HASH)),
      root: readStateProof(change('root')),
      ...(isAbsent(change('value')) ? {} : { value: readBytes(change('value'), { lengthMax: VALUE_BYTES_MAX }) }),
    };
  });
