import { namesOf } from '@waymark/epcis/model';
import { ledgerEventTypes } from '../module/ledger-events.js';
import { recordOf } from './provenance-record.js';
import type { MasterDataRow, NameRow, SerialisedProductRow } from './rows.js';
import type { Scalar, View } from './view.js';

/** What each company says about a product, place or party; its last word replaces its earlier ones. */
export const masterDataView: View<MasterDataRow> = {
  table: {
    name: 'master_data',
    columns: [
      { name: 'id', type: 'text' },
      { name: 'signer', type: 'text' },
      { name: 'vocabulary', type: 'text' },
      { name: 'standing', type: 'text' },
      { name: 'element', type: 'json' },
      { name: 'content', type: 'bytes' },
      { name: 'context', type: 'bytes', nullable: true },
      { name: 'visibility', type: 'integer' },
      { name: 'height', type: 'bigint' },
      { name: 'tx_id', type: 'text' },
      { name: 'body_index', type: 'integer' },
    ],
    primaryKey: ['id', 'signer'],
    indexes: [],
  },
  eventTypes: [ledgerEventTypes.masterdata],
  keysOf: () => [],
  fold(inputs) {
    const rows = new Map<string, MasterDataRow>();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'masterdata') continue;
      const { id, type, standing } = record.content;
      rows.set(JSON.stringify([id, input.sender]), {
        id,
        signer: input.sender,
        vocabulary: type,
        standing,
        element: record.element,
        content: input.body.content,
        context: input.context ?? null,
        visibility: input.body.visibility,
        height: input.height,
        tx_id: input.txId,
        body_index: input.bodyIndex,
      });
    }
    return { upserts: [...rows.values()], deletes: [] };
  },
};

const languages = ['en', 'zh-CN'] as const;
const nameLengthMax = 500;

/** Names for people, by language (`en`, `zh-CN`; a language that the data lacks is filled with the other). */
export const nameView: View<NameRow> = {
  table: {
    name: 'name',
    columns: [
      { name: 'id', type: 'text' },
      { name: 'signer', type: 'text' },
      { name: 'lang', type: 'text' },
      { name: 'text', type: 'text' },
      { name: 'standing', type: 'text' },
      { name: 'height', type: 'bigint' },
      { name: 'tx_id', type: 'text' },
      { name: 'body_index', type: 'integer' },
    ],
    primaryKey: ['id', 'signer', 'lang'],
    indexes: [],
  },
  eventTypes: [ledgerEventTypes.masterdata],
  keysOf: () => [],
  fold(inputs) {
    const rows = new Map<string, NameRow | readonly Scalar[]>();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'masterdata') continue;
      const { id, standing } = record.content;
      const name = [...namesOf([{ element: record.element }]).values()][0];
      for (const lang of languages) {
        const key = [id, input.sender, lang];
        const row: NameRow | undefined = name && {
          id,
          signer: input.sender,
          lang,
          text: [...name[lang]].slice(0, nameLengthMax).join(''),
          standing,
          height: input.height,
          tx_id: input.txId,
          body_index: input.bodyIndex,
        };
        rows.set(JSON.stringify(key), row ?? key);
      }
    }
    const upserts: NameRow[] = [];
    const deletes: (readonly Scalar[])[] = [];
    for (const row of rows.values()) {
      if ('id' in row) upserts.push(row);
      else deletes.push(row);
    }
    return { upserts, deletes };
  },
};

/** Products under ledger serialisation, and those that were. */
export const serialisedProductView: View<SerialisedProductRow> = {
  table: {
    name: 'serialised_product',
    columns: [
      { name: 'gtin', type: 'text' },
      { name: 'enabled', type: 'boolean' },
      { name: 'account', type: 'text' },
      { name: 'since_height', type: 'bigint' },
      { name: 'since_time', type: 'timeMs' },
    ],
    primaryKey: ['gtin'],
    indexes: [['account']],
  },
  eventTypes: [ledgerEventTypes.serialisation],
  keysOf: () => [],
  fold(inputs) {
    const rows = new Map<string, SerialisedProductRow>();
    for (const input of inputs) {
      const record = recordOf(input);
      if (record?.type !== 'serialisation') continue;
      const { gtin, enabled } = record.content;
      rows.set(gtin, {
        gtin,
        enabled,
        account: input.sender,
        since_height: input.height,
        since_time: input.blockTimeMs,
      });
    }
    return { upserts: [...rows.values()], deletes: [] };
  },
};
