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
  const timeout = AbortSignal.timeout(timeoutMs);
  let text: string;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    text = await readBounded(response);
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

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.length;
    if (sizeBytes > ANSWER_BYTES_MAX) throw new Error(`the answer has more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
