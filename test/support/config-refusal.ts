import { readConfig } from '../../src/config/config.js';

/** What is said of an environment; undefined where it is taken. */
export function refusalOf(environment: Readonly<Record<string, string>>): string | undefined {
  try {
    readConfig(environment);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
