/** A long identifier for people: its beginning and its end, with an ellipsis between; the whole stands in the title. */
export function shortIdentifier(identifier: string, kept = 16): string {
  if (identifier.length <= kept) return identifier;
  const tail = Math.floor(kept / 2);
  return `${identifier.slice(0, kept - tail)}…${identifier.slice(-tail)}`;
}
