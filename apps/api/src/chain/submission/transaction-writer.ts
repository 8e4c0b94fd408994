import {
  assembleTransaction,
  type BodyInput,
  buildTransaction,
  decodeBody,
  decodeTransaction,
} from '@waymark/ledger/chain';
import type { EntityManager } from 'typeorm';
import { hashing } from '../genesis.js';
import type { Keyring } from './keyring.js';

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

/** Builds, signs and stores transactions. The bytes are in Postgres before anybody outside sees them. */
export class TransactionWriter {
  constructor(
    private readonly keyring: Keyring,
    private readonly genesisHash: Uint8Array,
  ) {}

  /** Returns the txId. The caller's unit of work decides whether it was ever written. */
  async write(manager: EntityManager, outgoing: OutgoingTransaction): Promise<Uint8Array> {
    const { expiryHeight } = outgoing;
    const unsigned = buildTransaction(hashing, {
      genesisHash: this.genesisHash,
      sender: outgoing.organisation,
      expiryHeight,
      ...(outgoing.after !== undefined && { after: outgoing.after }),
      proceed: outgoing.proceed,
      bodies: outgoing.bodies.map(bodyInput),
    });
    const signature = await this.keyring.sign(outgoing.organisation, unsigned);
    const transaction = assembleTransaction(unsigned, [signature]);
    await manager.query(
      `INSERT INTO outbox (tx_id, job_id, organisation, transaction, expiry_height, after, state, created_at, attempts)
       VALUES ($1, $2, $3, $4, $5, $6, 'pending', now(), 0)`,
      [
        Buffer.from(unsigned.txId),
        outgoing.jobId,
        outgoing.organisation,
        Buffer.from(transaction),
        expiryHeight,
        outgoing.after === undefined ? null : Buffer.from(outgoing.after),
      ],
    );
    await manager.query(`UPDATE capture_job SET state = 'signed', tx_id = $2, bodies = '' WHERE id = $1`, [
      outgoing.jobId,
      Buffer.from(unsigned.txId),
    ]);
    return unsigned.txId;
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
