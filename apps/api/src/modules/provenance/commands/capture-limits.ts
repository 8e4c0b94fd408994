/**
 * What one capture may carry, announced in `GS1-EPCIS-Capture-Limit` and `GS1-EPCIS-Capture-File-Size-Limit`. A document becomes one
 * signed transaction (all or nothing), so it stays below the ledger's 2,000 bodies and 1 MiB.
 */
export const CAPTURE_LIMITS = {
  /** Bytes of the document. */
  sizeBytesMax: 960 * 1024,
  /** Events in the document. */
  eventsMax: 1_000,
  /** Master-data elements in the document. */
  masterDataMax: 900,
} as const;

/** What one check may carry: a document that is divided before it is captured is still checked whole. */
export const CHECK_LIMITS = {
  sizeBytesMax: 8 * 1024 * 1024,
  eventsMax: 20_000,
  masterDataMax: 5_000,
} as const;

/** Checks of one organisation that one process works on at once: a check may cost seconds, and others are to get their turn. */
export const CHECKS_AT_ONCE_MAX = 4;
/** When whoever was turned away may come again. */
export const CHECK_RETRY_SECONDS = 5;

/** Headers that announce the limits and versions (EPCIS 2.0 REST bindings). */
export const CAPTURE_HEADERS: Readonly<Record<string, string>> = {
  'GS1-EPCIS-Capture-Limit': String(CAPTURE_LIMITS.eventsMax),
  'GS1-EPCIS-Capture-File-Size-Limit': String(CAPTURE_LIMITS.sizeBytesMax),
  'GS1-Capture-Error-Behaviour': 'all',
};

/** Headers of every EPCIS answer. */
export const EPCIS_HEADERS: Readonly<Record<string, string>> = {
  'GS1-EPCIS-Version': '2.0',
  'GS1-EPCIS-Min': '2.0',
  'GS1-EPCIS-Max': '2.0',
  'GS1-CBV-Version': '2.0',
  'GS1-CBV-Min': '2.0',
  'GS1-CBV-Max': '2.0',
  'GS1-EPC-Format': 'As_Captured',
};
