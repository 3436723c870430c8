/** A point that one side of a test waits at until the other side opens it: an order of steps without a clock. */
export interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

/** A closed gate. Opening it twice does nothing. */
export function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}
