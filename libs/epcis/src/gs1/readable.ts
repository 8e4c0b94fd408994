/** Controls, and marks that turn or hide the text around them: nobody should read a name that is not what it looks like. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/**
 * A part of an identifier for people: percent-decoded UTF-8. Where that is impossible (`%FF`, `50%`), or would bring out
 * characters that nobody sees, the text as it stands. Never throws: identifiers are written by whoever captures, and one
 * broken escape must not break what others look at.
 */
export function readablePart(text: string): string {
  if (!text.includes('%')) return text;
  let decoded: string;
  try {
    // eslint-disable-next-line no-restricted-syntax -- the one room for it
    decoded = decodeURIComponent(text);
  } catch (cause) {
    if (!(cause instanceof URIError)) throw cause;
    return text;
  }
  return UNSEEN.test(decoded) ? text : decoded;
}

/** The last part of an identifier for people: its serial or lot; the identifier itself where it ends in a slash. */
export function lastPart(id: string): string {
  const last = id.split('/').at(-1) ?? '';
  return last === '' ? id : readablePart(last);
}
