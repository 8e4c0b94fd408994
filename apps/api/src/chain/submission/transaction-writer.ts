import {
  assembleTransaction,
  type BodyInput,
  buildTransaction,
  decodeBody,
  decodeTransaction,
} from '@waymark/ledger/chain';
import type { EntityManager } from 'typeorm';
import { hashing } from '../genesis.js';
import { KeyMissing, type Keyring } from './keyring.js';

/** Blocks after which an unseen transaction can never stand any more (docs/protocol/formats.md section 2; the default of the product). */
export const EXPIRY_HEIGHTS = 1_200;

/** What is signed, in the words of the outbox. */
export interface OutgoingTransaction {
  readonly jobId: string;
  readonly organisation: string;
  readonly bodies: readonly Uint8Array[];
  readonly proceed: boolean;
  /** Last height at which a block may carry it; usually {@link EXPIRY_HEIGHTS} above the height known now. */
  readonly expiryHeight: number;
  /** The organisation's last transaction that is not final yet. */
  readonly after: Uint8Array | undefined;
}

/** Signed and not yet stored. */
export interface SignedTransaction {
  readonly outgoing: OutgoingTransaction;
  readonly txId: Uint8Array;
  readonly bytes: Uint8Array;
}

/** Builds, signs and stores transactions. The bytes are in Postgres before anybody outside sees them. */
export class TransactionWriter {
  constructor(
    private readonly keyring: Keyring,
    private readonly genesisHash: Uint8Array,
  ) {}

  /** Builds and signs; nobody has seen it yet. Throws KeyMissing. */
  async sign(outgoing: OutgoingTransaction): Promise<SignedTransaction> {
    const unsigned = buildTransaction(hashing, {
      genesisHash: this.genesisHash,
      sender: outgoing.organisation,
      expiryHeight: outgoing.expiryHeight,
      ...(outgoing.after !== undefined && { after: outgoing.after }),
      proceed: outgoing.proceed,
      bodies: outgoing.bodies.map(bodyInput),
    });
    const signature = await this.keyring.sign(outgoing.organisation, unsigned);
    return { outgoing, txId: unsigned.txId, bytes: assembleTransaction(unsigned, [signature]) };
  }

  /** Keys that would sign for the organisation, hex; undefined: this gateway has none. */
  async signersOf(organisation: string): Promise<readonly string[] | undefined> {
    try {
      return [await this.keyring.publicKey(organisation)];
    } catch (error) {
      if (error instanceof KeyMissing) return undefined;
      throw error;
    }
  }

  /** Whether another key signs for the organisation than those, now that the ledger is asked again. */
  async signsOtherwise(organisation: string, before: readonly string[]): Promise<boolean> {
    this.keyring.forget(organisation);
    const now = await this.signersOf(organisation);
    return now !== undefined && !now.every((key) => before.includes(key));
  }

  /** Stores them in this order. The caller's unit of work decides whether they were ever written. */
  async store(manager: EntityManager, signed: readonly SignedTransaction[]): Promise<void> {
    if (signed.length === 0) return;
    const rows = signed.map(
      (_, i) =>
        `($${i * 6 + 1}, $${i * 6 + 2}, $${i * 6 + 3}, $${i * 6 + 4}, $${i * 6 + 5}, $${i * 6 + 6}, 'pending', now(), 0)`,
    );
    await manager.query(
      `INSERT INTO outbox (tx_id, job_id, organisation, transaction, expiry_height, after, state, created_at, attempts) VALUES ${rows.join(', ')}`,
      signed.flatMap(({ outgoing, txId, bytes }) => [
        Buffer.from(txId),
        outgoing.jobId,
        outgoing.organisation,
        Buffer.from(bytes),
        outgoing.expiryHeight,
        outgoing.after === undefined ? null : Buffer.from(outgoing.after),
      ]),
    );
    await manager.query(
      `UPDATE capture_job j SET state = 'signed', tx_id = s.tx_id, bodies = ''
       FROM unnest($1::uuid[], $2::bytea[]) AS s (id, tx_id) WHERE j.id = s.id`,
      [signed.map(({ outgoing }) => outgoing.jobId), signed.map(({ txId }) => Buffer.from(txId))],
    );
  }
}

function bodyInput(encoded: Uint8Array): BodyInput {
  const body = decodeBody(encoded);
  if (!body.ok) throw new Error(`a stored body does not decode: ${body.refusal.code}`);
  return body.value;
}

/** Encoded bodies, mode and expiry of a transaction that we signed ourselves. */
export function contentsOf(transaction: Uint8Array): {
  bodies: readonly Uint8Array[];
  proceed: boolean;
  expiryHeight: number;
} {
  const decoded = decodeTransaction(hashing, transaction);
  if (!decoded.ok) throw new Error(`a stored transaction does not decode: ${decoded.refusal.code}`);
  return {
    bodies: decoded.value.bodyBytes,
    proceed: decoded.value.header.proceed,
    expiryHeight: decoded.value.header.expiryHeight,
  };
}
