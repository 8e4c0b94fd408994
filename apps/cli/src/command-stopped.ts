/** What the person at the keyboard must decide or correct; the message says what to do. No fault of the program. */
export class CommandStopped extends Error {
  override readonly name = 'CommandStopped';
}
