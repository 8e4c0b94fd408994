import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { z } from 'zod';

/** The node understood and refused (JSON-RPC error -32000): the sender must act. */
export class NodeRefusal extends Error {
  constructor(
    readonly code: string,
    readonly pointer: string,
    readonly facts: Readonly<Record<string, string>>,
  ) {
    super(`the node refused: ${code}`);
  }
}

/** The node does not answer, or not now (-32001): another node or another time. */
export class NodeUnavailable extends Error {
  constructor(
    message: string,
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const envelope = z.object({
  result: z.unknown().optional(),
  error: z.object({ code: z.number(), message: z.string(), data: z.unknown().optional() }).optional(),
});
const refusalData = z.object({
  code: z.string(),
  pointer: z.string().default(''),
  facts: z.record(z.string(), z.string()).default({}),
});
const laterData = z.object({ retryAfterMs: z.number() });

/** Largest answer read from a node: blocks are at most 4 MiB, base64 and headers included it stays below this. */
const ANSWER_BYTES_MAX = 24 * 1024 * 1024;

/** One JSON-RPC 2.0 call (docs/protocol/formats.md section 7). Throws {@link NodeRefusal} or {@link NodeUnavailable}. */
export async function callNode(
  url: string,
  method: string,
  params: object,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<unknown> {
  let text: string;
  try {
    text = await post(url, JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }), timeoutMs, signal);
  } catch (error) {
    throw new NodeUnavailable(`the node at ${url} does not answer to ${method}`, undefined, { cause: error });
  }
  return takeResult(text, url, method);
}

function takeResult(text: string, url: string, method: string): unknown {
  let parsed: z.infer<typeof envelope>;
  try {
    parsed = envelope.parse(JSON.parse(text));
  } catch (error) {
    throw new NodeUnavailable(`the node at ${url} answered ${method} with something that is no JSON-RPC`, undefined, {
      cause: error,
    });
  }
  if (parsed.error === undefined) return parsed.result;
  const { code, message, data } = parsed.error;
  if (code === -32000) {
    const refusal = refusalData.safeParse(data);
    if (refusal.success) throw new NodeRefusal(refusal.data.code, refusal.data.pointer, refusal.data.facts);
  }
  throw new NodeUnavailable(
    `the node at ${url} answered ${method}: ${message} (${code})`,
    laterData.safeParse(data).data?.retryAfterMs,
  );
}

/** Connections stay open for the next call, but not until the node closes them under it (5 s). */
const keptOpen = { keepAlive: true, timeout: 4_000 } as const;
const agents = { http: new HttpAgent(keptOpen), https: new HttpsAgent(keptOpen) };

let bearer: string | undefined;

/** The token that the nodes of this deployment ask for (`rpc.tokenFile` of their settings); told once, when a process starts. */
export function showNodesToken(token: string | undefined): void {
  bearer = token;
}

/** One POST; the whole answer must be here after `timeoutMs`. Half the work of `fetch`, and this is called for each transaction. */
function post(url: string, body: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<string> {
  const isSecure = url.startsWith('https:');
  return new Promise((resolve, reject) => {
    const call = (isSecure ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent: isSecure ? agents.https : agents.http,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      ...(signal !== undefined && { signal }),
    });
    const timer = setTimeout(() => call.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    call.on('error', fail);
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        sizeBytes += chunk.length;
        if (sizeBytes > ANSWER_BYTES_MAX) call.destroy(new Error(`the answer has more than ${ANSWER_BYTES_MAX} bytes`));
      });
      response.on('end', () => {
        clearTimeout(timer);
        resolve(Buffer.concat(chunks).toString('utf8'));
      });
    });
    call.end(body);
  });
}
