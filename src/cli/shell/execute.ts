import type { ExitCode } from './exit-code.js';
import type { Language } from '../../domain/said.js';
import type { Shell } from './shell.js';

/** How a command ends that the process is asked to end. */
export interface Ending {
  /** It sees to that itself, in a time of its own: a service. Any other is left to itself after a while. */
  readonly inItsTime?: boolean;
}

/** Does a command's work in a shell and keeps its exit code. */
export type Execute = (
  options: { readonly json?: boolean; readonly lang?: Language },
  work: (shell: Shell) => Promise<ExitCode>,
  ending?: Ending,
) => Promise<void>;
