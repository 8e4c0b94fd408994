import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One key of a machine client. The key itself is never stored, only its SHA-256. */
@Entity({ name: 'api_key' })
export class ApiKeyEntity {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('text')
  organisation!: string;
  @Column('text', { array: true })
  scopes!: string[];
  @Column('bytea')
  hash!: Buffer;
  @Column('text')
  label!: string;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Column('text', { name: 'created_by' })
  createdBy!: string;
  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt!: Date | null;
  @Column('text', { name: 'revoked_by' })
  revokedBy!: string;
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt!: Date | null;
}
