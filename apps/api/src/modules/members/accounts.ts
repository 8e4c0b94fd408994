import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';

/** A person's account, as the process sees it; never handed out. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string | null;
  readonly totpSecret: Buffer | null;
  /** When the second factor was confirmed; null: off, or begun only. */
  readonly totpSince: Date | null;
  readonly version: number;
}

const columns = `id, email, name, password_hash AS "passwordHash", totp_secret AS "totpSecret", totp_since AS "totpSince", version`;

/** Accounts of people, by what they are known by. */
export async function accountByEmail(manager: EntityManager, email: string): Promise<Account | undefined> {
  const [found] = await manager.query<Account[]>(`SELECT ${columns} FROM user_account WHERE email = $1`, [email]);
  return found;
}

export async function accountById(manager: EntityManager, id: string): Promise<Account | undefined> {
  const [found] = await manager.query<Account[]>(`SELECT ${columns} FROM user_account WHERE id = $1`, [id]);
  return found;
}

/** A new account; undefined when the address was taken in the meantime. */
export async function newAccount(
  manager: EntityManager,
  who: { readonly email: string; readonly name: string; readonly passwordHash: string | null },
): Promise<Account | undefined> {
  const [made] = await manager.query<Account[]>(
    `INSERT INTO user_account (id, email, name, password_hash, password_set_at, created_at)
     VALUES ($1, $2, $3, $4, CASE WHEN $4::text IS NULL THEN NULL ELSE now() END, now())
     ON CONFLICT (email) DO NOTHING RETURNING ${columns}`,
    [randomUUID(), who.email, who.name, who.passwordHash],
  );
  return made;
}

/** One organisation that a person belongs to. */
export interface MembershipRow {
  readonly organisation: string;
  readonly roles: readonly string[];
}

/** Organisations that a person belongs to, those that are deactivated left out. */
export function membershipsOf(manager: EntityManager, userId: string): Promise<MembershipRow[]> {
  return manager.query<MembershipRow[]>(
    `SELECT organisation, roles FROM membership WHERE user_id = $1 AND deactivated_at IS NULL ORDER BY organisation`,
    [userId],
  );
}
