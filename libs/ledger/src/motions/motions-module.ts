/**
 * The ledger module of motions (module 4): what takes several signatures is proposed, approved by one after the other, and
 * executed by the transaction that brings the last approval (docs/protocol/ledger.md 5).
 */
import type { AccountRecord } from '../accounts/account.js';
import { authorise, linkedPermission, standsOver } from '../accounts/authorise.js';
import { boardGroupOf, type Board } from '../chain/genesis-rules.js';
import { refusal, type Refusal } from '../chain/refusal.js';
import { Visibility, type Body } from '../chain/transaction-types.js';
import { fromBase64, utf8 } from '../primitives/index.js';
import {
  ANY_KEY,
  type EventInput,
  type ExecuteResult,
  type ExecutionContext,
  type LedgerModule,
  type ModuleState,
} from '../runtime/runtime-types.js';
import {
  isMotionKind,
  MOTION_BOUNDS,
  motionDigest,
  motionKinds,
  readMotionBody,
  type MotionApprove,
  type MotionKind,
  type MotionPropose,
  type MotionWithdraw,
} from './motion-bodies.js';
import {
  MOTIONS_MODULE,
  readBoard,
  readMotion,
  readOpen,
  writeGenesisBoards,
  writeMotion,
  writeOpen,
  type MotionApproval,
  type OpenMotion,
} from './motion-records.js';

/** What the module asks of those that judge the bodies of motions. */
export interface MotionsOptions {
  /** The module that owns a kind. */
  readonly moduleOf: (kind: string) => LedgerModule | undefined;
}

const EMPTY = new Uint8Array(0);

/** The bodies of a motion as the runtime executes them. */
function bodiesOf({ bodies }: Pick<MotionPropose, 'bodies'>): readonly Body[] {
  return bodies.map(({ kind, content }) => ({
    kind,
    content: fromBase64(content),
    visibility: Visibility.PUBLIC,
    context: 0,
    sealedHash: EMPTY,
    sealedInterval: '',
  }));
}

const event = (type: string, says: object): EventInput => ({ type, content: utf8(JSON.stringify(says)) });

/** Keys that speak in this body. In a dry run nobody has signed: then the sender's own of `active` stand for them. */
const signersOf = ({ signers, sender }: ExecutionContext): readonly string[] => [...(signers ?? sender.keys)].sort();

type Standing = { readonly refusal: Refusal } | { readonly reached: boolean };

/** Whether the sender has a say in this motion that it had not before, and whether that is enough. */
function standingOf(
  motion: Pick<OpenMotion, 'on' | 'approvals'>,
  context: ExecutionContext,
  state: ModuleState,
): Standing {
  return 'board' in motion.on
    ? boardStanding(motion.on.board, motion.approvals, context, state)
    : permissionStanding(motion.on, motion.approvals, context);
}

function permissionStanding(
  on: { readonly account: string; readonly permission: string },
  before: readonly MotionApproval[],
  context: ExecutionContext,
): Standing {
  const { sender, accounts, timeMs } = context;
  const own = signersOf(context);
  const known = new Set(before.flatMap(({ keys }) => keys));
  const all = new Set([...known, ...own]);
  const { met, satisfied } = authorise({ ...on, keys: all, timeMs }, accounts);
  if (!own.some((key) => met.has(key)))
    return { refusal: refusal('MOTION_NOT_YOURS', '', { sender: sender.account, ...on }) };
  if (own.every((key) => known.has(key)))
    return { refusal: refusal('MOTION_APPROVED_ALREADY', '', { sender: sender.account }) };
  return { reached: satisfied };
}

/** A member of a board speaks with the full authority of its account. */
function boardStanding(
  name: string,
  before: readonly MotionApproval[],
  { sender, accounts, signers, timeMs }: ExecutionContext,
  state: ModuleState,
): Standing {
  const board = readBoard(state, name);
  if (board === undefined) return { refusal: refusal('MOTION_BOARD_UNKNOWN', '/on/board', { board: name }) };
  if (!board.members.includes(sender.account))
    return { refusal: refusal('MOTION_NOT_YOURS', '', { sender: sender.account, board: name }) };
  if (before.some(({ account }) => account === sender.account))
    return { refusal: refusal('MOTION_APPROVED_ALREADY', '', { sender: sender.account }) };
  if (signers !== undefined) {
    const kind = motionKinds.approve;
    const asked = linkedPermission(sender, kind);
    const { satisfied, weight, threshold } = authorise(
      { account: sender.account, permission: asked, kind, keys: new Set(signers), timeMs },
      accounts,
    );
    if (!satisfied)
      return { refusal: refusal('MOTION_SIGNATURES_MISSED', '', { permission: asked, weight, threshold }) };
  }
  return { reached: boardReached(board, [...before.map(({ account }) => account), sender.account], accounts) };
}

