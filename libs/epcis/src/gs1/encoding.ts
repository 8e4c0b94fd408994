/** Characters of a key value that stay as they are in a Digital Link URI; all others are percent-encoded (Digital Link 1.2, table 7-1). */
const PLAIN = /^[A-Za-z0-9\-._;=']$/;
const ALL_PLAIN = /^[A-Za-z0-9\-._;=']*$/;

/** GS1 AI encodable character set 82 (General Specifications, figure 7.11-1). */
export const CHARSET_82 = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/;
/** GS1 AI encodable character set 39, used by component/part identifiers. */
export const CHARSET_39 = /^[#\-/0-9A-Z]*$/;

/** Percent-decodes ASCII text; undefined when an escape is broken or decodes to something outside ASCII. */
export function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char !== '%') {
      out += char;
      continue;
    }
    const hex = text.slice(i + 1, i + 3);
    if (!/^[0-7][0-9A-Fa-f]$/.test(hex)) return undefined;
    out += String.fromCharCode(parseInt(hex, 16));
    i += 2;
  }
  return out;
}

/** Percent-encodes a key value for the path of a Digital Link URI, upper-case hex. */
export function percentEncode(value: string): string {
  if (ALL_PLAIN.test(value)) return value;
  let out = '';
  for (const char of value) {
    out += PLAIN.test(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** Characters that stay as they are in an EPC pure-identity URN (EPC Tag Data Standard 2.0, table A-1). */
const URN_PLAIN = /^[A-Za-z0-9!'()*+,\-.:;=_]$/;

/** Percent-encodes a serial or lot for an EPC URN. */
export function urnEncode(value: string): string {
  let out = '';
  for (const char of value) {
    out += URN_PLAIN.test(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
