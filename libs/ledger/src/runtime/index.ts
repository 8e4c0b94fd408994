/** Applies blocks: transactions in, receipts, ledger events and the next state out. */
import type { Runtime, RuntimeOptions } from './runtime-types.js';
export * from './runtime-types.js';
export type { AccountRecord, AccountsReader } from '../accounts/account.js';

export declare function createRuntime(options: RuntimeOptions): Runtime;
