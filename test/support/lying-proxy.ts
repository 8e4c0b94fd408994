import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passing {
  /** Path and query as the console asks; may be changed before the API is asked. */
  target: string;
  /** Held back for so long before it is answered. */
  delayMs?: number;
}

/**
 * Stands between the console and the API and may lie: rewrites what is asked and the text of what is answered. Everything else passes
 * as it is.
 */
export class LyingProxy {
  ask: (passing: Passing) => void = () => undefined;
  answer: (target: string, text: string) => string = (_target, text) => text;
  /** What was asked, in order. */
  readonly asked: string[] = [];

  private constructor(private readonly server: Server) {}

  static async open(apiUrl: () => string): Promise<LyingProxy> {
    const server = createServer((request, response) => {
      void (async () => {
        const passing: Passing = { target: request.url ?? '/' };
        proxy.ask(passing);
        proxy.asked.push(passing.target);
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const headers = new Headers();
        for (const [name, value] of Object.entries(request.headers))
          if (!['host', 'connection', 'content-length', 'accept-encoding'].includes(name))
            for (const one of [value ?? ''].flat()) headers.append(name, one);
        const answered = await fetch(new URL(passing.target, apiUrl()), {
          method: request.method ?? 'GET',
          headers,
          redirect: 'manual',
          ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
        });
        const text = proxy.answer(passing.target, await answered.text());
        if (passing.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, passing.delayMs));
        response.statusCode = answered.status;
        for (const name of ['content-type', 'content-disposition', 'cache-control', 'waymark-truncated']) {
          const value = answered.headers.get(name);
          if (value !== null) response.setHeader(name, value);
        }
        response.setHeader('set-cookie', answered.headers.getSetCookie());
        response.end(text);
      })().catch((cause: unknown) => {
        response.statusCode = 502;
        response.end(String(cause));
      });
    });
    const proxy = new LyingProxy(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  honest(): void {
    this.ask = () => undefined;
    this.answer = (_target, text) => text;
    this.asked.length = 0;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
