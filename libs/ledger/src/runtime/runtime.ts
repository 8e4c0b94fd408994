/** The one place where a block becomes true: formats.md 3, pure and synchronous. */
import type { Hashing } from '@waymark/accel/contract';
import type { AccountRecord, AccountsReader } from '../accounts/account.js';
import { ACCOUNTS_MODULE, accountsReader, writeGenesisAccounts } from '../accounts/accounts.js';
import { canonicalJson } from '../chain/canonical-json.js';
import { encodeLedgerEvent, encodeReceipt, eventsRootOf, receiptRootOf } from '../chain/receipt.js';
import { ReceiptStatus, type Failure, type LedgerEvent, type Receipt } from '../chain/receipt-types.js';
import { refusal, type Refusal } from '../chain/refusal.js';
import { checkBodyPlaces, MAX_BODIES } from '../chain/transaction.js';
import {
  Visibility,
  type Body,
  type BodyInput,
  type FormRules,
  type TransactionView,
} from '../chain/transaction-types.js';
import { concatBytes, toHex, u32Bytes, utf8 } from '../primitives/index.js';
import { applyChanges, openState, type StateReader, type StateView } from '../state/index.js';
import { Journal } from './journal.js';
import type {
  BlockInput,
  BlockResult,
  BodyWarning,
  DryRunResult,
  LedgerModule,
  Runtime,
  RuntimeOptions,
} from './runtime-types.js';
import { PARAMETERS_KEY, readSeen, RUNTIME_MODULE, TransactionWindow } from './transaction-window.js';

/** Our invariant is broken: a module threw, or the state is not what it must be. The node stops; nobody guesses. */
export class RuntimeFault extends Error {
  override readonly name = 'RuntimeFault';
}

interface BodiesResult {
  readonly status: ReceiptStatus;
  readonly failures: readonly Failure[];
  readonly events: readonly LedgerEvent[];
  readonly warnings: readonly BodyWarning[];
}

/** Where bodies are executed; the same for a block and a dry run. */
interface Place {
  readonly journal: Journal;
  readonly accounts: AccountsReader;
  readonly height: number;
  readonly timeMs: number;
}

const EMPTY = new Uint8Array(0);
const EMPTY_STORE = { get: () => undefined };
const UNAUTHORISED: ReadonlySet<string> = new Set(['TX_SENDER_UNKNOWN', 'TX_SIGNER_UNKNOWN', 'TX_THRESHOLD_MISSED']);

class LedgerRuntime implements Runtime {
  readonly formRules: FormRules;
  private readonly hashing: Hashing;
  private readonly moduleOf: ReadonlyMap<string, LedgerModule>;
  /** D of V7: how far ahead a transaction may expire, and how far back its id is remembered. */
  private readonly window: number;

  constructor(private readonly options: RuntimeOptions) {
    const numbers = new Set<number>([RUNTIME_MODULE, ACCOUNTS_MODULE]);
    const moduleOf = new Map<string, LedgerModule>();
    for (const module of options.modules) {
      if (!Number.isInteger(module.number) || module.number < 1 || module.number > 255 || numbers.has(module.number))
        throw new RangeError(`module number ${module.number} is taken or no byte`);
      numbers.add(module.number);
      for (const kind of module.kinds) {
        if (moduleOf.has(kind)) throw new RangeError(`two modules own ${kind}`);
        moduleOf.set(kind, module);
      }
    }
    this.hashing = options.hashing;
    this.moduleOf = moduleOf;
    this.window = options.genesis.parameters.expiryHeightsMax;
    this.formRules = {
      genesisHash: options.genesisHash,
      maxTxBytes: options.genesis.parameters.maxTxBytes,
      kinds: new Set(moduleOf.keys()),
      contextKinds: new Set(options.modules.flatMap((module) => module.contextKinds ?? [])),
    };
  }

  genesisState(empty: StateView = openState(this.hashing, EMPTY_STORE)): ReturnType<Runtime['genesisState']> {
    if (empty.root.some((byte) => byte !== 0)) throw new RangeError('genesis on a state that is not empty');
    const { genesis } = this.options;
    const journal = new Journal(empty);
    journal.set(PARAMETERS_KEY, canonicalJson(genesis.parameters));
    writeGenesisAccounts(genesis, (key, value) => journal.set(key, value));
    for (const module of this.options.modules) module.genesis?.(genesis, journal.scopedTo(module.number));
    return applyChanges(this.hashing, empty, journal.changes(), 0);
  }

  accounts(view: StateReader): AccountsReader {
    return accountsReader(view);
  }

  seenAt(view: StateReader, txId: Uint8Array): number | undefined {
    return readSeen(view, txId)?.height;
  }

  checkBodies(transaction: Pick<TransactionView, 'bodies'>): Refusal | undefined {
    for (const [index, body] of transaction.bodies.entries()) {
      const found = this.moduleOf.get(body.kind)?.checkBody?.(body);
      if (found !== undefined) return { ...found, pointer: `/bodies/${index}/content${found.pointer}` };
    }
    return undefined;
  }

