import { pino, destination, stdTimeFunctions, type Logger } from 'pino';
import type { Config } from '../config.js';
import { describeError } from '../server/http/unexpected-errors.js';

/** Where the log goes: `stdout` and `stderr` for whoever collects them, or a file that is appended to and that only its owner may read. */
export type LogTarget = 'stdout' | 'stderr' | { readonly file: string };

/**
 * Opens the log: one JSON object a line. Errors are logged as names, codes and frames, because a message may quote a patient's row; whoever
 * logs gives codes, ids and figures only. Written at once, so that the last line before a crash is there. @throws when the file cannot be written
 */
export function openLogger(level: Config['LOG_LEVEL'], target: LogTarget): Logger {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    base: { pid: process.pid },
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeUnknown, error: describeUnknown },
  };
  return pino(options, destination({ ...destinationOf(target), sync: true }));
}

function destinationOf(target: LogTarget): { dest: number } | { dest: string; append: true; mode: number } {
  if (target === 'stdout') return { dest: 1 };
  return target === 'stderr' ? { dest: 2 } : { dest: target.file, append: true, mode: 0o600 };
}

function describeUnknown(value: unknown): unknown {
  return value instanceof Error ? describeError(value) : value;
}
