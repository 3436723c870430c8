#!/usr/bin/env node
import { CommanderError } from 'commander';
import { ConfigError } from '../config.js';
import { framesOf } from '../server/http/error-frames.js';
import { errorSentence } from './shell/error-sentence.js';
import { CommandFailed, EXIT, Interrupted, type ExitCode } from './shell/exit-code.js';
import { exitWith, listenForEnd } from './shell/interruption.js';
import { buildProgram } from './program.js';
import type { Execute } from './shell/execute.js';
import { readEnvironment } from './shell/read-environment.js';
import { openScreen } from './screen/screen.js';
import { makeShell } from './shell/shell.js';
import { askedLanguage, languageOf, speak } from './words/language.js';

const signal = listenForEnd();
let exitCode: ExitCode = EXIT.done;

const execute: Execute = async ({ json = false, lang }, work) => {
  speak(languageOf(lang, process.env));
  const screen = openScreen({ lines: process.stderr, bars: process.stderr });
  exitCode = await work(makeShell({ config: readEnvironment((line) => screen.say(`ibsafe-batch: ${line}`)), json, screen, signal }));
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
exitWith(exitCode); // what keeps a process alive is not always ours to close

function codeOf(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof ConfigError) return EXIT.usage;
  return error instanceof CommandFailed ? error.exitCode : EXIT.failed;
}

function report(error: unknown): void {
  if (error instanceof CommanderError) return; // commander has said it
  console.error(`ibsafe-batch: ${errorSentence(error)}`);
  const wantsStack = ['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '');
  if (wantsStack && error instanceof Error && !(error instanceof Interrupted)) console.error(framesOf(error));
}
