import { assertNever } from '../../domain/assert-never.js';
import { writeCursor } from '../../eventlog/cursor.js';
import { paceOf, percentOf } from '../../domain/run/progress.js';
import type { RunStatus } from '../../domain/run/run.js';
import type { ProgressState } from '../../feeds/progress-feed.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { nameOf } from '../words/catalogue.js';
import { spokenLanguage } from '../words/language.js';
import { resumeCommand } from './paused-run.js';

/** What the end of a run makes of a command that waited for it. */
export function exitCodeOf(status: RunStatus): ExitCode {
  switch (status) {
    case 'COMPLETED':
      return EXIT.done;
    case 'COMPLETED_WITH_FAILURES':
      return EXIT.failedUsers;
    case 'CANCELLED':
    case 'FAILED':
    case 'REQUESTED':
    case 'PLANNED':
    case 'RUNNING':
      return EXIT.failed;
    case 'PAUSED':
      return EXIT.paused;
    default:
      return assertNever(status);
  }
}

/** A state of a run as a JSON document, with the names that GraphQL uses. `cursor` is its place in the log; `resumeWith` what lets a paused one go on. */
export function progressDocument({ progress, cursor }: ProgressState): object {
  const resume = progress.status === 'PAUSED' ? { resumeWith: resumeCommand(progress.runId) } : {};
  return { ...progress, ...resume, percent: percentOf(progress), ...paceOf(progress), cursor: writeCursor(cursor) };
}

/** How a status reads in a sentence. */
export function statusWords(status: RunStatus): string {
  return spokenLanguage() === 'en' ? status.toLowerCase().replaceAll('_', ' ') : nameOf('RunStatus', status);
}
