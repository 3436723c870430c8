import { basename, dirname, isAbsolute, relative, sep } from 'node:path';

/**
 * How this program was called, as it can be typed again: `npx ibsafe-batch`, `ibsafe-batch` where it is on the PATH, or else `node` and the file, as seen
 * from the folder that the caller is in. `file` is the second of `process.argv`.
 */
export function calledAs(file, { env = process.env, cwd = process.cwd() } = {}) {
  // Where it is called in a container or by a wrapper, these know what is typed outside.
  if (env.IBSAFE_BATCH_COMMAND) return env.IBSAFE_BATCH_COMMAND;
  const name = basename(file);
  if (name === 'ibsafe-batch') return dirname(file).endsWith(`node_modules${sep}.bin`) ? 'npx ibsafe-batch' : 'ibsafe-batch';
  const from = env.INIT_CWD && env.npm_lifecycle_event ? env.INIT_CWD : cwd; // npm goes to the package's folder before it runs a script
  const path = relative(from, file);
  const shown = path.startsWith(`..${sep}..${sep}`) || isAbsolute(path) ? file : path;
  return `node ${/[^\w@%+=:,./-]/.test(shown) ? `'${shown.replaceAll("'", `'\\''`)}'` : shown}`;
}
