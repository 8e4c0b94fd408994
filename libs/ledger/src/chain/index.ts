/** What the chain is made of: headers, genesis, trust root, transactions, receipts, ledger events, evidence. */
export * from './body-json.js';
export * from './canonical-json.js';
export * from './committee.js';
export * from './evidence.js';
export * from './evidence-types.js';
export * from './genesis.js';
export * from './genesis-rules.js';
export * from './genesis-types.js';
export * from './header.js';
export * from './header-types.js';
export * from './receipt.js';
export * from './receipt-types.js';
export * from './refusal.js';
export * from './transaction.js';
export * from './transaction-types.js';
export * from './trust-root.js';
export { isAccountName, skeletonOf } from '../accounts/account-names.js';
export type { AccountRecord, AccountsReader } from '../accounts/account.js';
