/** The memory of a consensus key, as pure code: formats and decisions. Files and fsync are the node's (`wal/`, `signer/`). */
export * from './crc32c.js';
export * from './log-frame.js';
export * from './log-vote-codec.js';
export * from './recovery.js';
export * from './sign-state-codec.js';
export * from './sign-state.js';
