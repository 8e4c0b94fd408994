/** The socket of consensus engines, and the engines: `lbft` for a consortium, `solo` for one signer. */
export * from './consensus-engine.js';
export { solo } from './solo.js';
