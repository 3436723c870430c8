import { ConfigError, isOurs, isSecret, readConfig, VARIABLES, type Config } from '../../config/config.js';
import { SETTINGS } from '../../config/config-words.js';
import { readRegularFile } from '../../base/regular-file.js';
import { likelyMeant } from '../../base/likely-meant.js';
import { parseEnvFile, type EnvFile, type EnvLine } from '../service/env-file.js';
import { EXIT, CommandFailed } from './exit-code.js';
import { say } from '../words/catalogue.js';

const FILE = '.env';

/** Variables that docker-compose.yml takes from the same file. */
const COMPOSE = /^(?:POSTGRES_PASSWORD|MONGO_PASSWORD|MONGO_ROOT_PASSWORD|COMPOSE_.*)$/u;

/**
 * The configuration, from the environment and from a `.env` in the working folder where there is one. The real environment wins: what a
 * shell or a container sets is not overruled by a file that lies about. The file sets this service's variables and no others: what Node, PostgreSQL's
 * driver or the system read (NODE_OPTIONS, PGHOST, PATH) belongs to the process that starts this one.
 * @param note told in a sentence what is ignored, and which names look like misspelt ones of ours
 * @throws ConfigError; CommandFailed for a `.env` that cannot be read
 */
export function readEnvironment(note: (line: string) => void): Config {
  const { lines, strange } = readFile();
  assertClear(lines.filter(({ name }) => isOurs(name)));
  const ours: Record<string, string> = {};
  for (const { name, value } of lines) if (isOurs(name)) ours[name] ??= value;
  for (const line of strange) note(say('envStrangeLine', { line, file: FILE }));
  const foreign = [...new Set(lines.map(({ name }) => name).filter((name) => !isOurs(name) && !COMPOSE.test(name)))];
  if (foreign.length > 0) note(say('envForeign', { file: FILE, names: foreign.join(', ') }));
  for (const [name, value] of Object.entries(ours)) process.env[name] ??= value;
  noteMisspelt([...foreign, ...Object.keys(process.env)], note);
  return readConfig(process.env);
}

function noteMisspelt(names: readonly string[], note: (line: string) => void): void {
  for (const name of new Set(names)) {
    const meant = isOurs(name) ? undefined : likelyMeant(name, VARIABLES);
    if (meant !== undefined && process.env[meant] === undefined) note(say('envMisspelt', { name, meant }));
  }
}

function assertClear(lines: readonly EnvLine[]): void {
  const problems = lines.flatMap(({ name, value, line, problem, hasComment }) => {
    const where = { name, line, file: FILE };
    if (problem !== undefined) return [SETTINGS.tell(problem, where)];
    if (hasComment && isSecret(name)) return [SETTINGS.tell('ENV_COMMENT', where)];
    const first = lines.find((other) => other.name === name && other.value !== value);
    return first === undefined || first.line > line ? [] : [SETTINGS.tell('ENV_TWICE', { ...where, first: first.line })];
  });
  if (problems.length > 0) throw new ConfigError(problems);
}

function readFile(): EnvFile {
  try {
    return parseEnvFile(readRegularFile(FILE));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT') return { lines: [], strange: [] };
    const found = code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? say('envNoText') : code;
    throw new CommandFailed(say('envUnreadable', { found }), EXIT.usage);
  }
}
