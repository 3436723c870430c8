import { Help, type Argument, type Command, type Option } from 'commander';
import { programAsTyped } from '../../base/as-typed.js';
import { filled } from '../../domain/said.js';
import { wordsOf } from './catalogue.js';
import { spokenLanguage } from './language.js';

/** A sentence of the help in the language of this process; undefined where the catalogue has none, and in English, which stands in the sources. */
function helpOf(...keys: readonly string[]): string | undefined {
  if (spokenLanguage() === 'en') return undefined;
  const text = keys.map((key) => wordsOf('Help', key)?.name).find((name) => name !== undefined);
  return text === undefined ? undefined : filled(text, { program: programAsTyped() });
}

/** A sentence of the help, or its English. */
export function helpText(key: string, english: string): string {
  return helpOf(key) ?? english;
}

/** A command's words before its name in the catalogue: `schedule list`, and the program's own name for the program. */
function pathOf(command: Command): string {
  const { parent } = command;
  if (parent === null) return command.name();
  return parent.parent === null ? command.name() : `${pathOf(parent)} ${command.name()}`;
}

/** Puts the descriptions of a command, its arguments, its options and its own commands into the language of this process. */
export function describeAnew(command: Command): void {
  const path = pathOf(command);
  command.description(helpText(path, command.description()));
  for (const argument of command.registeredArguments) anew(argument, path, argument.name());
  for (const option of command.options) anew(option, path, option.long ?? option.flags);
  if (command.commands.length > 0) command.helpCommand('help [command]', helpText('help', 'display help for command'));
  for (const below of command.commands) describeAnew(below);
}

/** One that stands under several commands has a sentence of its own where it means something else there. */
function anew(described: Argument | Option, path: string, flag: string): void {
  described.description = helpOf(`${path} ${flag}`, flag) ?? described.description;
}

/** The help of commander in the language of this process. */
export const TRANSLATED: Partial<Help> = {
  styleTitle: (title) => helpText(title, title),
  optionDescription: (option) => besides(Help.prototype.optionDescription.call(new Help(), option)),
};

/** What commander adds to a description: `(choices: "all", "api", default: "all")`. */
function besides(description: string): string {
  const [, text = '', added] = /^(.*?)( \((?:choices|default): .*\))$/su.exec(description) ?? [];
  if (added === undefined || spokenLanguage() === 'en') return description;
  return text + added.replaceAll(/\b(choices|default): /gu, (word, key: string) => `${helpText(key, word.slice(0, -2))}: `);
}

/** Mistakes as commander tells them, and what is wrong in each. */
const MISTAKES: readonly (readonly [key: string, pattern: RegExp])[] = [
  ['unknownCommand', /^error: unknown command '(?<what>.*?)'/u],
  ['unknownOption', /^error: unknown option '(?<what>.*?)'/u],
  ['missingArgument', /^error: missing required argument '(?<what>.*?)'/u],
  ['optionMissingArgument', /^error: option '(?<what>.*?)' argument missing/u],
  ['missingMandatoryOption', /^error: required option '(?<what>.*?)' not specified/u],
  ['conflictingOption', /^error: option '(?<what>.*?)' cannot be used with option '(?<other>.*?)'/u],
  ['givenTwice', /^error: option '(?<what>.*?)' is given twice, with two values/u],
  ['excessArguments', /^error: too many arguments.* but got (?<what>\d+)/u],
  ['invalidArgument', /^error: option '(?<other>.*?)' argument '(?<what>.*?)' is invalid\./u],
  ['invalidArgument', /^error: command-argument value '(?<what>.*?)' is invalid for argument '(?<other>.*?)'\./u],
  ['allowedChoices', /^ ?Allowed choices are (?<what>.*?)\.$/u],
  ['didYouMean', /^\(Did you mean (?:one of )?(?<what>.*?)\?\)/u],
];

/** A mistake of the command line in the language of this process. What is ours of it, what was expected, is in that language already. */
export function mistakeTold(message: string): string {
  if (spokenLanguage() === 'en') return message;
  return message
    .split('\n')
    .map((line) => told(line))
    .join('\n');
}

function told(line: string): string {
  for (const [key, pattern] of MISTAKES) {
    const match = pattern.exec(line);
    if (match === null) continue;
    const rest = line.slice(match[0].length);
    return (
      filled(helpText(`mistake.${key}`, match[0]), { what: match.groups?.['what'] ?? '', other: match.groups?.['other'] ?? '' }) +
      (rest === '' ? '' : ` ${told(rest.trim())}`)
    );
  }
  return line;
}
