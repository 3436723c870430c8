/** Thrown by `contextFor` for a caller who is not known: 401 over HTTP, close code 4401 over WebSocket. Its message is shown. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
}

/** Whether an error says that the caller is not known. Goes by name, so that an identity provider may bring a class of its own. */
export function isIdentityError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'IdentityError';
}
