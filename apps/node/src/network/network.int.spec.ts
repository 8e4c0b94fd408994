import { afterEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { connect, type TLSSocket } from 'node:tls';
import { join } from 'node:path';
import { pino } from 'pino';
import { TestConsortium, until } from '../testing/consortium.js';
import { encodeFrames, FrameType, type Frame } from './frame.js';
import { NodeNetwork, type PeerAddress } from './network.js';

interface Identity {
  readonly keyPem: string;
  readonly certificatePem: string;
  readonly address: PeerAddress;
}

const genesisHash = new Uint8Array(32).fill(1);
let open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.reverse()) await each.close();
  open = [];
});

/** Identities of a consortium's nodes, in order of their keys: the first dials. */
async function identities(): Promise<Identity[]> {
  const consortium = await TestConsortium.make();
  open.push(consortium);
  const { nodes } = JSON.parse(await readFile(join(consortium.dir, 'network.json'), 'utf8')) as {
    nodes: { account: string; p2p: { host: string; port: number }; p2pKey: string }[];
  };
  const all = await Promise.all(
    nodes.map(async ({ account, p2p, p2pKey }, index): Promise<Identity> => {
      const own = join(consortium.dir, `${index}-${account}`);
      return {
        keyPem: await readFile(join(own, 'tls.key.pem'), 'utf8'),
        certificatePem: await readFile(join(own, 'tls.cert.pem'), 'utf8'),
        address: { key: p2pKey, name: account, endpoint: p2p },
      };
    }),
  );
  return all.sort((a, b) => (a.address.key < b.address.key ? -1 : 1));
}

interface Running {
  readonly network: NodeNetwork;
  readonly frames: Frame[];
  sessions: number;
}
async function run(own: Identity, peers: readonly PeerAddress[], hash = genesisHash): Promise<Running> {
  const running: Running = {
    frames: [],
    sessions: 0,
    network: new NodeNetwork(
      {
        listen: own.address.endpoint,
        tlsKeyPem: own.keyPem,
        tlsCertificatePem: own.certificatePem,
        genesisHash: hash,
        peers,
        log: pino({ level: 'silent' }),
      },
      {
        opened: () => {
          running.sessions += 1;
        },
        closed: () => undefined,
        frame: (_peer, frame) => running.frames.push(frame),
      },
    ),
  };
  await running.network.start();
  open.push(running.network);
  return running;
}
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 400));

describe('sessions between nodes', () => {
  it('are mutual, carry large messages, and come back when one side was away', async () => {
    const [a, b] = (await identities()) as [Identity, Identity];
    const first = await run(a, [a.address, b.address]);
    let second = await run(b, [a.address, b.address]);
    await until('a session', () => first.network.connected(b.address.key) && second.network.connected(a.address.key));
    const large = new Uint8Array(5_000_000).fill(3);
    first.network.send(b.address.key, FrameType.BLOCK_RESP, large);
    second.network.send(a.address.key, FrameType.COMMIT, new Uint8Array(8));
    await until('both arrived', () => second.frames.length === 1 && first.frames.length === 1);
    expect(second.frames[0]?.payload.length).toBe(large.length);
    await second.network.close();
    second = await run(b, [a.address, b.address]);
    await until('a session again', () => first.network.connected(b.address.key));
  }, 20_000);

  it('are opened anew when a node asks for it, whichever side dialled', async () => {
    const [a, b] = (await identities()) as [Identity, Identity];
    const first = await run(a, [a.address, b.address]);
    const second = await run(b, [a.address, b.address]);
    await until('a session', () => first.network.connected(b.address.key) && second.network.connected(a.address.key));
    for (const [asks, expected] of [
      [first, 2],
      [second, 3],
    ] as const) {
      asks.network.reopenSessions();
      await until('another session', () => first.sessions === expected && second.sessions === expected);
    }
  }, 20_000);

  it('are refused to a node whose key is not the listed one, and to one of another chain', async () => {
    const [a, b, c, d] = (await identities()) as [Identity, Identity, Identity, Identity];
    const listener = await run(b, [a.address, c.address]);
    // The one who dials is not on the list of the one who listens.
    const stranger = await run({ ...d, address: { ...d.address } }, [{ ...b.address, key: 'f'.repeat(64) }]);
    // The listed address answers with another key than the list says.
    const misled = await run(a, [{ ...b.address, key: c.address.key }]);
    await soon();
    expect([listener.sessions, stranger.sessions, misled.sessions]).toEqual([0, 0, 0]);
    await misled.network.close();
    const foreign = await run(a, [b.address], new Uint8Array(32).fill(2));
    await soon();
    expect([listener.sessions, foreign.sessions]).toEqual([0, 0]);
  }, 20_000);

  it('end for a peer that breaks the framing, and it is banned when it goes on', async () => {
    const [a, b] = (await identities()) as [Identity, Identity];
    const victim = await run(b, [a.address]);
    const dial = (): Promise<TLSSocket> =>
      new Promise((resolve, reject) => {
        const socket = connect(
          {
            ...b.address.endpoint,
            key: a.keyPem,
            cert: a.certificatePem,
            minVersion: 'TLSv1.3',
            rejectUnauthorized: false,
          },
          () => resolve(socket),
        );
        socket.once('error', reject);
      });
    for (let offence = 0; offence < 9; offence += 1) {
      const socket = await dial();
      socket.on('error', () => undefined);
      socket.write(encodeFrames(FrameType.HELLO, Buffer.concat([Buffer.from([1]), genesisHash]), 1)[0] as Buffer);
      await until('the session is open', () => victim.sessions === offence + 1);
      const gone = new Promise((resolve) => socket.once('close', resolve));
      socket.resume();
      socket.write(Buffer.alloc(64));
      await gone;
    }
    const banned = await dial();
    banned.on('error', () => undefined);
    banned.resume();
    await new Promise((resolve) => banned.once('close', resolve));
    expect(victim.sessions).toBe(9);
  }, 20_000);
});
