import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { type ApiKeyRecord, ApiKeys } from '../../platform/auth/api-keys.js';
import { grantableScopes, permissionsOfScopes, type Scope } from '../../platform/auth/permissions.js';
import { Standings } from '../../platform/auth/standings.js';
import { unitOfWork } from '../../platform/database/database.js';
import { notFound } from '../../platform/errors/not-found.js';
import { ProblemError } from '../../platform/errors/problem.js';
import { callerOf } from '../../platform/http/caller.js';
import type { RequestContext } from '../../platform/http/request-context.js';
import { DATABASE } from '../../platform/tokens.js';
import type { ApiKeyAnswer } from './dto/member-schemas.js';

/** Keys of an organisation's machines, as its administrators handle them. */
@Injectable()
export class ApiKeysService {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly keys: ApiKeys,
    private readonly standings: Standings,
    private readonly audit: AuditLog,
  ) {}

  async list(organisation: string): Promise<ApiKeyAnswer[]> {
    const keys = await this.keys.list(organisation);
    return keys.reverse().map(answer);
  }

  /** @throws ProblemError 422 for a scope that the organisation's keys cannot have */
  async issue(
    context: RequestContext,
    wanted: { readonly label: string; readonly scopes: readonly Scope[] },
  ): Promise<{ key: string; apiKey: ApiKeyAnswer }> {
    const { organisation, role, via, permissions } = callerOf(context);
    const standing = this.standings.of({ account: organisation, role });
    // A key never makes one that may do more than itself.
    const grantable = grantableScopes(standing).filter(
      (scope) =>
        via.kind === 'session' ||
        permissionsOfScopes([scope], standing).every((permission) => permissions.includes(permission)),
    );
    const refused = wanted.scopes.find((scope) => !grantable.includes(scope));
    if (refused !== undefined)
      throw new ProblemError('against-the-rules', {
        code: 'KEYS_SCOPE_NOT_GRANTABLE',
        detail:
          via.kind === 'key'
            ? `A key cannot issue one with the scope "${refused}", which it does not have itself.`
            : `Keys of your organisation cannot have the scope "${refused}".`,
        howToFix: `Choose among ${grantable.join(', ')}.`,
        pointer: '/scopes',
        facts: { scope: refused },
      });
    const scopes = [...new Set(wanted.scopes)];
    return unitOfWork(this.database, async (manager) => {
      const { key, record } = await this.keys.issue(manager, {
        organisation,
        scopes,
        label: wanted.label,
        createdBy: via.kind === 'session' ? via.email : `API key ${via.keyId}`,
      });
      await this.audit.record(
        { context, action: 'keys.key.issued', target: wanted.label, facts: { keyId: record.id, scopes } },
        manager,
      );
      return { key, apiKey: answer(record) };
    });
  }

  async revoke(context: RequestContext, id: string): Promise<void> {
    const { organisation, via } = callerOf(context);
    await unitOfWork(this.database, async (manager) => {
      const label = await this.keys.revokeOf(
        manager,
        organisation,
        id,
        via.kind === 'session' ? via.email : `API key ${via.keyId}`,
      );
      if (label === undefined)
        throw notFound('KEYS_NO_SUCH_KEY', 'There is no such key that still stands.', 'Load the list of keys again.');
      await this.audit.record({ context, action: 'keys.key.revoked', target: label, facts: { keyId: id } }, manager);
    });
  }
}

const answer = (key: ApiKeyRecord): ApiKeyAnswer => ({
  id: key.id,
  label: key.label,
  scopes: [...key.scopes],
  createdAt: key.createdAt.toISOString(),
  createdBy: key.createdBy,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
  revokedBy: key.revokedBy,
});
