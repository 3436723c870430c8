import type { Command, Option } from 'commander';

/**
 * Refuses an option that is given twice with two values, by a command or any below it: the last one would count in silence, and half of what was asked
 * for would not be done. Those that take a list go on taking it, and the same value twice is one.
 */
export function refuseGivenTwice(command: Command): void {
  for (const option of command.options) watch(command, option);
  for (const below of command.commands) refuseGivenTwice(below);
}

function watch(command: Command, option: Option): void {
  if (option.variadic || option.isBoolean()) return;
  let first: string | undefined;
  // After commander's own listener, which has the value read.
  command.on(`option:${option.name()}`, (text: string) => {
    if (first !== undefined && first !== text && !isGathered(command, option)) {
      command.error(`error: option '${option.flags}' is given twice, with two values`); // not which: one may be a name
    }
    first = text;
  });
}

/** Whether what reads the option adds to what was read before. A list between commas that is given again takes the place of the first one. */
function isGathered(command: Command, option: Option): boolean {
  return (option.parseArg?.length ?? 0) > 1 && Array.isArray(command.getOptionValue(option.attributeName()));
}
