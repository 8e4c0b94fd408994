/** The one place where a block becomes true: formats.md 3, pure and synchronous. */
import type { Hashing } from '@waymark/accel/contract';
import type { AccountRecord, AccountsReader } from '../accounts/account.js';
import { accountsReader, ACCOUNTS_MODULE, writeGenesisAccounts } from '../accounts/accounts.js';
import { createAccountsModule } from '../accounts/accounts-module.js';
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
import { createMotionsModule } from '../motions/motions-module.js';
import { applyChanges, openState, type StateReader, type StateView } from '../state/index.js';
import { Authorisation } from './authorisation.js';
import { Journal } from './journal.js';
import type {
  ApprovedBodies,
  BlockInput,
  BlockResult,
  BodyWarning,
  DryRunResult,
  ExecuteResult,
  LedgerModule,
  MotionApprovalGiven,
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
/** Refusals that say nobody entitled has spoken: such a transaction uses up nothing. */
const UNAUTHORISED: ReadonlySet<string> = new Set([
  'TX_SENDER_UNKNOWN',
  'TX_SENDER_CLOSED',
  'TX_SIGNER_UNKNOWN',
  'TX_THRESHOLD_MISSED',
  'TX_DELEGATION_EXPIRED',
]);

/** A transaction whose bodies are executed, and who speaks in it. */
interface Speaker {
  readonly account: string;
  /** Lower-case hex; undefined: nobody has signed yet. */
  readonly signers: readonly string[] | undefined;
  readonly txId: Uint8Array;
  readonly txIndex: number;
  readonly approval?: MotionApprovalGiven;
}

class LedgerRuntime implements Runtime {
  readonly formRules: FormRules;
  private readonly hashing: Hashing;
  private readonly modules: readonly LedgerModule[];
  private readonly moduleOf: ReadonlyMap<string, LedgerModule>;
  /** D of V7: how far ahead a transaction may expire, and how far back its id is remembered. */
  private readonly window: number;

  constructor(private readonly options: RuntimeOptions) {
    const numbers = new Set<number>([RUNTIME_MODULE]);
    const moduleOf = new Map<string, LedgerModule>();
    const own = [
      createAccountsModule(options.genesis),
      createMotionsModule({ moduleOf: (kind) => moduleOf.get(kind) }),
    ];
    this.modules = [...own, ...options.modules];
    for (const module of this.modules) {
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
    for (const module of this.modules) module.genesis?.(genesis, journal.scopedTo(module.number));
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

  checkInclusion(view: StateView, transaction: TransactionView, height: number, timeMs: number): Refusal | undefined {
    return this.admit(view, accountsReader(view), transaction, height, timeMs).refusal;
  }

  /** Rules of formats.md 3 that stand before any body. `sender` is given when those who signed may speak for it. */
  private admit(
    state: StateReader,
    accounts: AccountsReader,
    transaction: TransactionView,
    height: number,
    timeMs: number,
  ): { readonly sender?: AccountRecord; readonly refusal?: Refusal } {
    const { header, signatures, txId } = transaction;
    const sender = accounts.byAccount(header.sender);
    if (sender === undefined)
      return { refusal: refusal('TX_SENDER_UNKNOWN', '/header/sender', { sender: header.sender }) };
    if (sender.closedAt !== 0)
      return {
        refusal: refusal('TX_SENDER_CLOSED', '/header/sender', { sender: header.sender, height: sender.closedAt }),
      };
    const keys = signatures.map(({ publicKey }) => toHex(publicKey));
    const unauthorised = new Authorisation(accounts, sender, timeMs).check(keys, transaction.bodies, this.moduleOf);
    if (unauthorised !== undefined) return { refusal: unauthorised };
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
    const place = placeOf(journal, block.height, block.timeMs);
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
    const admission = this.admit(place.journal, place.accounts, transaction, place.height, place.timeMs);
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
    const speaker: Speaker = {
      account: header.sender,
      signers: transaction.signatures.map(({ publicKey }) => toHex(publicKey)),
      txId,
      txIndex,
    };
    return { ...this.executeBodies(place, speaker, transaction.bodies, header.proceed), signed: true };
  }

  /** Every body is judged, also after a refusal, so that the sender learns of all errors at once. */
  private executeBodies(place: Place, speaker: Speaker, bodies: readonly Body[], proceed: boolean): BodiesResult {
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
        : this.executeWhole(place, speaker, bodies, bodyIndex);
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

  /** One body and, where it brought a motion's last approval, the bodies of that motion. */
  private executeWhole(place: Place, speaker: Speaker, bodies: readonly Body[], bodyIndex: number): ExecuteResult {
    const own = this.executeBody(place, speaker, bodies, bodyIndex);
    if ('refusal' in own || own.then === undefined) return own;
    return this.executeApproved(place, speaker, own, own.then, bodyIndex);
  }

  private executeApproved(
    place: Place,
    { txId, txIndex, signers }: Speaker,
    own: Extract<ExecuteResult, { events: unknown }>,
    { as, bodies, approval }: ApprovedBodies,
    bodyIndex: number,
  ): ExecuteResult {
    const events = [...own.events];
    const warnings = [...(own.warnings ?? [])];
    const speaker: Speaker = { account: as, signers, txId, txIndex, approval };
    for (const index of bodies.keys()) {
      const result = this.executeBody(place, speaker, bodies, index, bodyIndex);
      if ('refusal' in result) {
        const { code, pointer, facts } = result.refusal;
        return { refusal: { code, pointer: `/bodies/${index}/content${pointer}`, facts } };
      }
      if (result.then !== undefined)
        throw new RuntimeFault(`a motion inside the motion ${approval.motion}, height ${place.height}`);
      events.push(...result.events);
      warnings.push(...(result.warnings ?? []));
    }
    return { events, warnings };
  }

  /** `outer`: index of the transaction's body that brought this one, where a motion did. */
  private executeBody(
    place: Place,
    { account, signers, txId, txIndex, approval }: Speaker,
    bodies: readonly Body[],
    index: number,
    outer = index,
  ): ExecuteResult {
    const body = bodies[index] as Body;
    const module = this.moduleOf.get(body.kind);
    if (module === undefined) return { refusal: refusal('TX_KIND_UNKNOWN', '', { kind: body.kind }) };
    const { height, timeMs, accounts, journal } = place;
    // Asked again for every body: the one before may have changed it.
    const sender = accounts.byAccount(account);
    if (sender === undefined || sender.closedAt !== 0)
      return { refusal: refusal('TX_SENDER_CLOSED', '', { sender: account }) };
    if (sender.class === 'none' && module.openToAll !== true)
      return { refusal: refusal('TX_CLASS_MISSING', '', { sender: account, kind: body.kind }) };
    try {
      const form = module.checkBody?.(body);
      if (form !== undefined) return { refusal: form };
      const { hashing } = this;
      return module.execute(
        {
          height,
          timeMs,
          sender,
          txId,
          txIndex,
          bodyIndex: outer,
          bodies,
          hashing,
          accounts,
          ...(signers === undefined ? {} : { signers }),
          ...(approval === undefined ? {} : { approval }),
        },
        body,
        journal.scopedTo(module.number),
      );
    } catch (cause) {
      const where = `module ${module.number}, height ${place.height}, transaction ${toHex(txId)}, body ${outer}`;
      throw new RuntimeFault(`a module threw: ${where}`, { cause });
    }
  }

  dryRun(
    state: StateReader,
    input: Parameters<Runtime['dryRun']>[1],
    height: number,
    timeMs: number,
  ): ReturnType<Runtime['dryRun']> {
    const journal = new Journal(state);
    const place = placeOf(journal, height, timeMs);
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
      const { signers } = input;
      const current = place.accounts.byAccount(sender.account) ?? sender;
      const unauthorised =
        signers === undefined
          ? undefined
          : new Authorisation(place.accounts, current, timeMs).check(signers, bodies, this.moduleOf);
      if (unauthorised !== undefined) {
        const failures = [{ body: 0, ...unauthorised }];
        results.push({ status: ReceiptStatus.REFUSED, failures, events: [], warnings: [] });
        continue;
      }
      results.push(this.executeBodies(place, { account: sender.account, signers, txId, txIndex }, bodies, proceed));
    }
    return { ok: true, results };
  }
}

const placeOf = (journal: Journal, height: number, timeMs: number): Place => ({
  journal,
  accounts: accountsReader(journal, () => journal.generationOf(ACCOUNTS_MODULE)),
  height,
  timeMs,
});

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
