/** What a look at the application's readers found. */
export interface ReaderLook {
  /** Whether connections that are not this service's asked something in the last seconds. */
  readonly othersAsk: boolean;
  /** Whether a run goes on, of whatever process. */
  readonly isRunning: boolean;
  /** ms that some readers of one row had to wait and took, each. */
  readonly readMs: readonly number[];
}

/** Looks how readers fare on the application's database. */
export interface ReaderWatch {
  look(): Promise<ReaderLook>;
}
