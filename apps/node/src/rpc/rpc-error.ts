import type { Refusal } from '@waymark/ledger/chain';

/** JSON-RPC error codes of docs/protocol/formats.md section 7, and those of the standard. */
export const RpcCode = {
  PARSE: -32700,
  INVALID_REQUEST: -32600,
  METHOD_NOT_FOUND: -32601,
  INVALID_PARAMS: -32602,
  INTERNAL: -32603,
  REFUSAL: -32000,
  UNAVAILABLE: -32001,
} as const;

/** An answer that is an error. `message` is for people. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}

export function invalidParams(message: string): RpcError {
  return new RpcError(RpcCode.INVALID_PARAMS, message);
}

/** Understood and against the rules: the sender must act. */
export function refusedBy({ code, pointer, facts }: Refusal): RpcError {
  return new RpcError(RpcCode.REFUSAL, `refused: ${code}`, { code, pointer, facts });
}

/** Not now: come again. */
export function unavailable(message: string, retryAfterMs: number): RpcError {
  return new RpcError(RpcCode.UNAVAILABLE, message, { retryAfterMs });
}
