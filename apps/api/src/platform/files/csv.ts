import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV (RFC 4180, UTF-8) that a spreadsheet program opens without running anything: every text goes through `plainText`.
 */
export function csvRows(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map(plainText)),
    { record_delimiter: 'windows' },
  );
}

/** Characters with which a formula begins, the wide ones that Excel takes for them too. */
const FORMULA = '=+\\-@＝＋－＠';
const AT_BEGINNING = new RegExp(`^(?=["\\s]*[${FORMULA}]|[\\t\\r\\n])`);
/**
 * Where the list separator is `;` (most of Europe), a spreadsheet divides a line of this file at semicolons, tabs and line ends without regard to
 * our quotes, which stand around other cells than its own: whatever follows one may become the beginning of a cell.
 */
const AFTER_SEPARATOR = new RegExp(`[;\\t\\r\\n]["\\s]*(?=[${FORMULA}])`, 'g');

/** A text that no spreadsheet runs, however it divides the file into cells: an apostrophe stands before what looks like a formula (OWASP, "CSV Injection"). */
export const plainText = (text: string): string => text.replace(AFTER_SEPARATOR, "$&'").replace(AT_BEGINNING, "'");

/** Tells spreadsheet programs that it is UTF-8. */
export const BYTE_ORDER_MARK = '\u{feff}';
