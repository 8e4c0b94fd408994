/**
 * The socket into which a ledger module is plugged.
 *
 * A module owns a number (its corner of the state, never reused) and the body kinds it judges. It is pure and
 * synchronous: the same state and the same bodies give the same answer on every node, whatever the machine. So:
 * no clock but `context.timeMs`, no randomness, no floating point in what is stored, no order taken from an
 * unordered source. To refuse is to return `{ refusal }`; what `execute` wrote until then is rolled back by the
 * runtime. To throw is to say that *we* are broken: the node stops rather than guess.
 *
 *     const notes: LedgerModule = {
 *       number: 9,
 *       kinds: ['notes.write'],
 *       checkBody: (body) => (body.content.length > 100 ? refusal('NOTES_TOO_LONG', '', { most: 100 }) : undefined),
 *       execute(context, body, state) {
 *         if (state.get(body.content) !== undefined) return { refusal: refusal('NOTES_TWICE') };
 *         state.put(body.content, utf8(context.sender.account));
 *         return { events: [{ type: 'notes.written', content: body.content }] };
 *       },
 *     };
 */
import type { Hashing } from '@waymark/accel/contract';
import type { AccountRecord, AccountsReader } from '../accounts/account.js';
import type { Genesis } from '../chain/genesis-types.js';
import type { Failure, LedgerEvent, Receipt, ReceiptStatus } from '../chain/receipt-types.js';
import type { Refusal } from '../chain/refusal.js';
import type { Body, BodyInput, FormRules, TransactionView } from '../chain/transaction-types.js';
import type { MotionOn } from '../motions/motion-bodies.js';
import type { StateOverlay, StateReader, StateView } from '../state/state-types.js';

/** A module's own corner of the state: raw keys without the module number. */
export interface ModuleState {
  get(key: Uint8Array): Uint8Array | undefined;
  put(key: Uint8Array, value: Uint8Array): void;
  delete(key: Uint8Array): void;
}

/** What a module is told. `bodies` are those of the transaction, so that a body can read the context it names. */
export interface ExecutionContext {
  readonly height: number;
  /** Block time; in a dry run the caller's. */
  readonly timeMs: number;
  readonly sender: AccountRecord;
  readonly txId: Uint8Array;
  readonly txIndex: number;
  readonly bodyIndex: number;
  readonly bodies: readonly Body[];
  readonly hashing: Hashing;
  /** Module 2, read only. */
  readonly accounts: AccountsReader;
  /** Keys that signed and counted, lower-case hex; undefined in a dry run that names none. */
  readonly signers?: readonly string[];
  /** Where the body was executed by an approved motion: which, on whose behalf, and who approved it. */
  readonly approval?: MotionApprovalGiven;
}

/** The approval under which a motion's bodies are executed. */
export interface MotionApprovalGiven {
  /** Hex. */
  readonly motion: string;
  readonly on: MotionOn;
  /** Accounts, in the order in which they approved. */
  readonly approvals: readonly string[];
}

/** What an approved motion brings: executed by the runtime right after the body that brought the last approval. */
export interface ApprovedBodies {
  /** The account as which they are executed; of a board: that of the proposer. */
  readonly as: string;
  readonly bodies: readonly Body[];
  readonly approval: MotionApprovalGiven;
}

/** A kind of body for which any key of the sender's may sign: its module decides what the signature is worth. */
export const ANY_KEY = '*';

/** A doubt that does not stop a body. */
export type Warning = Refusal;

/** A ledger event before the runtime adds the body's index. */
export type EventInput = Omit<LedgerEvent, 'body'>;

export type ExecuteResult =
  | { readonly refusal: Refusal }
  | {
      readonly events: readonly EventInput[];
      readonly warnings?: readonly Warning[];
      /** Only motions say this; a refusal of one of these bodies refuses the body that brought them. */
      readonly then?: ApprovedBodies;
    };

