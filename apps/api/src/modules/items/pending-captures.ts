import { Inject, Injectable } from '@nestjs/common';
import { type Body, decodeBody, decodeTransaction } from '@waymark/ledger/chain';
import { deriveFacts, type EventFacts, readObject } from '@waymark/provenance/domain';
import { bodyKinds } from '@waymark/provenance/module';
import { DataSource } from 'typeorm';
import { hashing } from '../../chain/genesis.js';
import { unpackBodies } from '../../chain/submission/stored-bodies.js';
import { DATABASE } from '../../platform/tokens.js';

/** Captures that are looked into at most, the newest first, and what they may hold together. */
const CAPTURES_MAX = 20;
const BYTES_MAX = 4 * 1024 * 1024;
const EVENTS_MAX = 1_000;
/** Events of one item that are told. */
const TOLD_MAX = 20;

interface Row {
  readonly id: string;
  readonly state: 'queued' | 'signed';
  readonly created_at: Date;
  readonly bytes: Buffer;
  readonly all_read: boolean;
}

/** An event of one's own that names the item and is not final yet. */
export interface PendingEvent {
  readonly job: string;
  readonly state: 'received' | 'signed';
  readonly capturedAt: string;
  readonly facts: EventFacts;
}

/** What an organisation itself has captured and the ledger has not made final. It is read from what waits to be signed and sent, no view: nothing is kept for it. */
@Injectable()
export class PendingCaptures {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  /** Newest event first. `more`: other captures wait that were not looked into. */
  async naming(item: string, organisation: string): Promise<{ events: PendingEvent[]; more: boolean }> {
    // Both halves are read from partial indexes over what waits: captures that are final cost nothing here.
    const rows = await this.database.query<Row[]>(
      `SELECT id, state, created_at, bytes, all_read FROM (
         SELECT w.*, count(*) OVER () <= $2 AND sum(octet_length(bytes)) OVER () <= $3 AS all_read,
           sum(octet_length(bytes)) OVER (ORDER BY seq DESC) AS so_far
         FROM (
           (SELECT id, seq, state, created_at, bodies AS bytes FROM capture_job
            WHERE organisation = $1 AND state = 'queued' AND kind = 'capture' ORDER BY seq DESC LIMIT $2 + 1)
           UNION ALL
           (SELECT j.id, j.seq, 'signed', j.created_at, o.transaction FROM outbox o JOIN capture_job j ON j.id = o.job_id
            WHERE o.organisation = $1 AND o.state = 'pending' AND j.kind = 'capture' ORDER BY o.seq DESC LIMIT $2 + 1)
         ) w
       ) found WHERE so_far <= $3 ORDER BY seq DESC LIMIT $2`,
      [organisation, CAPTURES_MAX, BYTES_MAX],
    );
    const events: PendingEvent[] = [];
    let read = 0;
    let more = rows.some(({ all_read }) => !all_read);
    for (const row of rows)
      for (const body of bodiesOf(row)) {
        if (body.kind !== bodyKinds.event) continue;
        if ((read += 1) > EVENTS_MAX) {
          more = true;
          break;
        }
        const event = readObject(body.content, body.content.length);
        const facts = event.ok ? deriveFacts(event.value, '') : event;
        if (facts.ok && facts.value.record === 'event' && facts.value.items.some(({ id }) => id === item))
          events.push({
            job: row.id,
            state: row.state === 'queued' ? 'received' : 'signed',
            capturedAt: row.created_at.toISOString(),
            facts: facts.value,
          });
      }
    events.sort((a, b) => b.facts.eventTimeMs - a.facts.eventTimeMs);
    return { events: events.slice(0, TOLD_MAX), more: more || events.length > TOLD_MAX };
  }
}

function bodiesOf({ state, bytes }: Row): readonly Body[] {
  if (state === 'signed') {
    const transaction = decodeTransaction(hashing, bytes);
    return transaction.ok ? transaction.value.bodies : [];
  }
  return unpackBodies(bytes).flatMap((body) => {
    const decoded = decodeBody(body);
    return decoded.ok ? [decoded.value] : [];
  });
}
