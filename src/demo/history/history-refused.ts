/**
 * Why a database does not get invented nights: `NO_DEMO` it is not marked as a demo; `REAL_USERS` it holds accounts that the demo did not make; `REAL_EVENTS` its log
 * holds events; `TOO_FEW_DAYS` the demo's records do not reach back far enough.
 */
export type HistoryRefusal = 'NO_DEMO' | 'REAL_USERS' | 'REAL_EVENTS' | 'TOO_FEW_DAYS';

/** The history of a demo was refused, and nothing was changed. The message says what was found and what to do. */
export class HistoryRefused extends Error {
  override readonly name = 'HistoryRefused';

  constructor(
    readonly code: HistoryRefusal,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
