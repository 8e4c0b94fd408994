import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their memberships and sessions, one-time links, the audit log: what cannot be rebuilt from the chain. */
export class People1764000000002 implements MigrationInterface {
  readonly name = 'People1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [
      `CREATE TABLE user_account (
        id uuid PRIMARY KEY,
        email text NOT NULL UNIQUE CHECK (email = lower(email)),
        name text NOT NULL,
        password_hash text,
        password_set_at timestamptz,
        totp_secret bytea,
        totp_since timestamptz,
        totp_last_step bigint NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        last_sign_in_at timestamptz,
        version int NOT NULL DEFAULT 1
      )`,
      `CREATE TABLE recovery_code (
        hash bytea PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
        used_at timestamptz
      )`,
      `CREATE INDEX recovery_code_user ON recovery_code (user_id)`,
      `CREATE TABLE oidc_identity (
        issuer text NOT NULL,
        subject text NOT NULL,
        user_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
        linked_at timestamptz NOT NULL,
        PRIMARY KEY (issuer, subject)
      )`,
      `CREATE INDEX oidc_identity_user ON oidc_identity (user_id)`,
      `CREATE TABLE oidc_attempt (
        state_hash bytea PRIMARY KEY,
        browser_hash bytea NOT NULL,
        code_verifier text NOT NULL,
        nonce text NOT NULL,
        invitation_id uuid,
        expires_at timestamptz NOT NULL
      )`,
      `CREATE TABLE membership (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
        organisation text NOT NULL,
        roles text[] NOT NULL,
        job_title text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL,
        deactivated_at timestamptz,
        version int NOT NULL DEFAULT 1,
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL,
        UNIQUE (user_id, organisation)
      )`,
      `CREATE INDEX membership_organisation ON membership (organisation, id)`,
      `CREATE TABLE invitation (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('invite', 'reset')),
        organisation text NOT NULL,
        email text NOT NULL,
        user_id uuid REFERENCES user_account (id) ON DELETE CASCADE,
        roles text[] NOT NULL,
        job_title text NOT NULL DEFAULT '',
        token_hash bytea NOT NULL UNIQUE,
        created_at timestamptz NOT NULL,
        created_by text NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz,
        withdrawn_at timestamptz
      )`,
      `CREATE INDEX invitation_organisation ON invitation (organisation, created_at)`,
      `CREATE TABLE session (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
        organisation text NOT NULL,
        created_at timestamptz NOT NULL,
        last_used_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        ended_reason text,
        address text NOT NULL,
        user_agent text NOT NULL
      )`,
      `CREATE INDEX session_by_user ON session (user_id, last_used_at)`,
      `CREATE INDEX session_over ON session (least(expires_at, coalesce(ended_at, expires_at)))`,
      `CREATE TABLE session_token (
        hash bytea PRIMARY KEY,
        session_id uuid NOT NULL REFERENCES session (id) ON DELETE CASCADE,
        kind text NOT NULL CHECK (kind IN ('access', 'refresh')),
        organisation text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      )`,
      `CREATE INDEX session_token_session ON session_token (session_id)`,
      // As rate-limiter-flexible wants it.
      `CREATE TABLE sign_in_attempt (key varchar(255) PRIMARY KEY, points integer NOT NULL DEFAULT 0, expire bigint)`,
      `ALTER TABLE api_key ADD COLUMN created_by text NOT NULL DEFAULT '', ADD COLUMN revoked_by text NOT NULL DEFAULT ''`,
      `CREATE INDEX api_key_organisation ON api_key (organisation, created_at)`,
      `CREATE TABLE audit_entry (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        organisation text NOT NULL,
        actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'key', 'system', 'anonymous')),
        actor_id text NOT NULL,
        actor_label text NOT NULL,
        action text NOT NULL,
        target text NOT NULL,
        facts jsonb NOT NULL,
        request_id text NOT NULL,
        address text NOT NULL
      )`,
      `CREATE INDEX audit_entry_page ON audit_entry (organisation, id DESC)`,
      `CREATE INDEX audit_entry_time ON audit_entry (organisation, at)`,
      `CREATE INDEX audit_entry_action ON audit_entry (organisation, action, id DESC)`,
      `CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'entries of the audit log are neither changed nor deleted'; END $$`,
      `CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_stays()`,
    ])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'audit_entry',
      'sign_in_attempt',
      'session_token',
      'session',
      'invitation',
      'membership',
      'oidc_attempt',
      'oidc_identity',
      'recovery_code',
      'user_account',
    ])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION audit_entry_stays()');
    await runner.query('DROP INDEX api_key_organisation');
    await runner.query('ALTER TABLE api_key DROP COLUMN created_by, DROP COLUMN revoked_by');
  }
}
