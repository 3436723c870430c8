/** Types of `runtime.mjs`, which is plain JavaScript because it runs before anything is installed. */
export declare const PINNED_VERSION: string;
export declare const OLDEST: readonly (readonly [number, number])[];
export declare function isModernEnough(version: string): boolean;
export declare function runtimePackage(platform?: string, arch?: string): string | undefined;
export declare function currentRuntime(root: string, version?: string): string | undefined;
export declare function ensureRuntime(
  root: string,
  options: { say(line: string): void; note?(pid: number): void; version?: string; install?(dir: string, spec: string): Promise<void> },
): Promise<string>;
