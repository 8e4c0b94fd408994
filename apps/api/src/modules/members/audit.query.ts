import { pipeline, Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { stringify } from 'csv-stringify';
import { DataSource } from 'typeorm';
import { plainText } from '../../platform/files/csv.js';
import { pageToken } from '../../platform/http/paging.js';
import { DATABASE } from '../../platform/tokens.js';
import type { AuditEntry, AuditPage } from './dto/member-schemas.js';

export interface AuditFilters {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: AuditEntry['actor']['kind'];
  readonly actorId: string;
  readonly actorLabel: string;
  readonly action: string;
  readonly target: string;
  readonly facts: Record<string, unknown>;
  readonly address: string;
  readonly requestId: string;
}

/** Rows of an export at most: what is more is asked for by time. */
export const EXPORT_ROWS_MAX = 100_000;
const BATCH = 1_000;

/** Reads the audit log of one organisation, newest first, page by page from where the page before ended. */
@Injectable()
export class AuditQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  async page(organisation: string, filters: AuditFilters, perPage: number, before?: string): Promise<AuditPage> {
    const rows = await this.rows(organisation, filters, perPage + 1, before);
    const page = rows.slice(0, perPage);
    const last = page.at(-1);
    return {
      entries: page.map((row) => ({
        id: row.id,
        at: row.at.toISOString(),
        actor: { kind: row.actorKind, id: row.actorId, label: row.actorLabel },
        action: row.action,
        target: row.target,
        facts: row.facts,
        address: row.address,
        requestId: row.requestId,
      })),
      nextPageToken: rows.length > perPage && last !== undefined ? pageToken([last.id]) : null,
    };
  }

  /** RFC 4180, with a byte order mark, and with what a spreadsheet would take for a formula written as text. */
  csv(organisation: string, filters: AuditFilters): Readable {
    const csv = stringify({
      header: true,
      bom: true,
      record_delimiter: 'windows',
      columns: ['time', 'actor', 'actor kind', 'action', 'target', 'facts', 'address', 'request'],
    });
    // `pipe` alone would leave an error of the database to nobody, which ends the process; this one goes to whoever reads.
    return pipeline(Readable.from(this.lines(organisation, filters)), csv, () => undefined);
  }

  private async *lines(organisation: string, filters: AuditFilters): AsyncGenerator<string[]> {
    let before: string | undefined;
    for (let written = 0; written < EXPORT_ROWS_MAX;) {
      const rows = await this.rows(organisation, filters, Math.min(BATCH, EXPORT_ROWS_MAX - written), before);
      for (const row of rows)
        yield [
          row.at.toISOString(),
          row.actorLabel,
          row.actorKind,
          row.action,
          row.target,
          JSON.stringify(row.facts),
          row.address,
          row.requestId,
        ].map(plainText);
      written += rows.length;
      before = rows.at(-1)?.id;
      if (rows.length < BATCH) return;
    }
  }

  private rows(organisation: string, filters: AuditFilters, limit: number, before?: string): Promise<Row[]> {
    return this.database.query<Row[]>(
      `SELECT id, at, actor_kind AS "actorKind", actor_id AS "actorId", actor_label AS "actorLabel", action, target, facts,
              address, request_id AS "requestId"
         FROM audit_entry
        WHERE organisation = $1
          AND ($2::text IS NULL OR strpos(lower(actor_label), lower($2)) > 0)
          AND ($3::text IS NULL OR starts_with(action, $3))
          AND ($4::text IS NULL OR strpos(lower(target), lower($4)) > 0)
          AND ($5::timestamptz IS NULL OR at >= $5)
          AND ($6::timestamptz IS NULL OR at < $6)
          AND ($7::bigint IS NULL OR id < $7)
        ORDER BY id DESC LIMIT $8`,
      [
        organisation,
        filters.actor ?? null,
        filters.action ?? null,
        filters.target ?? null,
        filters.from ?? null,
        filters.to ?? null,
        before ?? null,
        limit,
      ],
    );
  }
}
