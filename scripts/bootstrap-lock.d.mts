/** Types of `bootstrap-lock.mjs`, which is plain JavaScript because it runs before anything is built. */
export declare function tryTake(file: string): boolean;
export declare function withBootstrapLock<T>(
  file: string,
  options: { work(note: (pid: number) => void): Promise<T>; say(line: string): void },
): Promise<T>;
