/** One `NAME=value` of a `.env` file. */
export interface EnvLine {
  readonly name: string;
  readonly value: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** Whether a `#` ended the value. */
  readonly hasComment: boolean;
  /** What is wrong with how it is written, as a code of settings, to be told with name and line; never the value, which may be a secret. */
  readonly problem?: 'ENV_QUOTES' | 'ENV_HASH';
}

/** What a `.env` file holds. */
export interface EnvFile {
  readonly lines: readonly EnvLine[];
  /** Numbers of lines that are neither `NAME=value`, nor a comment, nor empty. */
  readonly strange: readonly number[];
}

const NAME = String.raw`[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_][\w.-]*)[ \t]*=[ \t]*`;
const VALUE = String.raw`(?:"(?<double>(?:\\[^]|[^"\\])*)"|'(?<single>[^']*)'|${'`(?<back>[^`]*)`'})[ \t]*(?:#[^\n]*)?$|(?<bare>[^\n]*)$`;
const ASSIGNMENT = new RegExp(`${NAME}(?:${VALUE})`, 'muy');
const COMMENT = /^[ \t]*(?:#|$)/u;
const QUOTE = /^["'`]/u;

/**
 * Reads the bytes of a `.env` file: UTF-8 or UTF-16 with a byte order mark, lines ended by LF, CRLF or CR, values bare or in quotes ("…" may hold \n,
 * and all of them line ends). A bare value ends before a `#` that follows a space. @throws TypeError for bytes that are no text
 */
export function parseEnvFile(bytes: Buffer): EnvFile {
  const lines: EnvLine[] = [];
  const strange: number[] = [];
  const text = textOf(bytes).replaceAll(/\r\n?/gu, '\n');
  for (let [at, line] = [0, 1]; at < text.length;) {
    ASSIGNMENT.lastIndex = at;
    const first = /[^\n]*/uy.exec(text.slice(at))?.[0] ?? '';
    const match = COMMENT.test(first) ? null : ASSIGNMENT.exec(text);
    if (match !== null) lines.push({ ...assignment(match), line });
    else if (!COMMENT.test(first)) strange.push(line);
    const taken = match?.[0] ?? first;
    line += taken.split('\n').length;
    at += taken.length + 1;
  }
  return { lines, strange };
}

function assignment({ groups = {} }: RegExpExecArray): Omit<EnvLine, 'line'> {
  const { name = '', double, single, back, bare } = groups;
  if (bare === undefined) return { name, value: double?.replaceAll(String.raw`\n`, '\n') ?? single ?? back ?? '', hasComment: false };
  const value = bare.replace(/(?:^|[ \t])#.*$/u, '').trim();
  const found = { name, value, hasComment: value !== bare.trim() };
  if (QUOTE.test(bare)) return { ...found, problem: 'ENV_QUOTES' };
  if (value.includes('#')) return { ...found, problem: 'ENV_HASH' };
  return found;
}

function textOf(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes); // takes the byte order mark away
}
