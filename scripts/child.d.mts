/** Types of `child.mjs`, which is plain JavaScript because it runs before anything is installed. */
export declare function isOfNpm(pid: number, env: Readonly<Record<string, string | undefined>>): boolean;
