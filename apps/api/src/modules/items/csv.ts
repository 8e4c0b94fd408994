import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV (RFC 4180, UTF-8) that a spreadsheet program opens without running anything: a cell that begins like a formula gets an
 * apostrophe before it, as OWASP advises.
 */
export function csvRows(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], { escape_formulas: true, record_delimiter: 'windows' });
}

/** Tells spreadsheet programs that it is UTF-8. */
export const BYTE_ORDER_MARK = '\u{feff}';
