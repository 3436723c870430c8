/** The database cannot be worked on as it is. The message says what was found, what it means and what to do, and quotes no secret. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}
