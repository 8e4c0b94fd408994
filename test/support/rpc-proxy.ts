import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a call is treated on its way: passed on, answered with a broken connection, or left without an answer. */
export type Treatment = 'pass' | 'break' | 'hang';

/**
 * A node's RPC address that can misbehave: passes calls on to the real one, remembers them, and does to single methods what the test says.
 */
export class RpcProxy {
  /** By method; `*` for all others. */
  readonly treatments = new Map<string, Treatment>();
  /** Transactions (base64) that were passed on, in order. */
  readonly submitted: string[] = [];
  readonly calls: string[] = [];

  private constructor(
    private readonly target: () => string,
    private readonly server: Server,
  ) {}

  static async open(target: () => string): Promise<RpcProxy> {
    const server = createServer((request, response) => void proxy.handle(request, response));
    const proxy: RpcProxy = new RpcProxy(target, server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method, params } = JSON.parse(body.toString('utf8')) as {
      method: string;
      params: { transaction?: string };
    };
    this.calls.push(method);
    const treatment = this.treatments.get(method) ?? this.treatments.get('*') ?? 'pass';
    if (treatment === 'hang') return;
    if (treatment === 'break') {
      request.socket.destroy();
      return;
    }
    if (method === 'submitTransaction' && params.transaction !== undefined) this.submitted.push(params.transaction);
    try {
      const answer = await fetch(this.target(), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      response
        .writeHead(answer.status, { 'content-type': 'application/json', 'content-length': bytes.length })
        .end(bytes);
    } catch {
      request.socket.destroy();
    }
  }
}
