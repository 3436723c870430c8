export function calledAs(file: string, options?: { env?: Readonly<Record<string, string | undefined>>; cwd?: string }): string;
