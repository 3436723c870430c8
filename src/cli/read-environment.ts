import { existsSync } from 'node:fs';
import { readConfig, type Config } from '../config.js';
import { EXIT, CommandFailed } from './exit-code.js';

const FILE = '.env';

/**
 * The configuration, from the environment and from a `.env` in the working folder where there is one. The real environment wins: what a
 * shell or a container sets is not overruled by a file that lies about. @throws ConfigError; CommandFailed for a `.env` that cannot be read
 */
export function readEnvironment(): Config {
  if (existsSync(FILE)) {
    try {
      process.loadEnvFile(FILE);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      throw new CommandFailed(`.env cannot be read (${code}): make it a readable file of NAME=value lines, or remove it`, EXIT.usage);
    }
  }
  return readConfig(process.env);
}
