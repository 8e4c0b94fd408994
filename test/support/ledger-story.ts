/**
 * A ledger of accounts in memory, for stories in few words: the real runtime over a small genesis, blocks of transactions
 * that say who signs. Signatures are not verified here (the node does that); keys are what counts.
 */
import { portableHashing as hashing } from '@waymark/accel/portable';
import { accountBody, type AccountBodies, type AccountKind, type Permission } from '@waymark/ledger/accounts';
import {
  assembleTransaction,
  buildTransaction,
  decodeTransaction,
  type BodyInput,
  type Genesis,
  type GenesisBoard,
  type OrganisationClass,
  type TransactionView,
} from '@waymark/ledger/chain';
import { fromHex, fromUtf8, toHex, utf8 } from '@waymark/ledger/primitives';
import { createRuntime, type AccountRecord, type LedgerModule, type Runtime } from '@waymark/ledger/runtime';
import type { StateView } from '@waymark/ledger/state';

/** A key made of a name, hex. */
export const keyNamed = (name: string): string => toHex(hashing.sha256(utf8(`story key ${name}`)));

/** A permission in few words: `permissionOf(2, { a: 1, b: 1 }, { 'lab@active': 1 })`; keys by name. */
export function grant(
  threshold: number,
  keys: Readonly<Record<string, number>> = {},
  accounts: Readonly<Record<string, number>> = {},
  parent = 'owner',
): Permission {
  return {
    threshold,
    keys: Object.entries(keys)
      .map(([name, weight]) => ({ key: keyNamed(name), weight }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    accounts: Object.entries(accounts)
      .map(([place, weight]) => {
        const [account = '', permission = 'active'] = place.split('@');
        return { account, permission, weight };
      })
      .sort((a, b) => (`${a.account}@${a.permission}` < `${b.account}@${b.permission}` ? -1 : 1)),
    parent,
  };
}

/** `owner` and `active` held by these keys. */
export const heldBy = (...names: readonly string[]): Record<string, Permission> => {
  const keys = Object.fromEntries(names.map((name) => [name, 1]));
  return { owner: grant(1, keys, {}, ''), active: grant(1, keys) };
};

/** Notes: a module of a test. `notes.write` writes a text once, with who wrote it and under which approval. */
export const notesModule: LedgerModule = {
  number: 9,
  kinds: ['notes.write', 'notes.pin', 'notes.seal'],
  accountMotionKinds: ['notes.write'],
  boardKinds: ['notes.seal'],
  checkBody: (body) => (body.content.length > 40 ? { code: 'NOTES_TOO_LONG', pointer: '/text', facts: {} } : undefined),
  execute(context, body, state) {
    if (body.kind === 'notes.seal' && context.approval === undefined)
      return { refusal: { code: 'NOTES_BOARD_ONLY', pointer: '', facts: {} } };
    if (state.get(body.content) !== undefined) return { refusal: { code: 'NOTES_TWICE', pointer: '/text', facts: {} } };
    const { approval } = context;
    const under = approval === undefined ? '' : ` by ${approval.approvals.join('+')}`;
    state.put(body.content, utf8(`${context.sender.account}${under}`));
    return { events: [{ type: 'notes.written', content: body.content }] };
  },
};

export const note = (text: string, kind = 'notes.write'): BodyInput => ({ kind, content: utf8(text) });

export interface Said {
  readonly sender: string;
  /** Names of keys; default: the sender's name. */
  readonly keys?: readonly string[];
  readonly bodies: readonly BodyInput[];
  readonly proceed?: boolean;
}

const GENESIS_HASH = new Uint8Array(32).fill(5);
const MINUTE_MS = 60_000;

export class LedgerStory {
  readonly genesis: Genesis;
  readonly runtime: Runtime;
  view: StateView;
  height = 0;
  timeMs = Date.UTC(2026, 0, 1);
  private serial = 1;

  /** `classes`: the founding organisations, each with one key of its own name. */
  constructor(
    classes: Readonly<Record<string, OrganisationClass>> = { maker: 'producer', seller: 'wholesaler' },
    more: { readonly boards?: readonly GenesisBoard[]; readonly deposit?: number; readonly grant?: number } = {},
  ) {
    this.genesis = {
      format: 'waymark-genesis/2',
      suite: 1,
      chainId: 'story',
      timeMs: this.timeMs,
      parameters: {
        deltaMs: 1,
        minBlockMs: 1,
        slotMs: 1,
        maxBlockBytes: 1 << 20,
        maxTxBytes: 1 << 20,
        expiryHeightsMax: 10_000,
        guardianEvery: 0,
        epochLength: 0,
      },
      organisations: Object.entries(classes).map(([account, organisationClass], index) => ({
        account,
        name: { en: account, 'zh-CN': account },
        role: organisationClass === 'regulator' ? 'regulator' : 'company',
        class: organisationClass,
        keys: [{ publicKey: keyNamed(account), proofOfPossession: '00'.repeat(64) }],
        companyPrefixes: organisationClass === 'producer' ? [`95210${index}`] : [],
      })),
      validators: [],
      proposers: [],
      credits: {
        dailyAllowance: 0,
        capacity: 0,
        perByte: 0,
        perWork: 0,
        depositPerAccount: more.deposit ?? 100,
        grant: more.grant ?? 1_000,
      },
      ...(more.boards === undefined ? {} : { boards: more.boards }),
    };
    this.runtime = createRuntime({
      hashing,
      modules: [notesModule],
      genesis: this.genesis,
      genesisHash: GENESIS_HASH,
    });
    this.view = this.runtime.genesisState();
  }

  /** A transaction; each is another one, also where it says the same. */
  transaction({ sender, keys = [sender], bodies, proceed = false }: Said): TransactionView {
    this.serial += 1;
    const unsigned = buildTransaction(hashing, {
      genesisHash: GENESIS_HASH,
      sender,
      expiryHeight: this.height + (this.serial % 9_000) + 1,
      proceed,
      bodies,
    });
    const outcome = decodeTransaction(
      hashing,
      assembleTransaction(
        unsigned,
        keys.map((name) => ({ publicKey: fromHex(keyNamed(name)), signature: new Uint8Array(64) })),
      ),
    );
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.value;
  }

  /** One block a minute later. */
  block(...said: readonly Said[]): ReturnType<Runtime['executeBlock']> {
    const transactions = said.map((one) => this.transaction(one));
    this.height += 1;
    this.timeMs += MINUTE_MS;
    const result = this.runtime.executeBlock(this.view, { height: this.height, timeMs: this.timeMs, transactions });
    this.view = result.overlay;
    return result;
  }

  /** What became of one transaction in a block of its own: `ok`, or its codes. */
  say(said: Said): string {
    const [receipt] = this.block(said).receipts;
    if (receipt === undefined) throw new Error('no receipt');
    return receipt.failures.length === 0 ? 'ok' : receipt.failures.map(({ code }) => code).join(' ');
  }

  /** One body of a kind `account.*`. */
  account<K extends AccountKind>(sender: string, kind: K, says: AccountBodies[K], keys?: readonly string[]): string {
    return this.say({ sender, bodies: [accountBody(kind, says)], ...(keys === undefined ? {} : { keys }) });
  }

  /** Makes an account with permissions; its founder pays. */
  create(account: string, permissions: Readonly<Record<string, Permission>> = heldBy(account), by = 'maker'): string {
    return this.account(by, 'account.create', {
      account,
      name: { en: account, 'zh-CN': account },
      permissions,
      deposit: 100,
    });
  }

  record(account: string): AccountRecord | undefined {
    return this.runtime.accounts(this.view).byAccount(account);
  }

  /** Who wrote a note, and how. */
  note(text: string): string | undefined {
    const value = this.view.get(Uint8Array.of(9, ...utf8(text)));
    return value === undefined ? undefined : fromUtf8(value);
  }

  balance(account: string): number {
    const value = this.view.get(Uint8Array.of(2, ...utf8(`b${account}`)));
    return value === undefined ? 0 : Number(fromUtf8(value));
  }

  wait(ms: number): this {
    this.timeMs += ms;
    return this;
  }
}
