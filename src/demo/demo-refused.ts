/**
 * Why a database does not get the demo:
 * `TABLES_MISSING` IBSafe's tables are not there; `REAL_USERS` there are users that the demo did not make; `OTHER_DEMO` it holds a demo of
 * other parameters; `NOT_EMPTY` there are records or foods, or tables that refer to them, which the demo did not make.
 */
export type DemoRefusal = 'TABLES_MISSING' | 'REAL_USERS' | 'OTHER_DEMO' | 'NOT_EMPTY';

/** Thrown by `loadDemo` where loading would mix invented patients with something else. Nothing was changed. */
export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';

  constructor(
    readonly code: DemoRefusal,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
