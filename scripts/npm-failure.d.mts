/** Types of `npm-failure.mjs`, which is plain JavaScript because it runs before anything is installed. */
export declare function npmFailure(output: string, env?: Readonly<Record<string, string | undefined>>): string;
