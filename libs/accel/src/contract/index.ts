export type { Hashing } from './hashing.js';
export type { SignatureCheck, Verifier } from './verifier.js';
export type { Demotion, Engine, SelectedVerifier, SelectionOptions } from './engine.js';
