import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { IsNull, type DataSource } from 'typeorm';
import type { Scope } from './permissions.js';
import { ApiKeyEntity } from './api-key.entity.js';

const form = /^wm_[A-Za-z0-9_-]{43}$/;
const hashOf = (key: string) => createHash('sha256').update(key, 'utf8').digest();

/** What is known about a key; never the key. */
export interface ApiKeyRecord {
  readonly id: string;
  readonly organisation: string;
  readonly scopes: readonly Scope[];
  readonly label: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/**
 * API keys: `wm_` and 32 random bytes in base64url. 256 bits of chance need no slow hash: what is stored is SHA-256, looked up by
 * equality in an index, so that a reader of the database learns no key.
 */
export class ApiKeys {
  constructor(private readonly database: DataSource) {}

  /** Makes a key. The returned text is the only copy there will ever be. */
  async create(organisation: string, scopes: readonly Scope[], label: string): Promise<{ id: string; key: string }> {
    const key = `wm_${randomBytes(32).toString('base64url')}`;
    const id = randomUUID();
    await this.database.getRepository(ApiKeyEntity).insert({
      id,
      organisation,
      scopes: [...scopes],
      hash: hashOf(key),
      label,
      createdAt: new Date(),
      revokedAt: null,
      lastUsedAt: null,
    });
    return { id, key };
  }

  /** The key's record, or undefined where it is unknown or revoked. Notes the use, at most once a minute. */
  async authenticate(key: string): Promise<ApiKeyRecord | undefined> {
    if (!form.test(key)) return undefined;
    const found = await this.database.getRepository(ApiKeyEntity).findOneBy({ hash: hashOf(key), revokedAt: IsNull() });
    if (!found) return undefined;
    if (found.lastUsedAt === null || Date.now() - found.lastUsedAt.getTime() > 60_000)
      await this.database.getRepository(ApiKeyEntity).update({ id: found.id }, { lastUsedAt: new Date() });
    return record(found);
  }

  /** Ends a key at once. False when there is no such key that stands. */
  async revoke(id: string): Promise<boolean> {
    const done = await this.database
      .getRepository(ApiKeyEntity)
      .update({ id, revokedAt: IsNull() }, { revokedAt: new Date() });
    return (done.affected ?? 0) > 0;
  }

  async list(organisation?: string): Promise<ApiKeyRecord[]> {
    const found = await this.database
      .getRepository(ApiKeyEntity)
      .find({ ...(organisation !== undefined && { where: { organisation } }), order: { createdAt: 'ASC' } });
    return found.map(record);
  }
}

function record(entity: ApiKeyEntity): ApiKeyRecord {
  return {
    id: entity.id,
    organisation: entity.organisation,
    scopes: entity.scopes as Scope[],
    label: entity.label,
    createdAt: entity.createdAt,
    revokedAt: entity.revokedAt,
    lastUsedAt: entity.lastUsedAt,
  };
}
