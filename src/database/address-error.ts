/** What a database's address must be and is not. The message completes "expected …" and never quotes a user, a password or the address itself. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}
