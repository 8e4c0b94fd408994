/** The nonce of this answer's content security policy, for the style elements that the theme writes (src/server). */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
