/**
 * What a story is told from. The scan page tells it twice, with the same pure function: on the server from what the API
 * answers to `GET /story`, and on the phone from the records that it verified itself. So the API sends records as they
 * are signed and derives nothing for the page.
 */

/** One signed record: an event, an error declaration, a master-data element, or a change of who may see a record. */
export interface StoryRecord {
  /** Hex. */
  readonly txId: string;
  readonly bodyIndex: number;
  readonly height: number;
  readonly kind: 'epcis.event' | 'epcis.masterdata' | 'provenance.visibility';
  /** Account that signed. */
  readonly sender: string;
  /** Content of the body, exactly as signed. */
  readonly content: Uint8Array;
  /** Content of the `epcis.context` body that it names; absent: it names none. */
  readonly context?: Uint8Array;
}

/**
 * `GET /story?id=` (public; 404 problem when no public event names the item). Every event upstream of the item and of
 * what carried it, visibility public only, each with the master data that name its things, places and parties; the
 * evidence file of the same item proves exactly these records.
 */
export interface StoryAnswer {
  /** Canonical id of the item asked for. */
  readonly subject: string;
  readonly records: readonly (Omit<StoryRecord, 'content' | 'context'> & {
    /** Base64. */
    readonly content: string;
    /** Base64. */
    readonly context?: string;
  })[];
  /** All organisations of the chain by account: names and registered company prefixes, as genesis gives them. */
  readonly organisations: Readonly<
    Record<string, { readonly en: string; readonly 'zh-CN': string; readonly companyPrefixes: readonly string[] }>
  >;
  /** There is more than is shown. */
  readonly truncated: boolean;
}
