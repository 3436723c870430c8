import { asTyped } from '../../base/as-typed.js';
import { cancelBackfill } from '../../application/backfills/cancel-backfill.js';
import { requestBackfill } from '../../application/backfills/request-backfill.js';
import type { BackfillOrder } from '../../domain/backfill/backfill-events.js';
import { isSettled } from '../../domain/backfill/date-status.js';
import type { LocalDate } from '../../domain/local-date.js';
import type { ProgramName } from '../../domain/program.js';
import type { OnExisting } from '../../domain/run/run-events.js';
import { BackfillQueries } from '../../projections/queries/backfill-queries.js';
import type { Core } from '../../runtime/core.js';
import { refuseRun } from '../run/asked-run.js';
import { isRejection } from '../../domain/rejection.js';
import { exitCodeOfBackfill, readBackfill, type BackfillState } from './backfill-state.js';
import { withCore } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { followBackfill } from './follow-backfill.js';
import { noWorker } from '../run/living-workers.js';
import { tableLines } from '../screen/table.js';
import type { Shell } from '../shell/shell.js';
import { withWorkPlace } from '../run/work-place.js';
import { nameOf, say } from '../words/catalogue.js';
import { spokenLanguage } from '../words/language.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

const ACTOR = OWN_ACTORS.cli;

/** Options of `backfill`, checked. */
export interface BackfillOptions {
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly program?: ProgramName;
  readonly order?: 'oldest-first' | 'newest-first';
  readonly maxActive?: number;
  readonly onExisting?: Lowercase<OnExisting>;
  readonly reason?: string;
  readonly withoutSchedule?: string;
  readonly wait?: boolean;
  readonly stopWhenPaused?: boolean;
}

/** Asks for a backfill, and with `wait` sees it through: in this process when no worker is alive. */
export function backfill(shell: Shell, { from, to, wait = false, ...options }: BackfillOptions): Promise<ExitCode> {
  if (from === undefined || to === undefined) throw new CommandFailed(say('backfillNeeds'), EXIT.usage);
  const order = {
    from,
    to,
    ...(options.program !== undefined && { program: options.program }),
    ...(options.order !== undefined && { order: options.order.toUpperCase().replace('-', '_') as BackfillOrder }),
    ...(options.maxActive !== undefined && { maxActiveRuns: options.maxActive }),
    ...(options.onExisting !== undefined && { onExisting: options.onExisting.toUpperCase() as OnExisting }),
    ...(options.reason !== undefined && { reason: options.reason }),
    ...(options.withoutSchedule !== undefined && { withoutSchedule: options.withoutSchedule }),
  };
  const firstSchedule = options.withoutSchedule === undefined;
  return withWorkPlace(shell, { need: 'any', waits: wait, firstSchedule }, async (core, place) => {
    const answer = await requestBackfill(core.deps, order, { actor: ACTOR });
    if (isRejection(answer)) return refuseRun(shell, answer);
    const { backfillId, dates } = answer.backfill;
    shell.print(say('backfillTitle', { backfill: backfillId, dates: dates.length, from, to }));
    if (!wait) {
      if (place === 'none') shell.screen.say(noWorker());
      shell.printJson(await known(core, backfillId));
      return EXIT.done;
    }
    const end = await followBackfill(shell, core, backfillId, { stopWhenPaused: options.stopWhenPaused === true });
    for (const line of dateLines(end)) shell.print(line);
    shell.printJson(end);
    return exitCodeOfBackfill(end);
  });
}

/** Cancels a backfill and its active runs. */
export function backfillCancel(shell: Shell, backfillId: string, { reason }: { readonly reason?: string }): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const answer = await cancelBackfill(core.deps, backfillId, reason === undefined ? {} : { reason }, ACTOR);
    if (isRejection(answer)) return refuseRun(shell, answer);
    const state = await known(core, backfillId);
    const ending = state.dates.filter(({ status }) => status === 'RUNNING').length;
    shell.print(say('backfillCancelled', { backfill: backfillId }) + (ending === 0 ? '' : say('runsEnding', { runs: ending })));
    shell.printJson(state);
    return EXIT.done;
  });
}

/** Lists the last 20 backfills. */
export function backfillList(shell: Shell): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const { rows } = await new BackfillQueries(core.orm.em.fork()).list({ first: 20 });
    const states: BackfillState[] = [];
    for (const { backfill_id: id } of rows) states.push(await known(core, id));
    if (states.length === 0) shell.print(say('noBackfills', { command: asTyped('backfill --from … --to …') }));
    else for (const line of tableLines(say('backfillHeads').split('|'), states.map(rowOf))) shell.print(line);
    shell.printJson({ backfills: states });
    return EXIT.done;
  });
}

async function known(core: Core, backfillId: string): Promise<BackfillState> {
  const state = await readBackfill(core, backfillId);
  if (state === undefined) throw new CommandFailed(say('backfillInNoView', { backfill: backfillId, rebuild: asTyped('rebuild') }));
  return state;
}

function rowOf({ status, from, to, dates, actor, id }: BackfillState): readonly string[] {
  const done = dates.filter((date) => isSettled(date.status)).length;
  const state = spokenLanguage() === 'en' ? status.toLowerCase() : nameOf('BackfillStatus', status);
  return [state, say('fromTo', { from, to }), say('doneOf', { done, of: dates.length }), actor, id];
}

function dateLines({ dates }: BackfillState): string[] {
  const rows = dates.map(({ recordDate, status, code, runId }) => {
    const state = spokenLanguage() === 'en' ? status.toLowerCase().replaceAll('_', ' ') : nameOf('BackfillDateStatus', status);
    return [recordDate, state, code ?? '', runId ?? ''];
  });
  return tableLines(say('dateHeads').split('|'), rows);
}
