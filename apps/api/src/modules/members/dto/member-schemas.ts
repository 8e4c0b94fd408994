import { z } from 'zod';
import { PERMISSIONS, ROLES, SCOPES } from '../../../platform/auth/permissions.js';
import { apiSchema } from '../../../platform/openapi/api-schema.js';

/** Texts that people type: bounded, without control characters, without space at the ends. */
export const shortText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'holds a character that cannot be shown');

export const email = z.string().trim().toLowerCase().max(254).pipe(z.email('is no e-mail address'));
/** Bounded before it is hashed; the rules for new ones are in `passwords.ts`. */
export const password = z.string().min(1).max(1_000);
/** What somebody typed from their phone, or one of their recovery codes. */
export const secondFactor = z.string().trim().min(6).max(40);
export const oneTimeToken = z.string().max(100);
const time = z.iso.datetime();
const role = apiSchema('Role', z.enum(ROLES));
const permission = apiSchema('Permission', z.enum(PERMISSIONS));
const scope = apiSchema('KeyScope', z.enum(SCOPES));
export const version = z.int().min(1).max(1_000_000_000);

export const pageOf = z.object({
  perPage: z.coerce.number().int().min(1).max(200).default(50),
  nextPageToken: z.string().max(500).optional(),
});

const names = apiSchema('LocalNames', z.object({ en: z.string(), 'zh-CN': z.string() }));

export const organisation = apiSchema(
  'Organisation',
  z.object({
    account: z.string(),
    names,
    role: z.enum(['company', 'regulator']),
    companyPrefixes: z.array(z.string()),
  }),
);
export type OrganisationAnswer = z.infer<typeof organisation>;

// Sessions

export const signIn = apiSchema(
  'SignIn',
  z.strictObject({
    email,
    password,
    totp: secondFactor.optional(),
    /** For which organisation, where the person belongs to several; else the one of last time. */
    organisation: z.string().min(1).max(64).optional(),
  }),
);

export const signInWays = apiSchema(
  'SignInWays',
  z.object({
    password: z.boolean(),
    /** Sign-in with an identity provider, where one is set up. */
    oidc: z.object({ label: z.string() }).nullable(),
    /** Whether a second factor can be set up. */
    totp: z.boolean(),
  }),
);

const ownMembership = apiSchema(
  'OwnMembership',
  z.object({
    account: z.string(),
    name: names,
    role: z.enum(['company', 'regulator']),
    roles: z.array(role),
    permissions: z.array(permission),
  }),
);

const sessionUser = apiSchema(
  'SessionUser',
  z.object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    /** Whether a second factor is on. */
    totp: z.boolean(),
    /** Whether the person has a password (one may sign in with an identity provider only). */
    password: z.boolean(),
    version: z.int(),
  }),
);

const sessionFactsShape = {
  sessionId: z.uuid(),
  user: sessionUser,
  /** Account of the organisation that the session acts for. */
  organisation: z.string(),
  /** All organisations that the person belongs to. */
  organisations: z.array(ownMembership),
  /** Of the organisation that the session acts for. */
  permissions: z.array(permission),
};

export const sessionFacts = apiSchema('SessionFacts', z.object(sessionFactsShape));
export type SessionFacts = z.infer<typeof sessionFacts>;

export const session = apiSchema(
  'Session',
  z.object({ ...sessionFactsShape, accessToken: z.string(), expiresAt: time }),
);
export type SessionAnswer = z.infer<typeof session>;

export const chooseOrganisation = apiSchema(
  'ChooseOrganisation',
  z.strictObject({ organisation: z.string().min(1).max(64) }),
);
export const refreshSession = apiSchema(
  'RefreshSession',
  z.strictObject({ organisation: z.string().min(1).max(64).optional() }),
);

// One's own account

export const changeAccount = apiSchema('ChangeAccount', z.strictObject({ version, name: shortText(120).min(1) }));
export const changePassword = apiSchema(
  'ChangePassword',
  z.strictObject({ current: password.optional(), next: z.string().max(1_000) }),
);
export const ownSession = apiSchema(
  'OwnSession',
  z.object({
    id: z.uuid(),
    current: z.boolean(),
    organisation: z.string(),
    createdAt: time,
    lastUsedAt: time,
    address: z.string(),
    userAgent: z.string(),
  }),
);
export const ownSessions = apiSchema('OwnSessions', z.object({ sessions: z.array(ownSession) }));
export type OwnSessions = z.infer<typeof ownSessions>;
export const endedSessions = apiSchema('EndedSessions', z.object({ ended: z.int() }));
export const beginTotp = apiSchema('BeginTotp', z.strictObject({ password: password.optional() }));
export const totpBegun = apiSchema(
  'TotpBegun',
  z.object({
    /** base32, for typing it. */
    secret: z.string(),
    /** `otpauth://`, for a QR code. */
    uri: z.string(),
  }),
);
export const confirmTotp = apiSchema('ConfirmTotp', z.strictObject({ code: secondFactor }));
export const recoveryCodes = apiSchema('RecoveryCodes', z.object({ recoveryCodes: z.array(z.string()) }));
export const endTotp = apiSchema('EndTotp', z.strictObject({ password: password.optional(), code: secondFactor }));

// People

