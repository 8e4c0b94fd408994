import type { FastifyRequest } from 'fastify';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

/** What a key may do. */
export const SCOPES = ['capture', 'read', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who asks: an organisation through one of its keys, or nobody in particular. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'organisation';
      readonly organisation: string;
      readonly role: 'company' | 'regulator';
      readonly scopes: readonly Scope[];
      readonly keyId: string;
    };

export interface RequestContext {
  readonly caller: Caller;
  /** Names the request in logs and problem answers. */
  readonly requestId: string;
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
