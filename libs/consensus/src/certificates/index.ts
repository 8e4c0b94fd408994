/** Votes, quorums and certificates; loads in a browser. */
export * from './certificate.js';
export * from './vote.js';
