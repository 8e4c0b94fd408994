import { Inject, Injectable } from '@nestjs/common';
import type { LocalName } from '@waymark/ledger/chain';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { notFound } from '../../platform/errors/not-found.js';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters, shownInFull } from '../provenance/views/visible-events.js';
import { NamesQuery } from './names.query.js';

/** Lots and units of a product listed at most. */
const ITEMS_MAX = 100;

export interface Product {
  readonly id: string;
  /** 14 digits. */
  readonly gtin: string;
  readonly name: LocalName | undefined;
  /** Canonical ids of its lots and units. */
  readonly items: readonly string[];
  readonly truncated: boolean;
}

/** Products: what is known of a GTIN without lot or serial. */
@Injectable()
export class ProductQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly names: NamesQuery,
  ) {}

  /** A product that nothing visible speaks of answers like one that does not exist. */
  async product(gtin: string, viewer: Viewer): Promise<Product> {
    const id = `https://id.gs1.org/01/${gtin}`;
    const sql = new Parameters();
    const rows = await this.database.query<{ item: string }[]>(
      `SELECT DISTINCT i.item FROM event_item i JOIN epcis_event e ON e.event_key = i.event_key
       WHERE i.gtin = ${sql.add(gtin)} AND ${shownInFull(viewer, sql)} ORDER BY i.item LIMIT ${ITEMS_MAX + 1}`,
      sql.values,
    );
    const name = (await this.names.of([id], viewer))[id];
    if (rows.length === 0 && name === undefined)
      throw notFound(
        'TRACE_ITEM_UNKNOWN',
        'There is no product of this number that you may see.',
        'Check the GTIN; if it is a partner’s, send your API key.',
      );
    return {
      id,
      gtin,
      name,
      items: rows.slice(0, ITEMS_MAX).map(({ item }) => item),
      truncated: rows.length > ITEMS_MAX,
    };
  }
}