export interface LedgerModule {
  /** u8 in front of every state key of this module; 1, 2 and 4 are the runtime's, the accounts' and the motions'. */
  readonly number: number;
  /** Body kinds judged by this module. */
  readonly kinds: readonly string[];
  /** Those of `kinds` that another body may name as its `context`. */
  readonly contextKinds?: readonly string[];
  /** Those of `kinds` that a motion on an account's permission may carry. */
  readonly accountMotionKinds?: readonly string[];
  /** Those of `kinds` that a motion before a board may carry. Whether the board was needed, `execute` decides by `context.approval`. */
  readonly boardKinds?: readonly string[];
  /** Whether accounts without a class (without a certificate) may send these kinds; default: no. */
  readonly openToAll?: boolean;
  /** The permission that a body asks of its sender whatever the sender has linked, or `ANY_KEY`; undefined: as linked. */
  authority?(body: Pick<Body, 'kind' | 'content'>, sender: AccountRecord): string | undefined;
  /** What can be said of a body without any state. Called at admission, in dry runs and before `execute`. */
  checkBody?(body: Body): Refusal | undefined;
  /** Writes what genesis gives this module. */
  genesis?(genesis: Genesis, state: ModuleState): void;
  execute(context: ExecutionContext, body: Body, state: ModuleState): ExecuteResult;
}

export interface BlockInput {
  readonly height: number;
  readonly timeMs: number;
  readonly transactions: readonly TransactionView[];
}

export interface BlockResult {
  readonly receipts: readonly Receipt[];
  /** Leaves of `receiptRoot`. */
  readonly receiptBytes: readonly Uint8Array[];
  readonly receiptRoot: Uint8Array;
  /** Ledger events of each transaction. */
  readonly events: readonly (readonly LedgerEvent[])[];
  readonly eventBytes: readonly (readonly Uint8Array[])[];
  /** Warnings of each transaction; not part of the chain. */
  readonly warnings: readonly (readonly BodyWarning[])[];
  /** Root after the block. */
  readonly stateRoot: Uint8Array;
  /** State after the block; `overlay.writes` go into the store when it is final. */
  readonly overlay: StateOverlay;
}

/** `body` is index + 1, as in a failure. */
export interface BodyWarning extends Warning {
  readonly body: number;
}

export interface DryRunTransaction {
  readonly proceed: boolean;
  readonly bodies: readonly BodyInput[];
}

export interface DryRunResult {
  readonly status: ReceiptStatus;
  readonly failures: readonly Failure[];
  readonly warnings: readonly BodyWarning[];
  readonly events: readonly LedgerEvent[];
}

export interface RuntimeOptions {
  readonly hashing: Hashing;
  readonly modules: readonly LedgerModule[];
  readonly genesis: Genesis;
  readonly genesisHash: Uint8Array;
}

export interface Runtime {
  /** For `checkTransactionForm`. */
  readonly formRules: FormRules;
  /** State of height 0, on top of an empty state: `openState` of the node's empty store, or one in memory when left out. */
  genesisState(empty?: StateView): StateOverlay;
  /** What may be said of a transaction's bodies without state: the modules' `checkBody`. */
  checkBodies(transaction: Pick<TransactionView, 'bodies'>): Refusal | undefined;
  /**
   * May this transaction stand in a block at `height` and `timeMs` on top of `view`? Sender, keys and permissions, expiry,
   * not seen, `after` stands. For admission; `TX_AFTER_MISSING` means "not yet" where the one before it is pending.
   */
  checkInclusion(view: StateView, transaction: TransactionView, height: number, timeMs: number): Refusal | undefined;
  /** Height at which the transaction stands on the chain, as far as the window goes back. */
  seenAt(view: StateView, txId: Uint8Array): number | undefined;
  accounts(view: StateView): AccountsReader;
  executeBlock(view: StateView, block: BlockInput): BlockResult;
  /** Evaluates bodies of `sender` in order, as if in one block; writes nothing. A refusal when there is no such account. */
  dryRun(
    state: StateReader,
    input: {
      readonly sender: string;
      readonly transactions: readonly DryRunTransaction[];
      /** Keys that will sign, lower-case hex; left out: permissions are not asked. */
      readonly signers?: readonly string[];
    },
    height: number,
    timeMs: number,
  ):
    | { readonly ok: true; readonly results: readonly DryRunResult[] }
    | { readonly ok: false; readonly refusal: Refusal };
}
