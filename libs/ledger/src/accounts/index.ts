/** Names, named permissions, delegations: who may speak for whom. Pure look-ups and the module that changes them. */
export * from './account.js';
export * from './account-bodies.js';
export * from './account-names.js';
export { accountKey, ACCOUNTS_MODULE, accountsReader, accountStateKeys, prefixKey, readAccount } from './accounts.js';
export { DELEGATION_MAX_MS, readBalance } from './accounts-module.js';
export * from './authorise.js';
