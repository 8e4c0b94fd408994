import { Inject, Injectable } from '@nestjs/common';
import type { LocalName } from '@waymark/ledger/chain';
import type { Viewer } from '@waymark/provenance/visibility';
import { DataSource } from 'typeorm';
import { DATABASE } from '../../platform/tokens.js';
import { Parameters } from '../provenance/views/visible-events.js';

/** Rows of `master_data m` that a viewer may read: public ones, their own, and as a member of the consortium those for partners. */
export function readableMasterData(viewer: Viewer, sql: Parameters): string {
  switch (viewer.kind) {
    case 'regulator':
      return 'TRUE';
    case 'shopper':
      return 'm.visibility = 1';
    case 'company':
      return `(m.visibility IN (1, 2) OR m.signer = ${sql.add(viewer.account)})`;
  }
}

/** The product of a lot or unit: master data name classes of goods, not each can. Empty for anything else. */
export const productOf = (id: string): string[] =>
  /^(https:\/\/id\.gs1\.org\/01\/\d{14})\//.exec(id)?.slice(1, 2) ?? [];

/** What products, places and parties are called. */
@Injectable()
export class NamesQuery {
  constructor(@Inject(DATABASE) private readonly database: DataSource) {}

  /** The name its owner gives, else the latest that somebody gives. */
  async of(ids: readonly string[], viewer: Viewer): Promise<Record<string, LocalName>> {
    if (ids.length === 0) return {};
    const sql = new Parameters();
    const rows = await this.database.query<{ id: string; lang: string; text: string }[]>(
      `SELECT DISTINCT ON (n.id, n.lang) n.id, n.lang, n.text FROM name n JOIN master_data m ON m.id = n.id AND m.signer = n.signer
       WHERE n.id = ANY(${sql.add([...new Set(ids)])}::text[]) AND ${readableMasterData(viewer, sql)}
       ORDER BY n.id, n.lang, (n.standing = 'own') DESC, n.height DESC, n.signer`,
      sql.values,
    );
    const names: Record<string, { en?: string; 'zh-CN'?: string }> = {};
    for (const { id, lang, text } of rows) if (lang === 'en' || lang === 'zh-CN') (names[id] ??= {})[lang] = text;
    return Object.fromEntries(
      Object.entries(names).map(([id, name]) => {
        const any = name.en ?? name['zh-CN'] ?? '';
        return [id, { en: name.en ?? any, 'zh-CN': name['zh-CN'] ?? any }];
      }),
    );
  }
}
