/** The command line or the environment asks for something that cannot be done; the message says what was expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
