export function isOfNpm(pid: number, env: Readonly<Record<string, string | undefined>>): boolean;
