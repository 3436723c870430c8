import { asTyped } from '../../base/as-typed.js';
import { assertNever } from '../../domain/assert-never.js';
import type { LetGoMonth } from '../../domain/retention/retention.js';
import { sentencesOf, type Told } from '../../domain/said.js';
import type { Held } from './month-facts.js';

/** What keeps a month in the log, and where what was let go is. In Korean: `data/codes`, group `Kept`. */
export const KEPT = sentencesOf('Kept', {
  EVENTS_ARCHIVED: 'The events of run {run} were let go with {month}, and stand in the archive {file} alone. Read them there: {command}',
  RUN_UNFINISHED: '{month} stays: {count} of its runs have not ended, among them {run}. End it: {command}',
  RETRY_WAITING: '{month} stays: run {run} repeats users of a run of that month and has not begun. Let it begin, or cancel it: {command}',
  EVENTS_UNSETTLED:
    '{month} stays: an older transaction is open, and readers do not see all of its events yet. It goes as soon as that ends; "{command}" tells of it.',
  EVENTS_NOT_FOLLOWED: '{month} stays: alerts have not read its events yet. A process with the role scheduler or all reads them: {command}',
  VIEWS_DIFFER:
    '{month} stays: the views do not hold what the log says of it, in {count} places, and nothing could mend them afterwards. Mend them: {command}',
  CHAIN_DIFFERS:
    '{month} stays: in {count} places its events are not those that were appended, and an archive of them would be none of the log. Look which: {command}',
  LET_GO_BEFORE:
    '{month} stays: it was let go before, and the log holds events of it again. The clock of a machine was wrong; see the page on retention.',
  ARCHIVE_DIFFERS:
    '{month} stays: a file with the name of its archive is there and holds something else. Move it away, or name another folder in RETENTION_ARCHIVE_DIR.',
  ARCHIVE_NO_ROOM:
    '{month} stays: there is no room for its archive in RETENTION_ARCHIVE_DIR ({fault}), and what was written of it is deleted again. Free space there, or name another folder, then: {command}',
  ARCHIVE_UNWRITABLE:
    '{month} stays: its archive could not be written to RETENTION_ARCHIVE_DIR, or not be read back ({fault}). See that the folder is there, that its disk is sound and that the user of the service may write to it, then: {command}',
  ARCHIVE_GONE:
    '{month} stays: its archive was written, and was gone or changed before the month was dropped. See what empties RETENTION_ARCHIVE_DIR, then: {command}',
  LOG_BUSY:
    '{month} stays: a long read of the log goes on, which must not be waited for. Try again when it has ended. The archive that was written is kept and used.',
});

/** Where the events of a run are that were let go. */
export function whereEventsAre(runId: string, { month, told }: LetGoMonth): Told {
  const command = `${asTyped('archive read')} ${told.file} --run ${runId}`;
  return KEPT.tell('EVENTS_ARCHIVED', { run: runId, month: month.slice(0, 7), file: told.file, command });
}

/** Why a month stays, and what to do about it. */
export function whyHeld(firstDay: string, { code, count, runId, fault = '-' }: Held): Told {
  const month = firstDay.slice(0, 7);
  const run = runId ?? '-';
  switch (code) {
    case 'RUN_UNFINISHED':
      return KEPT.tell(code, { month, count, run, command: `${asTyped('cancel')} ${run}` });
    case 'RETRY_WAITING':
      return KEPT.tell(code, { month, run, command: `${asTyped('cancel')} ${run}` });
    case 'EVENTS_UNSETTLED':
      return KEPT.tell(code, { month, command: asTyped('doctor') });
    case 'EVENTS_NOT_FOLLOWED':
      return KEPT.tell(code, { month, command: asTyped('start') });
    case 'VIEWS_DIFFER':
      return KEPT.tell(code, { month, count, command: asTyped('rebuild') });
    case 'CHAIN_DIFFERS':
      return KEPT.tell(code, { month, count, command: asTyped('doctor --invariants') });
    case 'ARCHIVE_NO_ROOM':
    case 'ARCHIVE_UNWRITABLE':
      return KEPT.tell(code, { month, fault, command: asTyped('retention run') });
    case 'ARCHIVE_GONE':
      return KEPT.tell(code, { month, command: asTyped('retention run') });
    case 'LET_GO_BEFORE':
    case 'ARCHIVE_DIFFERS':
    case 'LOG_BUSY':
      return KEPT.tell(code, { month });
    default:
      return assertNever(code);
  }
}
