/**
 * GS1 check digit, mod 10 with weights 3 and 1 from the right (GS1 General Specifications, 7.9.1), for GTIN-8, -12, -13,
 * -14, GLN, SSCC, GSIN, GSRN and the numeric part of GRAI, GDTI, GCN and ITIP.
 * `digits` is the number without its check digit; undefined when it is no row of digits.
 */
export function checkDigit(digits: string): string | undefined {
  if (!/^\d+$/.test(digits)) return undefined;
  let sum = 0;
  for (let i = digits.length - 1, weight = 3; i >= 0; i -= 1, weight = 4 - weight)
    sum += (digits.charCodeAt(i) - 48) * weight;
  return String((10 - (sum % 10)) % 10);
}

/** True when the last digit is the check digit of those before it. */
export function hasValidCheckDigit(digits: string): boolean {
  return digits.length > 1 && checkDigit(digits.slice(0, -1)) === digits.slice(-1);
}

const ALPHANUMERIC_SET = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const CHECK_CHARACTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/** The check character pair of a Global Model Number (GS1 General Specifications, 7.9.5); undefined for foreign characters. */
export function checkCharacterPair(text: string): string | undefined {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) {
    const value = ALPHANUMERIC_SET.indexOf(text.charAt(i));
    const prime = PRIMES[text.length - 1 - i];
    if (value < 0 || prime === undefined) return undefined;
    sum += value * prime;
  }
  const rest = sum % 1021;
  return CHECK_CHARACTERS.charAt(rest >> 5) + CHECK_CHARACTERS.charAt(rest & 31);
}