function boardReached(
  { members, threshold, classesLeast }: Board,
  approvals: readonly string[],
  accounts: ExecutionContext['accounts'],
): boolean {
  const standing = approvals
    .filter((account) => members.includes(account))
    .flatMap((account) => accounts.byAccount(account) ?? [])
    .filter(({ closedAt }) => closedAt === 0);
  const groups = new Set(standing.map((record) => boardGroupOf(record.class)));
  return standing.length >= threshold && groups.size >= classesLeast;
}

/** Whether a motion may carry these bodies at all. */
function brokenBodies(
  { on, bodies }: MotionPropose,
  account: AccountRecord | undefined,
  moduleOf: MotionsOptions['moduleOf'],
): Refusal | undefined {
  for (const [index, body] of bodiesOf({ bodies }).entries()) {
    const pointer = `/bodies/${index}`;
    if (isMotionKind(body.kind)) return refusal('MOTION_NESTED', `${pointer}/kind`, { kind: body.kind });
    const module = moduleOf(body.kind);
    const allowed = 'board' in on ? module?.boardKinds : module?.accountMotionKinds;
    if (module === undefined || allowed?.includes(body.kind) !== true)
      return refusal('MOTION_KIND_FORBIDDEN', `${pointer}/kind`, { kind: body.kind });
    const found = module.checkBody?.(body);
    if (found !== undefined) return { ...found, pointer: `${pointer}/content${found.pointer}` };
    if ('board' in on || account === undefined) continue;
    const needed = module.authority?.(body, account) ?? linkedPermission(account, body.kind);
    if (!standsOver(account, on.permission, needed))
      return refusal('MOTION_PERMISSION_WRONG', '/on/permission', {
        permission: on.permission,
        needed,
        kind: body.kind,
      });
  }
  return undefined;
}

function propose(
  context: ExecutionContext,
  body: Body,
  says: MotionPropose,
  state: ModuleState,
  { moduleOf }: MotionsOptions,
): ExecuteResult {
  const { motion, on, bodies, expiresMs, title } = says;
  const { sender, accounts, timeMs, height, hashing } = context;
  if (readMotion(state, motion) !== undefined) return { refusal: refusal('MOTION_ID_TAKEN', '/motion', { motion }) };
  if (expiresMs <= timeMs)
    return { refusal: refusal('MOTION_EXPIRED', '/expiresMs', { expiresMs, blockTimeMs: timeMs }) };
  if (expiresMs > timeMs + MOTION_BOUNDS.aheadMs)
    return {
      refusal: refusal('MOTION_EXPIRY_TOO_FAR', '/expiresMs', { expiresMs, most: timeMs + MOTION_BOUNDS.aheadMs }),
    };
  const account = 'board' in on ? undefined : accounts.byAccount(on.account);
  if (!('board' in on) && (account === undefined || account.closedAt !== 0))
    return { refusal: refusal('MOTION_ACCOUNT_UNKNOWN', '/on/account', { account: on.account }) };
  const standing = standingOf({ on, approvals: [] }, context, state);
  if ('refusal' in standing) return standing;
  const broken = brokenBodies(says, account, moduleOf);
  if (broken !== undefined) return { refusal: broken };
  const open = readOpen(state, sender.account);
  if (open >= MOTION_BOUNDS.openOfProposer)
    return { refusal: refusal('MOTION_TOO_MANY', '', { open, most: MOTION_BOUNDS.openOfProposer }) };
  const digest = motionDigest(hashing, body.content);
  const record: OpenMotion = {
    status: 'open',
    motion,
    on,
    by: sender.account,
    title,
    bodies,
    digest,
    expiresMs,
    proposedAt: height,
    approvals: [{ account: sender.account, keys: signersOf(context) }],
  };
  writeOpen(state, sender.account, open + 1);
  const proposed = event('motion.proposed', {
    motion,
    on,
    by: sender.account,
    title,
    digest,
    expiresMs,
    kinds: bodies.map(({ kind }) => kind),
  });
  return settle(record, standing.reached, [proposed], context, state);
}

