/** Types of `signs-of-life.mjs`, which is plain JavaScript because it runs before anything is installed. */
export interface LifeStream {
  isTTY?: boolean | undefined;
  columns?: number;
  write(text: string): unknown;
}
export declare function withSignsOfLife<T>(
  what: string,
  options: { work(): Promise<T>; detail?(): string; stream?: LifeStream; everyMs?: number },
): Promise<T>;
