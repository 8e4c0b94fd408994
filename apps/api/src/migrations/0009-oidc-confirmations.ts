import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People whom an identity provider has vouched for, while they are asked for the password or the second step of their account. */
export class OidcConfirmations1764000000009 implements MigrationInterface {
  readonly name = 'OidcConfirmations1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oidc_confirmation (
      browser_hash bytea PRIMARY KEY,
      issuer text NOT NULL,
      subject text NOT NULL,
      person_name text NOT NULL,
      verified_email text,
      second_factor boolean NOT NULL,
      user_id uuid NOT NULL REFERENCES user_account (id) ON DELETE CASCADE,
      invitation_id uuid,
      expires_at timestamptz NOT NULL
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE oidc_confirmation`);
  }
}
