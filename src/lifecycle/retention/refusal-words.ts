import { asTyped } from '../../as-typed.js';
import { assertNever } from '../../domain/assert-never.js';
import type { LetGoMonth } from '../../domain/retention/retention.js';
import type { Held } from './month-facts.js';

/** A sentence that tells where the events of a run are that were let go. */
export function whereEventsAre(runId: string, { month, told }: LetGoMonth): string {
  return `The events of run ${runId} were let go with ${month.slice(0, 7)}, and stand in the archive ${told.file} alone. Read them there: ${asTyped('archive read')} ${told.file} --run ${runId}`;
}

/** A sentence that tells an operator why a month stays, and what to do about it. */
export function whyHeld(month: string, { code, count, runId }: Held): string {
  const name = month.slice(0, 7);
  switch (code) {
    case 'RUN_UNFINISHED':
      return `${name} stays: ${count} of its runs have not ended, among them ${runId}. End it: ${asTyped('cancel')} ${runId}`;
    case 'RETRY_WAITING':
      return `${name} stays: run ${runId} repeats users of a run of that month and has not begun. Let it begin, or cancel it: ${asTyped('cancel')} ${runId}`;
    case 'EVENTS_UNSETTLED':
      return `${name} stays: an older transaction is open, and readers do not see all of its events yet. It goes as soon as that ends; "${asTyped('doctor')}" tells of it.`;
    case 'EVENTS_NOT_FOLLOWED':
      return `${name} stays: alerts have not read its events yet. A process with the role scheduler or all reads them: ${asTyped('start')}`;
    case 'VIEWS_DIFFER':
      return `${name} stays: the views do not hold what the log says of it, in ${count} places, and nothing could mend them afterwards. Mend them: ${asTyped('rebuild')}`;
    case 'LET_GO_BEFORE':
      return `${name} stays: it was let go before, and the log holds events of it again. The clock of a machine was wrong; see the page on retention.`;
    case 'ARCHIVE_DIFFERS':
      return `${name} stays: a file with the name of its archive is there and holds something else. Move it away, or name another folder in RETENTION_ARCHIVE_DIR.`;
    case 'LOG_BUSY':
      return `${name} stays: a long read of the log goes on, which must not be waited for. Try again when it has ended. The archive that was written is kept and used.`;
    default:
      return assertNever(code);
  }
}
