/** What the ledger's codes mean, in a sentence for people, and what to do. Facts fill the braces. */
const words: Readonly<Record<string, readonly [detail: string, howToFix: string]>> = {
  PROVENANCE_PREFIX_NOT_YOURS: [
    'Only the owner of a company prefix may bring identifiers under it into being.',
    'Commission under a prefix of your own, or let the owner capture this event.',
  ],
};

/** Renders a code of the ledger. A code without a sentence of its own is shown with its facts. */
export function sayRefusal(
  code: string,
  facts: Readonly<Record<string, string>>,
): { detail: string; howToFix: string } {
  const found = words[code];
  const told = Object.entries(facts)
    .map(([key, value]) => `${key}: ${value}`)
    .join(', ');
  if (found !== undefined) return { detail: told === '' ? found[0] : `${found[0]} (${told})`, howToFix: found[1] };
  return {
    detail: `The ledger refused it by its rule ${code}${told === '' ? '' : ` (${told})`}.`,
    howToFix: 'Look the rule up in docs/protocol/provenance.md and correct what the pointer names.',
  };
}