  checkInclusion(view: StateView, transaction: TransactionView, height: number): Refusal | undefined {
    return this.admit(view, accountsReader(view), transaction, height).refusal;
  }

  /** Rules of formats.md 3 that stand before any body. `sender` is given when the keys belong to it. */
  private admit(
    state: StateReader,
    accounts: AccountsReader,
    transaction: TransactionView,
    height: number,
  ): { readonly sender?: AccountRecord; readonly refusal?: Refusal } {
    const { header, signatures, txId } = transaction;
    const sender = accounts.byAccount(header.sender);
    if (sender === undefined)
      return { refusal: refusal('TX_SENDER_UNKNOWN', '/header/sender', { sender: header.sender }) };
    for (const [index, { publicKey }] of signatures.entries()) {
      const key = toHex(publicKey);
      if (!sender.keys.includes(key))
        return {
          refusal: refusal('TX_SIGNER_UNKNOWN', `/signatures/${index}`, { sender: sender.account, publicKey: key }),
        };
    }
    if (signatures.length < sender.threshold)
      return {
        refusal: refusal('TX_THRESHOLD_MISSED', '/signatures', { keys: signatures.length, least: sender.threshold }),
      };
    const { expiryHeight, after } = header;
    if (expiryHeight < height)
      return { sender, refusal: refusal('TX_EXPIRED', '/header/expiryHeight', { expiryHeight, height }) };
    if (expiryHeight > height + this.window)
      return {
        sender,
        refusal: refusal('TX_EXPIRY_TOO_FAR', '/header/expiryHeight', { expiryHeight, most: height + this.window }),
      };
    const seen = readSeen(state, txId);
    if (seen !== undefined) return { sender, refusal: refusal('TX_REPLAYED', '', { height: seen.height }) };
    if (after.length > 0) {
      const predecessor = readSeen(state, after);
      if (predecessor === undefined)
        return { sender, refusal: refusal('TX_AFTER_MISSING', '/header/after', { after: toHex(after) }) };
      if (predecessor.sender !== sender.account)
        return { sender, refusal: refusal('TX_AFTER_FOREIGN', '/header/after', { after: toHex(after) }) };
    }
    return { sender };
  }

  executeBlock(view: StateView, block: BlockInput): BlockResult {
    const journal = new Journal(view);
    const place: Place = { journal, accounts: accountsReader(journal), height: block.height, timeMs: block.timeMs };
    const window = new TransactionWindow(journal, block.height);
    window.forget(this.window);
    const receipts: Receipt[] = [];
    const receiptBytes: Uint8Array[] = [];
    const events: (readonly LedgerEvent[])[] = [];
    const eventBytes: (readonly Uint8Array[])[] = [];
    const warnings: (readonly BodyWarning[])[] = [];
    for (const [txIndex, transaction] of block.transactions.entries()) {
      const result = this.executeTransaction(place, window, transaction, txIndex);
      const encoded = result.events.map(encodeLedgerEvent);
      const receipt: Receipt = {
        txId: transaction.txId,
        sender: transaction.header.sender,
        signerKeys: result.signed ? transaction.signatures.map(({ publicKey }) => publicKey) : [],
        status: result.status,
        failures: result.failures,
        eventsRoot: eventsRootOf(this.hashing, encoded),
        height: block.height,
        txIndex,
      };
      receipts.push(receipt);
      receiptBytes.push(encodeReceipt(receipt));
      events.push(result.events);
      eventBytes.push(encoded);
      warnings.push(result.warnings);
    }
    window.close();
    const overlay = applyChanges(this.hashing, view, journal.changes(), block.height);
    return {
      receipts,
      receiptBytes,
      receiptRoot: receiptRootOf(this.hashing, receiptBytes),
      events,
      eventBytes,
      warnings,
      stateRoot: overlay.root,
      overlay,
    };
  }

  private executeTransaction(
    place: Place,
    window: TransactionWindow,
    transaction: TransactionView,
    txIndex: number,
  ): BodiesResult & { readonly signed: boolean } {
    const { txId, header } = transaction;
    const admission = this.admit(place.journal, place.accounts, transaction, place.height);
    // Whoever may not speak for the sender must not use up its txId either: anybody can put an own signature to a
    // header that is not its own. So only what the sender signed, in time and for the first time, is remembered.
    const code = admission.refusal?.code;
    const stands = code === undefined || code === 'TX_AFTER_MISSING' || code === 'TX_AFTER_FOREIGN';
    if (stands) window.remember(txId, header.sender);
    if (admission.refusal !== undefined || admission.sender === undefined) {
      const failure = admission.refusal as Refusal;
      return {
        status: ReceiptStatus.REFUSED,
        failures: [{ body: 0, ...failure }],
        events: [],
        warnings: [],
        signed: !UNAUTHORISED.has(failure.code),
      };
    }
    const result = this.executeBodies(place, admission.sender, txId, txIndex, transaction.bodies, header.proceed);
    return { ...result, signed: true };
  }

