/** Snapshots of the state of a node that is stopped (docs/protocol/formats.md 4a). */
export * from './export-snapshot.js';
export * from './import-snapshot.js';
export * from './open-stopped.js';
export * from './read-chunks.js';
