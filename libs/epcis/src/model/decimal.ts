/** An exact decimal number: `units` times ten to the power of minus `scale`; no trailing zeros, `scale` >= 0. */
export interface Decimal {
  units: bigint;
  scale: number;
}

const SCALE_MAX = 400;

function reduced(units: bigint, scale: number): Decimal {
  if (units === 0n) return { units: 0n, scale: 0 };
  let [rest, places] = [units, scale];
  while (places > 0 && rest % 10n === 0n) {
    rest /= 10n;
    places -= 1;
  }
  return { units: rest, scale: places };
}

/**
 * Reads a number exactly as it is written: a JSON number by its shortest decimal form (0.1 is one tenth), a string by its
 * digits. Undefined for anything else (NaN, infinity, text) and for absurd exponents.
 */
export function parseDecimal(value: number | string): Decimal | undefined {
  const text = typeof value === 'number' ? String(value) : value.trim();
  const match = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > SCALE_MAX || whole.length > SCALE_MAX) return undefined;
  const units = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  return scale >= 0 ? reduced(units, scale) : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

/** Plain decimal notation of a number, exactly as its shortest form says; undefined for NaN and infinity. */
export function plainNumber(value: number): string | undefined {
  const text = String(value);
  if (Number.isFinite(value) && !text.includes('e')) return text;
  const decimal = parseDecimal(text);
  return decimal === undefined ? undefined : formatDecimal(decimal);
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const scale = Math.max(a.scale, b.scale);
  return [a.units * 10n ** BigInt(scale - a.scale), b.units * 10n ** BigInt(scale - b.scale), scale];
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = aligned(a, b);
  return reduced(x + y, scale);
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = aligned(a, b);
  return reduced(x - y, scale);
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Plain decimal notation, `-12.5`; never an exponent. */
export function formatDecimal({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
