// Engines for a pool's threads that do one thing wrong each, or slowly. A thread loads them as JavaScript.
import { portableServiceEngine } from '../../libs/accel/dist/portable/service/index.js';

const engineThat = (name, run) => ({
  name,
  operations: ['hash'],
  onCallingThread: true,
  start: () => ({ name, run, close: async () => undefined }),
});
const digests = (messages) => messages.map((message) => new Uint8Array(32).fill(message.length));

/** Never comes back from a message of 13 bytes, not even to be told to stop. */
export const hanging = engineThat('hanging', async (_, messages) => {
  if (messages.some(({ length }) => length === 13)) for (;;);
  return digests(messages);
});

/** Cannot do messages of 13 bytes. */
export const throwing = engineThat('throwing', async (_, messages) => {
  if (messages.some(({ length }) => length === 13)) throw new Error('thirteen is too much');
  return digests(messages);
});

/** Ends its thread over messages of 13 bytes. */
export const dying = engineThat('dying', async (_, messages) => {
  if (messages.some(({ length }) => length === 13)) process.exit(9);
  return digests(messages);
});

/** Takes its time: 20 ms a batch. */
export const slow = engineThat('slow', async (_, messages) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
  return digests(messages);
});

/** Does not start. */
export const absent = {
  ...slow,
  start() {
    throw new Error('no card in the slot');
  },
};

const right = portableServiceEngine.start();
/** Right, until it is asked to hash a message of 13 bytes: then it never comes back. */
export const rightThenHanging = {
  ...engineThat('rightThenHanging', async (operation, request) => {
    if (operation === 'hash' && request.some(({ length }) => length === 13)) for (;;);
    return right.run(operation, request);
  }),
  operations: portableServiceEngine.operations,
};
