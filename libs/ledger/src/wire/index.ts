/** The bytes of transactions, bodies, receipts and ledger events: `waymark.proto` and strict coding of its messages. */
export * from './messages.js';
