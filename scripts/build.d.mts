/** Types of `build.mjs`, which is plain JavaScript because it runs before anything is built. */
export declare function buildIsCurrent(root: string): boolean;
export declare function ensureBuild(
  root: string,
  options: { node: string; say(line: string): void; note?(pid: number): void; joinFiles?(root: string): Promise<void> },
): Promise<void>;
