/** The binary form of consensus messages (2.6): fixed width, big endian, one encoding each. Frames and chunks are the network's. */
export * from './codec.js';
export * from './message.js';
