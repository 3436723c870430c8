/**
 * Thrown by `contextFor` for a caller who must not come in. `UNAUTHENTICATED`: not known (401 over HTTP, close code 4401 over WebSocket);
 * `FORBIDDEN`: known, and without any right here (403, 4403). Its message is shown.
 */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';

  constructor(
    message: string,
    readonly code: 'UNAUTHENTICATED' | 'FORBIDDEN' = 'UNAUTHENTICATED',
  ) {
    super(message);
  }
}

/** Whether an error says that a caller must not come in. Goes by name, so that an identity provider may bring a class of its own. */
export function isIdentityError(error: unknown): error is Pick<IdentityError, 'name' | 'message' | 'code'> & Error {
  return error instanceof Error && error.name === 'IdentityError';
}

/** The refusal as HTTP says it: status, and the header that tells how to sign in. */
export function httpOf({ code }: Pick<IdentityError, 'code'>): { status: number; headers: readonly [string, string][] } {
  return code === 'FORBIDDEN' ? { status: 403, headers: [] } : { status: 401, headers: [['www-authenticate', 'Bearer']] };
}
