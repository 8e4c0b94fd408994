/**
 * Who may do what, in one file. A route asks for a permission; a person has permissions by roles in an organisation, a machine's key by
 * its scopes. Everything else (guard, sessions, people, keys, the console's menus) reads these lists.
 */

export const PERMISSIONS = ['read', 'capture', 'visibility', 'people', 'keys', 'audit', 'regulate', 'operate'] as const;
/** What one may do: the table in docs/architecture.md "Who may do what". */
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['administrator', 'quality', 'capture', 'reader', 'regulator', 'operator'] as const;
/** What a person is in one organisation. */
export type Role = (typeof ROLES)[number];

export const SCOPES = ['capture', 'read', 'visibility', 'admin', 'regulate', 'operate'] as const;
/** What a key may do. */
export type Scope = (typeof SCOPES)[number];

const ofRole: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: ['read', 'capture', 'visibility', 'people', 'keys', 'audit'],
  quality: ['read', 'capture', 'visibility', 'audit'],
  capture: ['read', 'capture'],
  reader: ['read'],
  regulator: ['read', 'audit', 'regulate'],
  operator: ['read', 'operate'],
};

const ofScope: Readonly<Record<Scope, readonly Permission[]>> = {
  capture: ['capture'],
  read: ['read'],
  visibility: ['visibility'],
  admin: ['people', 'keys', 'audit'],
  regulate: ['regulate'],
  operate: ['operate'],
};

/** What of an organisation bounds the permissions of its people and keys. */
export interface Standing {
  /** Its role in genesis. */
  readonly role: 'company' | 'regulator';
  /** Whether `WAYMARK_OPERATORS` names it: whether its people may operate this deployment. */
  readonly operates: boolean;
}

/** Whether an organisation may give this role to anybody. */
export function mayGrant(role: Role, standing: Standing): boolean {
  if (role === 'regulator') return standing.role === 'regulator';
  if (role === 'operator') return standing.operates;
  return true;
}

/** Roles that an organisation may give, in the order of {@link ROLES}. */
export const grantableRoles = (standing: Standing): readonly Role[] => ROLES.filter((role) => mayGrant(role, standing));

/** Scopes that an organisation's keys may have. */
export const grantableScopes = (standing: Standing): readonly Scope[] =>
  SCOPES.filter((scope) => ofScope[scope].every((permission) => allowed(permission, standing)));

/** What a role means, whoever holds it. */
export const permissionsOfRole = (role: Role): readonly Permission[] => ofRole[role];

/** What a person may do in an organisation. A role that the organisation may not grant (any more) gives nothing. */
export function permissionsOfRoles(roles: readonly string[], standing: Standing): readonly Permission[] {
  const known = ROLES.filter((role) => roles.includes(role) && mayGrant(role, standing));
  return inOrder(known.flatMap((role) => ofRole[role]));
}

/** What a key of an organisation may do. */
export function permissionsOfScopes(scopes: readonly string[], standing: Standing): readonly Permission[] {
  const known = SCOPES.filter((scope) => scopes.includes(scope));
  return inOrder(known.flatMap((scope) => ofScope[scope]).filter((permission) => allowed(permission, standing)));
}

function allowed(permission: Permission, standing: Standing): boolean {
  if (permission === 'regulate') return standing.role === 'regulator';
  if (permission === 'operate') return standing.operates;
  return true;
}

const inOrder = (some: readonly Permission[]): readonly Permission[] =>
  PERMISSIONS.filter((permission) => some.includes(permission));
