import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiSecurity, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Permission } from './permissions.js';

export type { Permission } from './permissions.js';

export const PERMISSION = 'waymark:permission';

/**
 * Who may use a route:
 * - `open`: anybody; a key or session, where one is sent, is checked and widens what is shown;
 * - `session`: any person who is signed in, whatever their roles (their own account);
 * - permissions: whoever has one of them.
 */
export type RouteRule = 'open' | 'session' | readonly Permission[];

const unauthorized = ApiUnauthorizedResponse({
  description: 'No key or session, or one that is unknown, revoked or over',
  schema: { $ref: '#/components/schemas/Problem' },
});

/** Every route says who may use it; the guard refuses a route that says nothing. Several permissions: one of them is enough. */
export const RequirePermission = (...anyOf: readonly [Permission, ...Permission[]]) =>
  applyDecorators(
    SetMetadata(PERMISSION, anyOf),
    ApiBearerAuth('apiKey'),
    ApiBearerAuth('session'),
    unauthorized,
    ApiForbiddenResponse({
      description: `Lacks the permission ${anyOf.map((one) => `"${one}"`).join(' or ')}`,
      schema: { $ref: '#/components/schemas/Problem' },
    }),
  );

/** For whoever is signed in as a person, about their own account. */
export const RequireSession = () =>
  applyDecorators(SetMetadata(PERMISSION, 'session'), ApiBearerAuth('session'), unauthorized);

/** Anybody may call it; without a key or session only public facts are shown. */
export const OpenToAll = () =>
  applyDecorators(SetMetadata(PERMISSION, 'open'), ApiSecurity({}), ApiBearerAuth('apiKey'), ApiBearerAuth('session'));
