/** Names of accounts: their form, and which of them a person could take for another. */

const ACCOUNT = /^[a-z0-9](?:[-.]?[a-z0-9])*$/;

/** formats.md 1: 3 to 32 characters, `[a-z0-9]` with single `-` or `.` inside. */
export function isAccountName(text: string): boolean {
  return text.length >= 3 && text.length <= 32 && ACCOUNT.test(text);
}

/** Characters that are read for one another in common typefaces. */
const ALIKE: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', i: 'l', 2: 'z', 5: 's', 8: 'b' };

/**
 * What is left of a name when everything that the eye may pass over is made equal: separators go, digits become the
 * letters they look like (0 o, 1 and i l, 2 z, 5 s, 8 b), then `rn` m, `vv` w, `cl` d, each in one pass from the left.
 * Two accounts never have the same skeleton.
 */
export function skeletonOf(account: string): string {
  return account
    .replaceAll(/[-.]/g, '')
    .replaceAll(/[01i258]/g, (character) => ALIKE[character] ?? character)
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd');
}

/** Names under which this one stands: `acme` and `acme.west` for `acme.west.lab`, the nearest first. */
export function namesAbove(account: string): readonly string[] {
  const above: string[] = [];
  for (let at = account.lastIndexOf('.'); at > 0; at = account.lastIndexOf('.', at - 1))
    above.push(account.slice(0, at));
  return above;
}
