import { asTyped } from '../../as-typed.js';
import { openPool } from '../../database/pool.js';
import type { Step } from '../../lifecycle/retention/let-month-go.js';
import type { PlannedMonth } from '../../lifecycle/retention/plan-retention.js';
import { whyHeld } from '../../lifecycle/retention/refusal-words.js';
import { RetentionDesk } from '../../lifecycle/retention/retention-desk.js';
import { archiveDirOf, NO_FOLDER } from '../../lifecycle/retention/retention-settings.js';
import { withDatabase } from '../database/command-database.js';
import { count } from '../screen/figures.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import type { RetentionOptions } from './retention-commands.js';

/** Who lets go, as the log says it. */
const ACTOR = 'cli';
/** ms for which another process that does this is waited for. */
const WAIT_MS = 10_000;

/** Says what retention would do. */
export async function retentionPlan(shell: Shell, options: RetentionOptions): Promise<ExitCode> {
  const keep = keepOf(shell, options);
  const { plan, letGo: gone } = await withDesk(shell, (desk) => desk.overview(keep));
  shell.print(`Kept: ${plan.keptFrom?.slice(0, 7)} and later (the month that goes on, and ${keep} before it).`);
  for (const month of plan.months) shell.print(planLine(month));
  for (const { month, held } of plan.months) if (held !== undefined) shell.print(whyHeld(month, held));
  if (gone.length > 0) shell.print(`Let go so far: ${gone.length} months, the last one ${gone.at(-1)?.month.slice(0, 7)}.`);
  shell.printJson({ ...plan, letGo: gone });
  return EXIT.done;
}

function planLine({ month, events, bytes, due, held }: PlannedMonth): string {
  const what = !due ? 'kept' : held === undefined ? 'to be let go' : `stays (${held.code})`;
  return `  ${month.slice(0, 7)}  ${`${(bytes / 1e6).toFixed(1)} MB`.padStart(12)}  ${(events === null ? '' : `about ${count(events)} events`).padEnd(26)}  ${what}`;
}

/** Lets old months go. */
export async function retentionRun(shell: Shell, options: RetentionOptions): Promise<ExitCode> {
  const keep = keepOf(shell, options);
  const onStep = (month: string, step: Step): void => {
    if (step === 'BEGUN') shell.print(`${month.slice(0, 7)} is being archived …`);
  };
  const report = await withDesk(shell, (desk) => desk.run(keep, { actor: ACTOR, onStep, waitMs: WAIT_MS }));
  if (report.status === 'NO_FOLDER') throw new CommandFailed(`${NO_FOLDER}. Nothing was changed`);
  if (report.status === 'BUSY')
    throw new CommandFailed('another process is letting months go. Wait for it, then look what is left: ' + asTyped('retention plan'));
  for (const { month, told } of report.letGo)
    shell.print(`${month.slice(0, 7)} was let go: ${count(told.events)} events of ${count(told.runs)} runs are in ${told.file}.`);
  for (const { month, held } of report.held) shell.print(whyHeld(month, held));
  if (report.letGo.length + report.held.length === 0) shell.print('No month is older than what is kept.');
  shell.printJson(report);
  return report.held.length > 0 ? EXIT.failed : EXIT.done;
}

function keepOf({ config }: Shell, { keep = config.RETENTION_KEEP_MONTHS }: RetentionOptions): number {
  if (keep === undefined)
    throw new CommandFailed(`how many months are kept is not said: add --keep 24, for example, or set RETENTION_KEEP_MONTHS`);
  return keep;
}

function withDesk<T>(shell: Shell, work: (desk: RetentionDesk) => Promise<T>): Promise<T> {
  return withDatabase(shell, 'existing', async ({ url }) => {
    const pool = openPool({ url, max: 1, name: 'retention plan', onError: () => undefined }); // the command that waits for an answer gets the error too
    try {
      return await work(new RetentionDesk({ pool, url, keep: undefined, archiveDir: archiveDirOf(shell.config) }));
    } finally {
      await pool.end();
    }
  });
}
