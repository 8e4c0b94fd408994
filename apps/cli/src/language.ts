/** The languages that the product speaks. */
export type Language = 'en' | 'zh-CN';

/** `--lang`, else what the terminal says of itself (POSIX: LC_ALL before LC_MESSAGES before LANG). */
export function languageOf(flag: string | undefined, env: Readonly<Record<string, string | undefined>>): Language {
  const said =
    flag ?? [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  return said?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/**
 * Text of others, made safe for a terminal: control characters and marks that turn the writing direction would let a
 * record paint over the verdict above it.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, '\ufffd');
}
