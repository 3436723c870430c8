import type { Program, ProgramName } from '../program.js';
import { DAILY } from './daily/program.js';
import { SLEEP } from './sleep/program.js';

/** Every program there is. */
export const ALL_PROGRAMS: readonly Program[] = [DAILY, SLEEP];

const BY_NAME: ReadonlyMap<ProgramName, Program> = new Map(ALL_PROGRAMS.map((program) => [program.name, program]));

/** The program of a name. Throws for a name that is in `PROGRAMS` and has no folder: a bug. */
export function programOf(name: ProgramName): Program {
  const program = BY_NAME.get(name);
  if (program === undefined) throw new TypeError(`program ${name} is named and not listed: add its folder to ALL_PROGRAMS`);
  return program;
}
