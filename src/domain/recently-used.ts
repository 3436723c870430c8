/** Values that are made of a key, kept for the keys that were used last: at most `most` of them, so that a long-lived process does not collect them for ever. */
export class RecentlyUsed<Value> {
  private readonly kept = new Map<string, Value>();

  constructor(
    private readonly most: number,
    private readonly make: (key: string) => Value,
  ) {}

  /** The value of a key. Throws what `make` throws, and keeps nothing then. */
  get(key: string): Value {
    const value = this.kept.get(key) ?? this.make(key);
    this.kept.delete(key);
    this.kept.set(key, value);
    // A Map lists its keys in the order in which they were set.
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.most && oldest !== undefined) this.kept.delete(oldest);
    return value;
  }
}
