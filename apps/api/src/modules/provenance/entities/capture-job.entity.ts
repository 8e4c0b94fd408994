import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EventFacts } from '../commands/event-facts.js';

/** One fault of one event, as the capture job shows it (an RFC 9457 problem with our extensions). */
export interface JobProblem {
  type: string;
  title: string;
  detail: string;
  code: string;
  /** Position in the document's event list, from 0; absent: the document or the transaction as a whole. */
  index?: number;
  /** RFC 6901 pointer into the document. */
  pointer: string;
  howToFix: string;
  facts?: Record<string, string>;
}

/** What a body of the transaction came from. */
export interface BodyOrigin {
  /** Position in the document's event list, from 0; absent for contexts and master data. */
  index?: number;
  /** RFC 6901 pointer into the document. */
  pointer: string;
  /** Event hash, for events. */
  eventHash?: string;
}

/** What a refused event was, in the few facts that a person recognises it by. */
export interface RefusedEvent extends EventFacts {
  /** Position in the document's event list, from 0. */
  index: number;
}

/**
 * - `queued`: stored, to be judged and signed;
 * - `signed`: its bytes lie in the outbox;
 * - `done`: finished by the projector from the receipt, or refused before anything was signed.
 */
export type CaptureState = 'queued' | 'signed' | 'done';

/** The ticket of a capture (or of another command), with the command itself until it is signed. */
@Entity({ name: 'capture_job' })
export class CaptureJobEntity {
  @PrimaryColumn('uuid')
  id!: string;
  /** Order of arrival; captures of an organisation are signed in this order. */
  @Column({ type: 'bigint', insert: false, update: false })
  seq!: string;
  @Column('text')
  organisation!: string;
  @Column('text')
  kind!: 'capture' | 'serialisation' | 'visibility' | 'account' | 'motion';
  @Column('text')
  state!: CaptureState;
  @Column('boolean')
  proceed!: boolean;
  /** Encoded bodies (docs/protocol/formats.md section 2), packed by `packBodies`; emptied once signed. */
  @Column('bytea')
  bodies!: Buffer;
  @Column('jsonb')
  origins!: BodyOrigin[];
  /** Number of events in the document, refused ones included. */
  @Column('int', { name: 'event_count' })
  eventCount!: number;
  @Column('jsonb')
  errors!: JobProblem[];
  @Column('jsonb')
  warnings!: JobProblem[];
  /** Events that were refused before anything was signed: nothing else is kept of them. */
  @Column('jsonb', { name: 'refused_events' })
  refusedEvents!: RefusedEvent[];
  @Column('boolean')
  success!: boolean;
  @Column('bytea', { name: 'tx_id', nullable: true })
  txId!: Buffer | null;
  @Column('bigint', { nullable: true })
  height!: string | null;
  /** Free words of the sender. */
  @Column('text', { nullable: true })
  label!: string | null;
  @Column('text', { name: 'file_name', nullable: true })
  fileName!: string | null;
  /** The upload of which this is a part: a document divided because it was larger than one capture. */
  @Column('uuid', { name: 'upload_id', nullable: true })
  uploadId!: string | null;
  @Column('int', { name: 'upload_part', nullable: true })
  uploadPart!: number | null;
  @Column('int', { name: 'upload_parts', nullable: true })
  uploadParts!: number | null;
  /** Position of its first event in the divided document. */
  @Column('int', { name: 'upload_first_event', nullable: true })
  uploadFirstEvent!: number | null;
  /** `Idempotency-Key` of the request, unique in the organisation, with the hash of what was sent under it. */
  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey!: string | null;
  @Column('bytea', { name: 'request_hash', nullable: true })
  requestHash!: Buffer | null;
  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
