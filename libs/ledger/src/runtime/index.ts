/** Applies blocks: transactions in, receipts, ledger events and the next state out. */
export * from './runtime-types.js';
export { createRuntime, RuntimeFault } from './runtime.js';
export { RUNTIME_MODULE } from './transaction-window.js';
export { accountKey, ACCOUNTS_MODULE, accountsReader, prefixKey } from '../accounts/accounts.js';
export { accountRecordOf, foundingAccount } from '../accounts/account.js';
export type { AccountRecord, AccountsReader, StoredAccount } from '../accounts/account.js';
