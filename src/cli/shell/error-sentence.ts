import { DatabaseError } from 'pg';
import { inWords } from '../../words/code-words.js';
import { ConfigError } from '../../config/config.js';
import { SETTINGS } from '../../config/config-words.js';
import { isSaid, type Said } from '../../domain/said.js';
import { spokenLanguage } from '../words/language.js';
import { SQL_STATES, SYSTEM } from '../words/system-words.js';
import { CommandFailed, Interrupted } from './exit-code.js';

/** PostgreSQL's class of errors whose messages quote values: data exceptions. Violated constraints quote them in details, which are not told. */
const QUOTING = '22';

/** What pg says of a connection that is gone, without a code. */
const LOST = /^(Connection terminated|Client has encountered a connection error)/;

/** What went wrong, in one message for an operator in the language of this process. Never a value of a row. */
export function errorSentence(error: unknown): string {
  if (error instanceof CommandFailed || error instanceof Interrupted) return error.message; // in that language already
  if (error instanceof ConfigError)
    return [inWords(SETTINGS.tell('UNUSABLE').said, spokenLanguage()), ...error.problems.map(({ said }) => `  ${told(said)}`)].join('\n');
  // A host with several addresses that all refuse gives one error for each and none of its own.
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorSentence).join('; ');
  return told(saidOf(error));
}

function told(said: Said): string {
  return inWords(said, spokenLanguage());
}

function saidOf(error: unknown): Said {
  if (!(error instanceof Error)) return SYSTEM.tell('NO_ERROR', { type: typeof error }).said;
  if ('said' in error && isSaid(error.said)) return error.said;
  if (isOfDatabase(error)) return ofDatabase(error);
  const { code = '' } = error as NodeJS.ErrnoException;
  if (isSystemCode(code) && isAbout(code, error.message))
    return SYSTEM.tell('FOUND', { found: foundBy(error, code), advice: SYSTEM.tell(code).said }).said;
  if (LOST.test(error.message)) return SYSTEM.tell('LOST').said;
  const { syscall } = error as NodeJS.ErrnoException;
  return SYSTEM.tell('UNEXPECTED', {
    found: syscall !== undefined ? foundBy(error, code) : error.message === '' ? error.name : error.message,
  }).said;
}

/** The system's own words are English; in another language its code and the place are all that is told of them. */
function foundBy(error: NodeJS.ErrnoException & { address?: string; port?: number; hostname?: string }, code: string): string {
  if (spokenLanguage() === 'en') return error.message;
  const { path, address, port, hostname } = error;
  const place = path ?? (address === undefined ? hostname : `${address}${port === undefined ? '' : `:${port}`}`);
  return place === undefined ? code : `${code}(${place})`;
}

/** Advice about a folder is none for a connection, whose message begins with what was tried. */
function isAbout(code: SystemCode, message: string): boolean {
  return message.startsWith(code) || (message.includes(code) && !SYSTEM.english[code].includes('DATA_DIR'));
}

/** Also one that a library threw in its own class: MikroORM's carries what pg's carried. */
function isOfDatabase(error: Error): error is DatabaseError {
  return error instanceof DatabaseError || ('severity' in error && 'code' in error && typeof error.code === 'string');
}

function ofDatabase({ code = 'unknown', message }: DatabaseError): Said {
  if (code.startsWith(QUOTING)) return SYSTEM.tell('VALUE_REFUSED', { code }).said;
  if (!isSqlState(code)) return SYSTEM.tell('REFUSED', { message, code }).said;
  return SYSTEM.tell('REFUSED_SO', { message, code, advice: SQL_STATES.tell(code).said }).said;
}

/** Codes of the system for which there is advice: the sentences around them have names that no error has. */
type SystemCode = Extract<keyof typeof SYSTEM.english, `E${string}`>;

function isSystemCode(code: string): code is SystemCode {
  return code.startsWith('E') && code in SYSTEM.english;
}

function isSqlState(code: string): code is keyof typeof SQL_STATES.english {
  return code in SQL_STATES.english;
}
