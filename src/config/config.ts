import { z } from 'zod';
import { saidOf, SETTINGS } from './config-words.js';
import type { Said, Told } from '../domain/said.js';
import { OUR_PREFIXES, SECRETS } from './config-names.js';
import { likelyMeant } from '../base/likely-meant.js';
import { shape } from './config-shape.js';

const { tell } = SETTINGS;

/** What the environment says, checked. Durations in ms. */
export type Config = { readonly [K in keyof typeof shape]: z.output<(typeof shape)[K]> };

/** The environment holds something that the service cannot start with. The message names each variable, what was found and what is expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  /** @param problems each with its variable, in a sentence */
  constructor(readonly problems: readonly Told[]) {
    super([tell('UNUSABLE'), ...problems].map(({ text }, at) => (at === 0 ? text : `  ${text}`)).join('\n'));
  }
}

// Made once: zod compiles a parser for each object schema that it meets.
const ENVIRONMENT = z.object(shape);

/** Names of all variables that are read, for documentation and its test. */
export const VARIABLES: readonly string[] = Object.keys(shape);

/** Whether a variable is this service's, read or not: one of its names, or with a prefix that is its alone. */
export function isOurs(name: string): boolean {
  return VARIABLES.includes(name) || OUR_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** Whether a variable's value may never be shown. */
export function isSecret(name: string): boolean {
  return SECRETS.has(name);
}

/** Reads and checks the environment once. Empty values count as unset. Secrets never appear in a message. @throws ConfigError */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const problems = unknownVariables(given);
  const parsed = ENVIRONMENT.safeParse(given);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      problems.push(tell('EXPECTED', { name: String(path[0]), expected: saidOf(message), found: found(String(path[0]), given) }));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return parsed.data as Config;
}

function unknownVariables(given: Readonly<Record<string, unknown>>): Told[] {
  return Object.keys(given)
    .filter((name) => isOurs(name) && !VARIABLES.includes(name))
    .map((name) => {
      const meant = likelyMeant(name, VARIABLES);
      return meant === undefined ? tell('UNKNOWN', { name }) : tell('UNKNOWN_MEANT', { name, meant });
    });
}

function found(name: string, given: Readonly<Record<string, unknown>>): Said | string {
  const value = String(given[name]);
  if (!isSecret(name) && !/:\/\/|[@?#]/u.test(value)) return JSON.stringify(value.slice(0, 80));
  // Of an address nothing is shown but the host: it may be refused for the very password or key in it.
  const address = isSecret(name) ? null : URL.parse(value);
  if (address === null || address.host === '') return tell('NOT_SHOWN', { length: value.length }).said;
  return JSON.stringify(`${address.protocol}//${address.host}/…`);
}