function approve(context: ExecutionContext, says: MotionApprove, state: ModuleState): ExecuteResult {
  const { motion, digest } = says;
  const { sender, timeMs } = context;
  const found = readMotion(state, motion);
  const unfit = unfitness(found, motion);
  if (unfit !== undefined || found?.status !== 'open') return { refusal: unfit as Refusal };
  if (timeMs >= found.expiresMs)
    return { refusal: refusal('MOTION_EXPIRED', '/motion', { expiresMs: found.expiresMs, blockTimeMs: timeMs }) };
  if (digest !== found.digest) return { refusal: refusal('MOTION_CHANGED', '/digest', { digest: found.digest }) };
  const standing = standingOf(found, context, state);
  if ('refusal' in standing) return standing;
  const record: OpenMotion = {
    ...found,
    approvals: [...found.approvals, { account: sender.account, keys: signersOf(context) }],
  };
  const approved = event('motion.approved', { motion, by: sender.account });
  return settle(record, standing.reached, [approved], context, state);
}

/** Keeps an approval; the last one that it takes closes the motion and hands its bodies to the runtime. */
function settle(
  record: OpenMotion,
  isReached: boolean,
  events: readonly EventInput[],
  { sender, accounts, height }: ExecutionContext,
  state: ModuleState,
): ExecuteResult {
  const { motion, on, by } = record;
  if (!isReached) {
    writeMotion(state, record);
    return { events };
  }
  writeMotion(state, { status: 'executed', motion, by, height });
  writeOpen(state, by, readOpen(state, by) - 1);
  const approvals = [...new Set(record.approvals.map(({ account }) => account))];
  const subject = 'board' in on ? by : on.account;
  if (accounts.byAccount(subject) === undefined) throw new RangeError(`the motion ${motion} is of nobody`);
  return {
    events: [...events, event('motion.executed', { motion, by: sender.account, approvals })],
    then: { as: subject, bodies: bodiesOf(record), approval: { motion, on, approvals } },
  };
}

const unfitness = (found: ReturnType<typeof readMotion>, motion: string): Refusal | undefined => {
  if (found === undefined) return refusal('MOTION_UNKNOWN', '/motion', { motion });
  if (found.status === 'open') return undefined;
  return refusal('MOTION_CLOSED', '/motion', { motion, status: found.status, height: found.height });
};

/** The proposer takes it back; after its time anybody clears it away. */
function withdraw(context: ExecutionContext, { motion }: MotionWithdraw, state: ModuleState): ExecuteResult {
  const { sender, timeMs, height } = context;
  const found = readMotion(state, motion);
  const unfit = unfitness(found, motion);
  if (unfit !== undefined || found?.status !== 'open') return { refusal: unfit as Refusal };
  const isOver = timeMs >= found.expiresMs;
  if (!isOver && found.by !== sender.account)
    return { refusal: refusal('MOTION_NOT_YOURS', '/motion', { sender: sender.account, by: found.by }) };
  const status = isOver ? 'expired' : 'withdrawn';
  writeMotion(state, { status, motion, by: found.by, height });
  writeOpen(state, found.by, readOpen(state, found.by) - 1);
  return { events: [event(`motion.${status}`, { motion, by: sender.account })] };
}

export function createMotionsModule(options: MotionsOptions): LedgerModule {
  return {
    number: MOTIONS_MODULE,
    kinds: Object.values(motionKinds),
    openToAll: true,
    authority: () => ANY_KEY,
    genesis: writeGenesisBoards,
    checkBody(body) {
      if (!isMotionKind(body.kind)) return refusal('TX_KIND_UNKNOWN', '', { kind: body.kind });
      const read = readMotionBody<MotionKind>(body.kind, body.content);
      return read.ok ? undefined : read.refusal;
    },
    execute(context, body, state) {
      switch (body.kind) {
        case motionKinds.propose: {
          const read = readMotionBody(body.kind, body.content);
          return read.ok ? propose(context, body, read.value, state, options) : { refusal: read.refusal };
        }
        case motionKinds.approve: {
          const read = readMotionBody(body.kind, body.content);
          return read.ok ? approve(context, read.value, state) : { refusal: read.refusal };
        }
        case motionKinds.withdraw: {
          const read = readMotionBody(body.kind, body.content);
          return read.ok ? withdraw(context, read.value, state) : { refusal: read.refusal };
        }
        default:
          return { refusal: refusal('TX_KIND_UNKNOWN', '', { kind: body.kind }) };
      }
    },
  };
}
