import type { ExitCode } from './exit-code.js';
import type { Language } from '../../domain/said.js';
import type { Shell } from './shell.js';

/** Does a command's work in a shell and keeps its exit code. */
export type Execute = (
  options: { readonly json?: boolean; readonly lang?: Language },
  work: (shell: Shell) => Promise<ExitCode>,
) => Promise<void>;
