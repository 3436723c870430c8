/**
 * The environment for PostgreSQL's programs: none of the service's own variables, which can hold secrets, and messages in English,
 * whatever the machine speaks. Windows programs need SystemRoot to start at all.
 */
export function programEnvironment(): Record<string, string> {
  const kept = ['PATH', 'Path', 'SystemRoot', 'TEMP', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}
