import type { ProgramName } from '../program.js';

/** Programs that there is a prompt for; the rules write the others. */
export const WRITTEN_PROGRAMS: ReadonlySet<ProgramName> = new Set(['daily']);
