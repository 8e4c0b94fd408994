/** What the last booked state says of an account and of a motion. Nothing of it is proven here: `stateProof` of the same key proves it. */
import { accountStateKeys, ACCOUNTS_MODULE, readBalance, type StoredAccount } from '@waymark/ledger/accounts';
import { MOTIONS_MODULE, readBoard, readMotion, type MotionRecord } from '@waymark/ledger/motions';
import type { Board } from '@waymark/ledger/chain';
import { concatBytes, fromUtf8 } from '@waymark/ledger/primitives';
import type { ExecutionTree } from '../execution/execution-tree.js';

interface At {
  /** Height whose state was read. */
  readonly height: number;
}

export class AccountReader {
  constructor(private readonly tree: ExecutionTree) {}

  account(account: string): At & { readonly record: StoredAccount | null; readonly balance: number } {
    const state = this.corner(ACCOUNTS_MODULE);
    const value = state.get(accountStateKeys.account(account));
    return {
      height: this.tree.final.height,
      record: value === undefined ? null : (JSON.parse(fromUtf8(value)) as StoredAccount),
      balance: readBalance(state, account),
    };
  }

  motion(motion: string): At & { readonly motion: MotionRecord | null } {
    return { height: this.tree.final.height, motion: readMotion(this.corner(MOTIONS_MODULE), motion) ?? null };
  }

  board(board: string): At & { readonly board: Board | null } {
    return { height: this.tree.final.height, board: readBoard(this.corner(MOTIONS_MODULE), board) ?? null };
  }

  private corner(module: number): { get(key: Uint8Array): Uint8Array | undefined } {
    const { view } = this.tree.final;
    return { get: (key) => view.get(concatBytes(Uint8Array.of(module), key)) };
  }
}
