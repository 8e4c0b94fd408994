/** Votes, quorums and certificates; loads in a browser. */
export * from './certificate-codec.js';
export * from './certificate.js';
export * from './quorum.js';
export * from './sign-bytes.js';
export * from './verify.js';
export * from './vote.js';
