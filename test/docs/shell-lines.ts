/** A command of a shell block: what is set for it alone, and its words, the program first. */
export interface ShellCommand {
  readonly environment: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

const SETTING = /^[A-Z_]+=/;
/** At a line's end only: within quotes it would be text. */
const INPUT = / < [\w.-]+$/;
const WORD = /(?:[^\s'"]|'[^']*'|"(?:[^"\\]|\\.)*")+/g;

/**
 * The commands of a shell block, one a line unless it ends with a backslash. Knows as much of a shell as documents should need: quotes, a file to
 * read from (which is left out), and variables, whose values the caller gives. @throws for anything else: a pipe, a comment, a redirected output
 */
export function commandsOf(code: string, variables: Readonly<Record<string, string>> = {}): readonly ShellCommand[] {
  const lines = code.replaceAll('\\\n', ' ').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => commandOf(line, variables));
}

function commandOf(line: string, variables: Readonly<Record<string, string>>): ShellCommand {
  const words = (line.replace(INPUT, '').match(WORD) ?? []).map((word) => unquoted(word, variables));
  const first = words.findIndex((word) => !SETTING.test(word));
  const settings = words.slice(0, first).map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const);
  return { environment: Object.fromEntries(settings), words: words.slice(first) };
}

function unquoted(word: string, variables: Readonly<Record<string, string>>): string {
  if (/^[|&;<>#]/.test(word)) throw new Error(`a document's shell block holds "${word}", which its test cannot run`);
  return word.replace(
    /'([^']*)'|"([^"]*)"|\$(\w+)/g,
    (_, plain: string | undefined, quoted: string | undefined, name: string) =>
      plain ?? (quoted ?? `$${name}`).replace(/\$(\w+)/g, (__, variable: string) => valueOf(variable, variables)),
  );
}

function valueOf(name: string, variables: Readonly<Record<string, string>>): string {
  const value = variables[name];
  if (value === undefined) throw new Error(`a document uses $${name}, for which its test has no value`);
  return value;
}
