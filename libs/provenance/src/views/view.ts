/**
 * The socket of the generic projector (house.md 3): a view declares its table, says which rows it must see, and folds
 * ledger events into rows. Pure: the projector loads, calls `fold`, writes upserts and deletes, and moves its checkpoint
 * in the same unit of work, once per block.
 */

/** How a column is kept. Times are milliseconds since 1970 as numbers, decimals are strings. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'numeric' | 'boolean' | 'timeMs' | 'bytes' | 'json';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Default false. */
  readonly nullable?: boolean;
}

export interface ViewTable {
  /** Table name, snake case. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  /** Columns of each further index, first the most selective. */
  readonly indexes: readonly (readonly string[])[];
  /** Indexes of the rows alone of which a condition holds, for what few rows have; the condition is SQL over the columns. */
  readonly partial?: readonly { readonly where: string; readonly columns: readonly string[] }[];
  /** Further indexes, for a text that is searched by how it begins. */
  readonly beginnings?: readonly BeginningsIndex[];
}

/** Rows with the same values in `within`, in the order of the bytes of `text`, then of `then`. */
export interface BeginningsIndex {
  readonly within?: readonly string[];
  readonly text: string;
  readonly then?: readonly string[];
}

export type Scalar = string | number | boolean;

/** "Load every row whose `columns` equal one of `values`." Values are distinct. */
export interface Lookup {
  readonly columns: readonly string[];
  readonly values: readonly (readonly Scalar[])[];
}

/** Rows have one property per column, `null` for none. */
export interface FoldResult<Row> {
  /** Whole rows, at most one for each primary key. */
  readonly upserts: readonly Row[];
  /** Primary keys, in the order of `table.primaryKey`; never one that is also upserted. */
  readonly deletes: readonly (readonly Scalar[])[];
}

/** A ledger event with what the block, the transaction and its body say about it. */
export interface FoldInput {
  readonly height: number;
  readonly blockTimeMs: number;
  readonly txIndex: number;
  readonly bodyIndex: number;
  /** Hex. */
  readonly txId: string;
  /** Account that signed. */
  readonly sender: string;
  readonly body: {
    readonly kind: string;
    readonly content: Uint8Array;
    /** 1 public, 2 partners, 3 own (`Visibility` in `@waymark/ledger/chain`). */
    readonly visibility: number;
  };
  /** Content of the `epcis.context` body that this one names; absent when it names none. */
  readonly context?: Uint8Array;
  readonly ledgerEvent: { readonly type: string; readonly content: Uint8Array };
}

export interface View<Row extends object> {
  readonly table: ViewTable;
  /** Ledger event types that concern this view; others need not be given. */
  readonly eventTypes: readonly string[];
  /** Rows that `fold` must see, for these events. Lookups may overlap; a row is given once. */
  keysOf(inputs: readonly FoldInput[]): readonly Lookup[];
  /** Inputs in the order of the chain; `existing`: the rows of `keysOf`, in any order. */
  fold(inputs: readonly FoldInput[], existing: readonly Row[]): FoldResult<Row>;
}
