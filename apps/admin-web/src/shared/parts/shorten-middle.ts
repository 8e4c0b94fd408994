/** An identifier shortened in its middle for reading: the start names the scheme, the end is what differs. Whole when short enough. */
export function shortenMiddle(text: string, charactersMax = 36): string {
  const letters = [...text];
  if (letters.length <= charactersMax) return text;
  const tail = Math.floor((charactersMax - 1) * 0.6);
  return `${letters.slice(0, charactersMax - 1 - tail).join('')}…${letters.slice(-tail).join('')}`;
}
