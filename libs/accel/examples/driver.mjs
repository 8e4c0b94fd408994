// A hardware maker's driver, small and whole: it offers hashing and Merkle roots to Waymark nodes over a unix socket.
// It imports nothing of Waymark: the protocol is in docs/accelerators.md. Where `card` stands, a maker's own calls stand.
//
//     node libs/accel/examples/driver.mjs /run/waymark/card.sock
//
// and in node.json:  "accelerator": { "socket": { "path": "/run/waymark/card.sock" } }
import { createHash } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';

const path = process.argv[2];
if (path === undefined) {
  process.stderr.write('say where to listen: node driver.mjs PATH\n');
  process.exit(1);
}

/** What the hardware does: SHA-256 of each message. Here the processor stands in for it. */
const card = {
  name: 'example card',
  digests: async (messages) => messages.map((message) => createHash('sha256').update(message).digest()),
};

const FRAME_BYTES_MAX = 8 * 1024 * 1024;
const IN_FLIGHT_MAX = 8;
const Kind = { HELLO: 1, REQUEST: 2, CANCEL: 3, ANSWER: 4, FAILED: 5 };
const Operation = { HASH: 2, MERKLE_ROOT: 3 };
const Failure = { BUSY: 1, MALFORMED: 2, UNSUPPORTED: 3, FAILED: 4 };

const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const frame = (kind, id, ...parts) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([u32(5 + body.length), Buffer.of(kind), u32(id), body]);
};
const hello = frame(
  Kind.HELLO,
  0,
  Buffer.from('WACC'),
  Buffer.of(1),
  u32(FRAME_BYTES_MAX),
  u32(IN_FLIGHT_MAX),
  Buffer.of(card.name.length),
  Buffer.from(card.name),
  Buffer.of(2, Operation.HASH, Operation.MERKLE_ROOT),
);

/** A list: count u32, then length u32 and bytes each. Undefined: these bytes are none. */
function readList(bytes) {
  if (bytes.length < 4) return undefined;
  const items = [];
  let at = 4;
  for (let left = bytes.readUInt32BE(0); left > 0; left -= 1) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    items.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return at === bytes.length ? items : undefined;
}

/** RFC 6962, 2.1: leaves marked 0, nodes marked 1, a last odd node rises. */
async function merkleRoot(leaves) {
  if (leaves.length === 0) return (await card.digests([Buffer.alloc(0)]))[0];
  let level = await card.digests(leaves.map((leaf) => Buffer.concat([Buffer.of(0), leaf])));
  while (level.length > 1) {
    const pairs = [];
    for (let at = 0; at + 1 < level.length; at += 2)
      pairs.push(Buffer.concat([Buffer.of(1), level[at], level[at + 1]]));
    const above = await card.digests(pairs);
    if (level.length % 2 === 1) above.push(level.at(-1));
    level = above;
  }
  return level[0];
}

async function answer(operation, body) {
  if (operation !== Operation.HASH && operation !== Operation.MERKLE_ROOT)
    return [Kind.FAILED, Buffer.of(Failure.UNSUPPORTED), Buffer.from('not offered')];
  const items = readList(body);
  if (items === undefined) return [Kind.FAILED, Buffer.of(Failure.MALFORMED), Buffer.from('no list')];
  try {
    return operation === Operation.HASH
      ? [Kind.ANSWER, u32(items.length), ...(await card.digests(items))]
      : [Kind.ANSWER, await merkleRoot(items)];
  } catch (error) {
    return [Kind.FAILED, Buffer.of(Failure.FAILED), Buffer.from(String(error.message)).subarray(0, 512)];
  }
}

const server = createServer((socket) => {
  const inHand = new Map(); // id of a request -> is its answer still wanted?
  let buffered = Buffer.alloc(0);
  socket.on('error', () => undefined); // 'close' follows
  socket.write(hello);
  socket.on('data', (bytes) => {
    buffered = Buffer.concat([buffered, bytes]);
    while (buffered.length >= 4) {
      const length = buffered.readUInt32BE(0);
      if (length < 5 || length + 4 > FRAME_BYTES_MAX) return socket.destroy();
      if (buffered.length < 4 + length) return undefined;
      const whole = buffered.subarray(4, 4 + length);
      buffered = buffered.subarray(4 + length);
      const id = whole.readUInt32BE(1);
      if (whole[0] === Kind.CANCEL) {
        if (inHand.has(id)) inHand.set(id, false);
      } else if (whole[0] === Kind.REQUEST && whole.length > 5 && !inHand.has(id)) {
        if (inHand.size >= IN_FLIGHT_MAX) {
          socket.write(frame(Kind.FAILED, id, Buffer.of(Failure.BUSY), Buffer.from('too much at once')));
          continue;
        }
        inHand.set(id, true);
        answer(whole[5], whole.subarray(6)).then(([kind, ...parts]) => {
          if (inHand.get(id) && !socket.destroyed) socket.write(frame(kind, id, ...parts));
          inHand.delete(id);
        });
      } else {
        return socket.destroy();
      }
    }
    return undefined;
  });
});
server.listen(path, () => {
  chmodSync(path, 0o660);
  process.stdout.write(`${card.name} listens on ${path}\n`);
});
const end = () => server.close(() => process.exit(0));
process.once('SIGTERM', end);
process.once('SIGINT', end);
