import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiSecurity, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Scope } from '../http/request-context.js';

export const PERMISSION = 'waymark:permission';

/**
 * - `open`: anybody; a key, where one is sent, is checked and widens what is shown.
 * - a scope: only a key that has it.
 */
export type Permission = 'open' | Scope;

/** Every route says who may use it; the guard refuses a route that says nothing. */
export const RequireScope = (scope: Scope) =>
  applyDecorators(
    SetMetadata(PERMISSION, scope),
    ApiBearerAuth('apiKey'),
    ApiUnauthorizedResponse({
      description: 'No key, or one that is unknown or revoked',
      schema: { $ref: '#/components/schemas/Problem' },
    }),
    ApiForbiddenResponse({
      description: `The key lacks the scope "${scope}"`,
      schema: { $ref: '#/components/schemas/Problem' },
    }),
  );

/** Anybody may call it; without a key only public facts are shown. */
export const OpenToAll = () =>
  applyDecorators(SetMetadata(PERMISSION, 'open'), ApiSecurity({}), ApiBearerAuth('apiKey'));
