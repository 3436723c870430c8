/** Types of `dependencies.mjs`, which is plain JavaScript because it runs before anything is installed. */
export declare function dependenciesAreCurrent(root: string): boolean;
export declare function ensureDependencies(
  root: string,
  options: { node?: string; say(line: string): void; note?(pid: number): void; install?(root: string): Promise<void> },
): Promise<void>;
