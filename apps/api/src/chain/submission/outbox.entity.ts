import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * - `pending`: signed, not seen in a block yet;
 * - `final`: a block carries it;
 * - `replaced`: it can never stand any more; signed again as another transaction;
 * - `discarded`: the operator gave it up. Its bytes may be with nodes: should it become final all the same, its job says so.
 */
export type OutboxState = 'pending' | 'final' | 'replaced' | 'discarded';

/** A signed transaction, stored before it is sent anywhere: whatever happens then, the same bytes go out. */
@Entity({ name: 'outbox' })
export class OutboxEntity {
  @PrimaryColumn('bytea', { name: 'tx_id' })
  txId!: Buffer;
  /** Order of signing within this API. */
  @Column({ type: 'bigint', insert: false, update: false })
  seq!: string;
  @Column('uuid', { name: 'job_id' })
  jobId!: string;
  @Column('text')
  organisation!: string;
  @Column('bytea')
  transaction!: Buffer;
  @Column('bigint', { name: 'expiry_height' })
  expiryHeight!: string;
  /** The organisation's transaction that must stand before this one. */
  @Column('bytea', { nullable: true })
  after!: Buffer | null;
  @Column('text')
  state!: OutboxState;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'submitted_at', nullable: true })
  submittedAt!: Date | null;
  @Column('int')
  attempts!: number;
  @Column('text', { name: 'last_refusal', nullable: true })
  lastRefusal!: string | null;
}
