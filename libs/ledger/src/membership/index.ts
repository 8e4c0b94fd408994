export * from './node-pass.js';
