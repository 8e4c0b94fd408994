export { COMPRESSION_LEVEL, compressPortable, decompressPortable } from './compression.js';
export { acceleratorOf, answerPortably, portableServiceEngine } from './engine.js';
export { headOfHashes, leafHashes, merklePaths, merkleRoot, pathsFrom } from './merkle.js';
export { openPortable, sealPortable } from './sealing.js';
