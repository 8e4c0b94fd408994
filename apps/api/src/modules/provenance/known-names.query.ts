import { Inject, Injectable } from '@nestjs/common';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Organisations } from '../../platform/members/organisations.js';
import { DATABASE } from '../../platform/tokens.js';
import { readableMasterData } from '../trace/names.query.js';
import type { knownName, knownNamesQuery } from './dto/capture-answers.js';
import { Parameters } from './views/visible-events.js';

/** Names shown at once. */
const NAMES_MAX = 50;

/** Master data of things, places and parties, by their vocabulary or by the kind of their GS1 key. */
const KINDS = {
  product: `(m.vocabulary LIKE '%EPCClass' AND (m.id NOT LIKE 'https://id.gs1.org/%' OR m.id ~ '^https://id\\.gs1\\.org/01/\\d{14}$'))`,
  place: `(m.vocabulary LIKE '%Location' OR m.vocabulary LIKE '%ReadPoint' OR m.id LIKE 'https://id.gs1.org/414/%')`,
  party: `(m.vocabulary LIKE '%Party' OR m.vocabulary LIKE '%SourceDest' OR m.id LIKE 'https://id.gs1.org/417/%')`,
} as const;

/** What is known by name and may be picked in a form: own things first. */
@Injectable()
export class KnownNamesQuery {
  constructor(
    @Inject(DATABASE) private readonly database: DataSource,
    private readonly organisations: Organisations,
  ) {}

  async find(
    { kind, text, ownedBy }: z.infer<typeof knownNamesQuery>,
    viewer: Viewer,
    organisation: string,
  ): Promise<z.infer<typeof knownName>[]> {
    const sql = new Parameters();
    const prefixesOf = (account: string) =>
      this.organisations.all.find((one) => one.account === account)?.companyPrefixes ?? [];
    const own = prefixesOf(organisation);
    const conditions = [KINDS[kind], readableMasterData(viewer, sql)];
    if (text !== undefined && text !== '') {
      const pattern = sql.add(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
      conditions.push(
        `(m.id ILIKE ${pattern} OR EXISTS (SELECT 1 FROM name s WHERE s.id = m.id AND s.signer = m.signer AND s.text ILIKE ${pattern}))`,
      );
    }
    if (ownedBy !== undefined) conditions.push(`${startsWithOne('m.id', prefixesOf(ownedBy), sql)}`);
    const rows = await this.database.query<{ id: string; own: boolean; names: Record<string, string> }[]>(
      `SELECT m.id, ${startsWithOne('m.id', own, sql)} AS own,
         (SELECT jsonb_object_agg(n.lang, n.text) FROM name n WHERE n.id = m.id AND n.signer = m.signer AND n.lang IN ('en', 'zh-CN')) AS names
       FROM (SELECT DISTINCT ON (m.id) m.id, m.signer FROM master_data m WHERE ${conditions.join(' AND ')}
             ORDER BY m.id, (m.standing = 'own') DESC, m.height DESC, m.signer LIMIT 2000) AS m
       ORDER BY own DESC, m.id LIMIT ${NAMES_MAX}`,
      sql.values,
    );
    return rows.map(({ id, own: isOwn, names }) => {
      const any = names?.['en'] ?? names?.['zh-CN'] ?? '';
      return { id, kind, own: isOwn, names: { en: names?.['en'] ?? any, 'zh-CN': names?.['zh-CN'] ?? any } };
    });
  }
}

/** Whether the GS1 key of a canonical id begins with one of these company prefixes. */
function startsWithOne(column: string, prefixes: readonly string[], sql: Parameters): string {
  if (prefixes.length === 0) return 'FALSE';
  return `(${prefixes
    .map(
      (prefix) =>
        `${column} ~ ${sql.add(`^https://id\\.gs1\\.org/(414|417|254)/${prefix}|^https://id\\.gs1\\.org/(00|01)/\\d${prefix}`)}`,
    )
    .join(' OR ')})`;
}
