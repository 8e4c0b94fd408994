/**
 * An engine cannot take this request, and nothing is wrong with either: too large for its memory or its frames, or it has
 * enough to do. The next engine is asked; nobody is demoted.
 */
export class RequestDeclined extends Error {
  override readonly name = 'RequestDeclined';
}
