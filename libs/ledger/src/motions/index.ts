/** What takes several signatures: proposed, approved one after the other, executed by the last approval. */
export * from './motion-bodies.js';
export * from './motion-records.js';