  /** Every body is judged, also after a refusal, so that the sender learns of all errors at once. */
  private executeBodies(
    place: Place,
    sender: AccountRecord,
    txId: Uint8Array,
    txIndex: number,
    bodies: readonly Body[],
    proceed: boolean,
  ): BodiesResult {
    const { journal } = place;
    const start = journal.savepoint();
    const failures: Failure[] = [];
    const events: LedgerEvent[] = [];
    const warnings: BodyWarning[] = [];
    const failed = new Set<number>();
    for (const [bodyIndex, body] of bodies.entries()) {
      const savepoint = journal.savepoint();
      const result = failed.has(body.context - 1)
        ? { refusal: refusal('TX_CONTEXT_REFUSED', '', { context: body.context }) }
        : this.executeBody(place, sender, txId, txIndex, bodies, bodyIndex, body);
      if ('refusal' in result) {
        journal.rollBack(savepoint);
        failed.add(bodyIndex);
        failures.push({ body: bodyIndex + 1, ...result.refusal });
        continue;
      }
      for (const event of result.events) events.push({ type: event.type, body: bodyIndex, content: event.content });
      for (const warning of result.warnings ?? []) warnings.push({ ...warning, body: bodyIndex + 1 });
    }
    if (failures.length === 0) return { status: ReceiptStatus.ACCEPTED, failures, events, warnings };
    if (proceed && failures.length < bodies.length)
      return { status: ReceiptStatus.PARTIAL, failures, events, warnings };
    journal.rollBack(start);
    return { status: ReceiptStatus.REFUSED, failures, events: [], warnings };
  }

  private executeBody(
    place: Place,
    sender: AccountRecord,
    txId: Uint8Array,
    txIndex: number,
    bodies: readonly Body[],
    bodyIndex: number,
    body: Body,
  ): ReturnType<LedgerModule['execute']> {
    const module = this.moduleOf.get(body.kind);
    if (module === undefined) return { refusal: refusal('TX_KIND_UNKNOWN', '', { kind: body.kind }) };
    try {
      const form = module.checkBody?.(body);
      if (form !== undefined) return { refusal: form };
      const { height, timeMs, accounts, journal } = place;
      const { hashing } = this;
      return module.execute(
        { height, timeMs, sender, txId, txIndex, bodyIndex, bodies, hashing, accounts },
        body,
        journal.scopedTo(module.number),
      );
    } catch (cause) {
      const where = `module ${module.number}, height ${place.height}, transaction ${toHex(txId)}, body ${bodyIndex}`;
      throw new RuntimeFault(`a module threw: ${where}`, { cause });
    }
  }

  dryRun(
    view: StateView,
    input: Parameters<Runtime['dryRun']>[1],
    height: number,
    timeMs: number,
  ): ReturnType<Runtime['dryRun']> {
    const journal = new Journal(view);
    const place: Place = { journal, accounts: accountsReader(journal), height, timeMs };
    const sender = place.accounts.byAccount(input.sender);
    if (sender === undefined)
      return { ok: false, refusal: refusal('TX_SENDER_UNKNOWN', '/sender', { sender: input.sender }) };
    const results: DryRunResult[] = [];
    for (const [txIndex, { bodies: inputs, proceed }] of input.transactions.entries()) {
      const bodies = inputs.map(bodyOf);
      const misplaced =
        bodies.length < 1 || bodies.length > MAX_BODIES
          ? refusal('TX_BODY_COUNT', '/bodies', { count: bodies.length, most: MAX_BODIES })
          : checkBodyPlaces(bodies, this.formRules)?.refusal;
      if (misplaced !== undefined) {
        const failures = [{ body: 0, ...misplaced }];
        results.push({ status: ReceiptStatus.REFUSED, failures, events: [], warnings: [] });
        continue;
      }
      // Nothing is signed yet, so the id is made up: the same on every node, and no transaction's.
      const txId = this.hashing.sha256(concatBytes(utf8('waymark/dry-run'), u32Bytes(txIndex)));
      results.push(this.executeBodies(place, sender, txId, txIndex, bodies, proceed));
    }
    return { ok: true, results };
  }
}

const bodyOf = (input: BodyInput): Body => ({
  kind: input.kind,
  content: input.content,
  visibility: input.visibility ?? Visibility.PUBLIC,
  context: input.context ?? 0,
  sealedHash: EMPTY,
  sealedInterval: '',
});

/** A runtime for one chain and one set of modules. @throws RangeError when modules claim the same number or kind. */
export function createRuntime(options: RuntimeOptions): Runtime {
  return new LedgerRuntime(options);
}
