import classes from './check.module.css';

/** Lines shown around the place, and characters of one line. */
const LINES_AROUND = 2;
const WIDTH = 160;

/** The text around a place, with line numbers and the place marked. Whatever stands there is text. */
export function Excerpt({
  lines,
  line,
  column,
  label,
}: {
  readonly lines: readonly string[];
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly label: string;
}) {
  const first = Math.max(0, line - 1 - LINES_AROUND);
  const shown = lines.slice(first, line + LINES_AROUND);
  const from = Math.max(0, column - 1 - WIDTH / 2);
  return (
    <pre className={classes['excerpt']} aria-label={label} tabIndex={0}>
      {shown.map((text, i) => {
        const number = first + i + 1;
        const here = number === line;
        const start = here ? from : 0;
        const cut = text.slice(start, start + WIDTH);
        const at = column - 1 - start;
        return (
          <span key={number} className={classes['line']} data-here={here}>
            <span className={classes['number']} aria-hidden>
              {number}
            </span>
            <span>
              {start > 0 && '…'}
              {here ? (
                <>
                  {cut.slice(0, at)}
                  <mark>{cut.slice(at, at + wordLength(cut.slice(at)))}</mark>
                  {cut.slice(at + wordLength(cut.slice(at)))}
                </>
              ) : (
                cut
              )}
              {start + WIDTH < text.length && '…'}
              {'\n'}
            </span>
          </span>
        );
      })}
    </pre>
  );
}

/** How much of what stands there is marked: a text, a number, a bracket. */
function wordLength(text: string): number {
  return /^(?:"(?:[^"\\]|\\.)*"?|[\w.+-]+|.)/su.exec(text)?.[0].length ?? 0;
}
