import { createServer } from 'node:net';

/** Whether a TCP port can be bound on `host` now. */
export async function portIsFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A free port of the machine's choosing, for tests that must not collide. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host }, () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port was given')),
      );
    });
  });
}

/** The places of a deployment around one port base (`npm run demo -- --port-base N`). */
export interface PortPlan {
  api: number;
  console: number;
  scan: number;
  postgres: number;
  nodeRpc(index: number): number;
  nodeP2p(index: number): number;
}

export function portPlan(base: number): PortPlan {
  return {
    api: base,
    console: base + 1,
    scan: base + 2,
    postgres: base + 3,
    nodeRpc: (index) => base + 10 + index,
    nodeP2p: (index) => base + 20 + index,
  };
}

/**
 * A port base whose whole plan for `nodes` nodes is free now, searched from a random place so that runs side by side do not
 * collide. The ports lie below the range from which the system takes outgoing ones.
 */
export async function freePortBase(nodes: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = 10_000 + Math.floor(Math.random() * 500) * 40;
    const plan = portPlan(base);
    const wanted = [plan.api, plan.console, plan.scan, plan.postgres];
    for (let i = 0; i < nodes; i++) wanted.push(plan.nodeRpc(i), plan.nodeP2p(i));
    if ((await Promise.all(wanted.map((port) => portIsFree(port)))).every(Boolean)) return base;
  }
  throw new Error('no free range of ports was found on 127.0.0.1');
}
