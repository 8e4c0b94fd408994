import { randomUUID } from 'node:crypto';
import { type DataSource, type EntityManager, IsNull } from 'typeorm';
import { ApiKeyEntity } from './api-key.entity.js';
import type { Scope } from './permissions.js';
import { hashOfToken, isToken, newToken } from './secret-token.js';

const PREFIX = 'wm_';

/** What is known about a key; never the key. */
export interface ApiKeyRecord {
  readonly id: string;
  readonly organisation: string;
  readonly scopes: readonly Scope[];
  readonly label: string;
  readonly createdAt: Date;
  /** Who issued it, as a person would name them. */
  readonly createdBy: string;
  readonly revokedAt: Date | null;
  readonly revokedBy: string;
  readonly lastUsedAt: Date | null;
}

/** API keys: tokens (`secret-token.ts`) that stand until they are revoked. */
export class ApiKeys {
  constructor(private readonly database: DataSource) {}

  /** Makes a key at the operator's command line. The returned text is the only copy there will ever be. */
  async create(organisation: string, scopes: readonly Scope[], label: string): Promise<{ id: string; key: string }> {
    const made = await this.issue(this.database.manager, { organisation, scopes, label, createdBy: 'operator' });
    return { id: made.record.id, key: made.key };
  }

  /** Makes a key. The returned text is the only copy there will ever be. */
  async issue(
    manager: EntityManager,
    wanted: {
      readonly organisation: string;
      readonly scopes: readonly Scope[];
      readonly label: string;
      readonly createdBy: string;
    },
  ): Promise<{ key: string; record: ApiKeyRecord }> {
    const key = newToken(PREFIX);
    const entity: ApiKeyEntity = {
      id: randomUUID(),
      ...wanted,
      scopes: [...wanted.scopes],
      hash: hashOfToken(key),
      createdAt: new Date(),
      revokedAt: null,
      revokedBy: '',
      lastUsedAt: null,
    };
    await manager.getRepository(ApiKeyEntity).insert(entity);
    return { key, record: record(entity) };
  }

  /** The key's record, or undefined where it is unknown or revoked. Notes the use, at most once a minute. */
  async authenticate(key: string): Promise<ApiKeyRecord | undefined> {
    if (!isToken(key, PREFIX)) return undefined;
    const found = await this.database
      .getRepository(ApiKeyEntity)
      .findOneBy({ hash: hashOfToken(key), revokedAt: IsNull() });
    if (!found) return undefined;
    if (found.lastUsedAt === null || Date.now() - found.lastUsedAt.getTime() > 60_000)
      await this.database.getRepository(ApiKeyEntity).update({ id: found.id }, { lastUsedAt: new Date() });
    return record(found);
  }

  /** Ends a key at once. False when there is no such key that stands. */
  async revoke(id: string): Promise<boolean> {
    const done = await this.database
      .getRepository(ApiKeyEntity)
      .update({ id, revokedAt: IsNull() }, { revokedAt: new Date(), revokedBy: 'operator' });
    return (done.affected ?? 0) > 0;
  }

  /** Ends a key of this organisation at once; its label, or undefined when there is no such key that stands. */
  async revokeOf(manager: EntityManager, organisation: string, id: string, by: string): Promise<string | undefined> {
    const keys = manager.getRepository(ApiKeyEntity);
    const found = await keys.findOneBy({ id, organisation, revokedAt: IsNull() });
    if (!found) return undefined;
    const done = await keys.update({ id, revokedAt: IsNull() }, { revokedAt: new Date(), revokedBy: by });
    return (done.affected ?? 0) > 0 ? found.label : undefined;
  }

  /** Keys in the order in which they were made. */
  async list(organisation?: string): Promise<ApiKeyRecord[]> {
    const found = await this.database
      .getRepository(ApiKeyEntity)
      .find({ ...(organisation !== undefined && { where: { organisation } }), order: { createdAt: 'ASC' } });
    return found.map(record);
  }
}

function record({ hash: _hash, scopes, ...entity }: ApiKeyEntity): ApiKeyRecord {
  return { ...entity, scopes: scopes as Scope[] };
}
