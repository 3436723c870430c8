/** An error as PostgreSQL, its connection or the system raises it. */
export function codedError(code: string): Error {
  return Object.assign(new Error('as the test wants it'), { code });
}
