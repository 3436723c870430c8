/** Whether a client has gone, or no longer wants the answer. Made for each operation, for which an `AbortController` and its events take as long as graphql does. */
export class Departure {
  private readonly listeners = new Set<() => void>();
  private left = false;

  get isOver(): boolean {
    return this.left;
  }

  /** It goes. Told once. */
  leave(): void {
    if (this.left) return;
    this.left = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }

  /** Calls back when it goes; at once when it has gone. @returns how to stop listening */
  onLeft(listener: () => void): () => void {
    if (this.left) listener();
    else this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
