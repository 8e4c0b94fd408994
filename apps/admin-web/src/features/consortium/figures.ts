const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** 1,536 bytes as `1.5 KB`, the reader's way. */
export function sizeText(bytes: number, language: string): string {
  let at = 0;
  let value = bytes;
  while (value >= 1_024 && at < UNITS.length - 1) {
    value /= 1_024;
    at += 1;
  }
  const digits = at === 0 || value >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)} ${UNITS[at] ?? ''}`;
}

export const countText = (value: number, language: string): string => new Intl.NumberFormat(language).format(value);
