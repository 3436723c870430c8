#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ConfigError } from '../config/config.js';
import { framesOf } from '../server/http/error-frames.js';
import { errorSentence } from './shell/error-sentence.js';
import { CommandFailed, EXIT, Interrupted, type ExitCode } from './shell/exit-code.js';
import { endsWhenAsked, exitWith, listenForEnd } from './shell/interruption.js';
import { buildProgram } from './program.js';
import type { Execute } from './shell/execute.js';
import { readEnvironment } from './shell/read-environment.js';
import { openScreen } from './screen/screen.js';
import { toStderr } from './screen/terminal.js';
import { makeShell } from './shell/shell.js';
import { askedLanguage, languageOf, speak } from './words/language.js';

const signal = listenForEnd();
let exitCode: ExitCode = EXIT.done;

/** ms for the last steps of a command beside its work, such as stopping an embedded database. */
const LAST_STEPS_MS = 15_000;

const execute: Execute = async ({ json = false, lang }, work, { inItsTime = false } = {}) => {
  speak(languageOf(lang, process.env));
  const screen = openScreen({ lines: process.stderr, bars: process.stderr });
  const config = readEnvironment((line) => screen.say(`ibsafe-batch: ${line}`));
  const working = work(makeShell({ config, json, screen, signal }));
  exitCode = await (inItsTime ? working : endsWhenAsked(signal, config.BATCH_GRACE_MS + LAST_STEPS_MS, working));
};

process.on('uncaughtException', (error) => {
  report(error);
  process.exit(EXIT.failed);
});
speak(languageOf(askedLanguage(process.argv), process.env)); // before there is help to be told
try {
  await buildProgram(execute).parseAsync();
} catch (error) {
  exitCode = codeOf(error);
  report(error);
}
exitWith(exitCode, report); // what keeps a process alive is not always ours to close

function codeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof ConfigError) return EXIT.usage;
  return error instanceof CommandFailed ? error.exitCode : EXIT.failed;
}

function report(error: unknown): void {
  if (error instanceof CommanderError) return; // commander has said it
  // The reader of stdout has what was wanted. What becomes of work that was begun is for the operator all the same.
  if (error instanceof Interrupted && signal.reason === 'EPIPE' && !error.tells) return;
  toStderr(`ibsafe-batch: ${errorSentence(error)}\n`);
  const wantsStack = ['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '');
  if (wantsStack && error instanceof Error && !(error instanceof Interrupted)) toStderr(`${framesOf(error)}\n`);
}
