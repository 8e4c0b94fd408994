import { Inject, Injectable } from '@nestjs/common';
import { itemState, type ItemState, type StateStatement } from '@waymark/provenance/domain';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters, shownInFull } from '../provenance/views/visible-events.js';

/** Packages in packages, at most, of which a handing over hands the item over too. */
const CARRIERS_DEEP = 6;
/** Events of one item that are weighed, at most; the newest. */
const STATEMENTS_MAX = 2_000;

interface StatementRow {
  readonly item: string;
  readonly event_key: string;
  readonly event_time: string;
  readonly signers: string[];
  readonly disposition: string | null;
  readonly own: boolean;
  readonly brings_forth: boolean;
  readonly hands_to: string[] | null;
}

/** The state of items by the rule of `itemState`, out of the events that a viewer may read in full. */
@Injectable()
export class ItemStatesQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly organisations: Organisations,
  ) {}

  async of(items: readonly string[], viewer: Viewer): Promise<Map<string, ItemState>> {
    const said = new Map<string, StateStatement[]>(items.map((item) => [item, []]));
    for (const row of await this.statements([...said.keys()], viewer))
      said.get(row.item)?.push({
        eventKey: row.event_key,
        timeMs: Number(row.event_time),
        signers: row.signers,
        bringsForth: row.brings_forth,
        handsTo: row.hands_to ?? [],
        // What is said of a box is not said of what lies in it.
        ...(row.own && row.disposition !== null && { disposition: row.disposition }),
      });
    return new Map(
      [...said].map(([item, statements]) => [item, itemState(statements, this.organisations.ownerOf(item))]),
    );
  }

  private async statements(items: readonly string[], viewer: Viewer): Promise<StatementRow[]> {
    if (items.length === 0) return [];
    const sql = new Parameters();
    return this.database.query<StatementRow[]>(
      `WITH RECURSIVE carried AS (
         SELECT item, item AS carrier, NULL::bigint AS since, NULL::bigint AS until, 0 AS deep FROM unnest(${sql.add(items)}::text[]) AS item
         UNION SELECT c.item, t.parent, greatest(c.since, t.from_time), least(c.until, t.until_time), c.deep + 1
           FROM carried c JOIN trace_edge t ON t.child = c.carrier AND t.kind = 'contain' AND t.parent <> ''
          WHERE c.deep < ${CARRIERS_DEEP} AND (c.until IS NULL OR t.from_time <= c.until) AND (c.since IS NULL OR t.until_time IS NULL OR t.until_time >= c.since))
       SELECT * FROM (SELECT DISTINCT item FROM carried) wanted, LATERAL (
         SELECT i.event_key, i.event_time, array_prepend(e.signer, ARRAY(SELECT w->>'account' FROM jsonb_array_elements(e.witnesses) w)) AS signers,
                e.disposition, bool_or(c.deep = 0) AS own,
                bool_or(c.deep = 0 AND (i.role = 'output' OR (i.role = 'object' AND e.action = 'ADD'))) AS brings_forth,
                (SELECT array_agg(DISTINCT p.account) FROM party_named p WHERE p.event_key = i.event_key AND p.direction = 'destination'
                   AND p.role IN ('owning_party', 'possessing_party') AND p.account IS NOT NULL) AS hands_to
           FROM carried c JOIN event_item i ON i.item = c.carrier AND i.role <> 'transformation'
             AND (c.since IS NULL OR i.event_time >= c.since) AND (c.until IS NULL OR i.event_time <= c.until)
           JOIN epcis_event e ON e.event_key = i.event_key
          WHERE c.item = wanted.item AND e.record = 'event' AND NOT e.declared_in_error AND ${shownInFull(viewer, sql)}
          GROUP BY i.event_key, i.event_time, e.signer, e.witnesses, e.disposition
          ORDER BY i.event_time DESC, i.event_key DESC LIMIT ${STATEMENTS_MAX}) s`,
      sql.values,
    );
  }
}
