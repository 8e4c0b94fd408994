import type { FastifyRequest } from 'fastify';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Permission } from '../auth/permissions.js';

/** By what a caller is known: a machine's key, or a person's session. */
export type Via =
  | { readonly kind: 'key'; readonly keyId: string }
  | { readonly kind: 'session'; readonly userId: string; readonly sessionId: string; readonly email: string };

/** Who asks: somebody of an organisation, or nobody in particular. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'organisation';
      readonly organisation: string;
      readonly role: 'company' | 'regulator';
      readonly permissions: readonly Permission[];
      readonly via: Via;
    };

export interface RequestContext {
  readonly caller: Caller;
  /** Names the request in logs, problem answers and the audit log. */
  readonly requestId: string;
  /** The client's network address, behind proxies of ours too. */
  readonly address: string;
}

const contexts = new WeakMap<FastifyRequest, RequestContext>();

export function setRequestContext(request: FastifyRequest, context: RequestContext): void {
  contexts.set(request, context);
}

export function requestContext(request: FastifyRequest): RequestContext {
  const context = contexts.get(request);
  if (context === undefined) throw new Error('the guard did not run before the controller');
  return context;
}

/** Controller parameter: the {@link RequestContext} of this request. */
export const Context = createParamDecorator((_data: unknown, execution: ExecutionContext): RequestContext =>
  requestContext(execution.switchToHttp().getRequest<FastifyRequest>()),
);
