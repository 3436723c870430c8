import { delimiter } from 'node:path';

/** This process's environment with a folder first in its PATH, however the system spells that. */
export function withFirstInPath(dir, env = process.env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [key]: [dir, env[key]].filter(Boolean).join(delimiter) };
}
