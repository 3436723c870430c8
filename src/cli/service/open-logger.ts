import { pino, stdTimeFunctions, type Logger } from 'pino';
import type { Config } from '../../config/config.js';
import { describeError } from '../../server/http/error-frames.js';
import type { LogLimit } from '../../base/log-file.js';
import { fileSink, streamSink, type LogSink } from './log-sink.js';

/** Where the log goes: `stdout` and `stderr` for a collector, or a file that only its owner may read and that is rotated at its limit. */
export type LogTarget = 'stdout' | 'stderr' | { readonly file: string; readonly limit?: LogLimit };

const USUAL_LIMIT: LogLimit = { bytes: 10 * 2 ** 20, files: 4 };

/**
 * Opens the log: one JSON object a line. Errors are logged as names, codes and frames, because a message may quote a patient's row; a caller
 * gives codes, ids and figures only. Written at once, so that the last line before a crash is there; what cannot be written
 * waits, and beyond a mebibyte is lost and counted, but does not end the process. @throws when the file cannot be opened
 */
export function openLogger(level: Config['LOG_LEVEL'], target: LogTarget): Logger {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    base: { pid: process.pid },
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeUnknown, error: describeUnknown },
  };
  return pino(options, sinkOf(target));
}

function sinkOf(target: LogTarget): LogSink {
  if (typeof target === 'string') return streamSink(target === 'stdout' ? 1 : 2);
  return fileSink(target.file, target.limit ?? USUAL_LIMIT);
}

function describeUnknown(value: unknown): unknown {
  return value instanceof Error ? describeError(value) : value;
}
