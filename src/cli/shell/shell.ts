import type { Config } from '../../config/config.js';
import type { Screen } from '../screen/screen.js';
import { toStdout } from '../screen/terminal.js';

/** What every command is given. */
export interface Shell {
  readonly config: Config;
  /** Whether results are wanted as JSON: then nothing else goes to stdout. */
  readonly json: boolean;
  /** For people, on stderr: notes and progress. */
  readonly screen: Screen;
  /** A line of the result, on stdout. Says nothing where JSON is wanted. */
  readonly print: (line?: string) => void;
  /** A JSON document on a line of stdout, where JSON is wanted; says nothing elsewhere. */
  readonly printJson: (value: unknown) => void;
  /** Aborts at the first Ctrl-C, SIGTERM or SIGHUP, or when no process reads stdout any more. */
  readonly signal: AbortSignal;
}

/** Makes the shell of a command on this process's streams. */
export function makeShell(parts: Pick<Shell, 'config' | 'json' | 'screen' | 'signal'>): Shell {
  return {
    ...parts,
    print: (line = '') => (parts.json ? undefined : toStdout(`${line}\n`)),
    printJson: (value) => (parts.json ? toStdout(`${JSON.stringify(value)}\n`) : undefined),
  };
}