export const person = apiSchema(
  'Person',
  z.object({
    id: z.uuid(),
    userId: z.uuid(),
    email: z.string(),
    name: z.string(),
    jobTitle: z.string(),
    roles: z.array(role),
    active: z.boolean(),
    totp: z.boolean(),
    createdAt: time,
    lastSignInAt: time.nullable(),
    version: z.int(),
    changedAt: time,
    changedBy: z.string(),
  }),
);
export type Person = z.infer<typeof person>;
export const people = apiSchema(
  'People',
  z.object({ people: z.array(person), nextPageToken: z.string().nullable(), total: z.int() }),
);
export type People = z.infer<typeof people>;
export const peopleQuery = pageOf.extend({
  text: z.string().max(200).optional().describe('Part of a name, an e-mail address or a job title'),
  state: z.enum(['active', 'deactivated', 'all']).default('all'),
});

const roles = z.array(role).min(1).max(ROLES.length);
export const changePerson = apiSchema('ChangePerson', z.strictObject({ version, roles, jobTitle: shortText(120) }));
export const versionOnly = apiSchema('VersionOnly', z.strictObject({ version }));

export const roleMeaning = apiSchema(
  'RoleMeaning',
  z.object({ role, permissions: z.array(permission), grantable: z.boolean() }),
);
export const roleMeanings = apiSchema(
  'RoleMeanings',
  z.object({ roles: z.array(roleMeaning), permissions: z.array(permission), scopes: z.array(scope) }),
);
export type RoleMeanings = z.infer<typeof roleMeanings>;

// One-time links

export const invite = apiSchema('Invite', z.strictObject({ email, roles, jobTitle: shortText(120).default('') }));
export const invitation = apiSchema(
  'Invitation',
  z.object({
    id: z.uuid(),
    kind: z.enum(['invite', 'reset']),
    email: z.string(),
    roles: z.array(role),
    jobTitle: z.string(),
    createdAt: time,
    createdBy: z.string(),
    expiresAt: time,
  }),
);
export type InvitationAnswer = z.infer<typeof invitation>;
export const invitations = apiSchema('Invitations', z.object({ invitations: z.array(invitation) }));
export const oneTimeLink = apiSchema(
  'OneTimeLink',
  z.object({
    /** Shown once; it is not kept. */
    link: z.string(),
    expiresAt: time,
    invitation,
  }),
);
export type OneTimeLink = z.infer<typeof oneTimeLink>;
export const lookInvitation = apiSchema('LookInvitation', z.strictObject({ token: oneTimeToken }));
export const invitationFacts = apiSchema(
  'InvitationFacts',
  z.object({
    kind: z.enum(['invite', 'reset']),
    email: z.string(),
    organisation: z.object({ account: z.string(), names }),
    roles: z.array(role),
    /** `new`: choose a password; `existing`: the account's own password is asked for. */
    account: z.enum(['new', 'existing']),
    /** Whether the existing account will be asked for its second factor. */
    totp: z.boolean(),
    expiresAt: time,
  }),
);
export type InvitationFacts = z.infer<typeof invitationFacts>;
export const acceptInvitation = apiSchema(
  'AcceptInvitation',
  z.strictObject({
    token: oneTimeToken,
    name: shortText(120).min(1).optional(),
    password,
    totp: secondFactor.optional(),
  }),
);

// Keys of machines

export const apiKey = apiSchema(
  'ApiKey',
  z.object({
    id: z.uuid(),
    label: z.string(),
    scopes: z.array(scope),
    createdAt: time,
    createdBy: z.string(),
    lastUsedAt: time.nullable(),
    revokedAt: time.nullable(),
    revokedBy: z.string(),
  }),
);
export type ApiKeyAnswer = z.infer<typeof apiKey>;
export const apiKeys = apiSchema('ApiKeys', z.object({ keys: z.array(apiKey) }));
export const issueKey = apiSchema(
  'IssueKey',
  z.strictObject({ label: shortText(120).min(1), scopes: z.array(scope).min(1).max(SCOPES.length) }),
);
export const issuedKey = apiSchema(
  'IssuedKey',
  z.object({
    /** Shown once; it is not kept. */
    key: z.string(),
    apiKey,
  }),
);

// Audit log

export const auditEntry = apiSchema(
  'AuditEntry',
  z.object({
    id: z.string(),
    at: time,
    actor: z.object({ kind: z.enum(['user', 'key', 'system', 'anonymous']), id: z.string(), label: z.string() }),
    action: z.string(),
    target: z.string(),
    facts: z.record(z.string(), z.unknown()),
    address: z.string(),
    requestId: z.string(),
  }),
);
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditPage = apiSchema(
  'AuditPage',
  z.object({ entries: z.array(auditEntry), nextPageToken: z.string().nullable() }),
);
export type AuditPage = z.infer<typeof auditPage>;
export const auditFilters = z.object({
  actor: z.string().max(200).optional().describe('Part of the e-mail address or of the label of a key'),
  action: z.string().max(100).optional().describe('An action, or the beginning of one: `people.`'),
  target: z.string().max(200).optional().describe('Part of what it was done to'),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export const auditQuery = auditFilters.extend(pageOf.shape);

// OpenID Connect

export const startOidc = apiSchema('StartOidc', z.strictObject({ invitation: oneTimeToken.optional() }));
export const oidcStarted = apiSchema(
  'OidcStarted',
  z.object({
    /** Where the browser goes now. */
    location: z.string(),
  }),
);
export const oidcWaiting = apiSchema(
  'OidcWaiting',
  z.object({
    email: z.string(),
    /** Whether the account's password is asked for: the identity is about to be tied to it. */
    password: z.boolean(),
    /** Whether the code of the account's second step is asked for. */
    totp: z.boolean(),
  }),
);
export type OidcWaiting = z.infer<typeof oidcWaiting>;
export const confirmOidc = apiSchema(
  'ConfirmOidc',
  z.strictObject({ password: password.optional(), totp: secondFactor.optional() }),
);
