import { asTyped } from '../../base/as-typed.js';
import { openPool } from '../../database/pool.js';
import type { Step } from '../../lifecycle/retention/let-month-go.js';
import type { PlannedMonth } from '../../lifecycle/retention/plan-retention.js';
import { whyHeld } from '../../lifecycle/retention/refusal-words.js';
import { RetentionDesk } from '../../lifecycle/retention/retention-desk.js';
import { archiveDirOf } from '../../lifecycle/retention/retention-settings.js';
import { withDatabase } from '../database/command-database.js';
import { count } from '../screen/figures.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { padToWidth } from '../screen/text-width.js';
import { say } from '../words/catalogue.js';
import { sentenceOf } from '../words/refusal.js';
import type { RetentionOptions } from './retention-commands.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** The actor of a month that is let go, in the log. */
const ACTOR = OWN_ACTORS.cli;
/** ms for which another process that does this is waited for. */
const WAIT_MS = 10_000;

/** Says what retention would do. */
export async function retentionPlan(shell: Shell, options: RetentionOptions): Promise<ExitCode> {
  const keep = keepOf(shell, options);
  const { plan, letGo: gone } = await withDesk(shell, (desk) => desk.overview(keep));
  shell.print(say('keptFrom', { month: plan.keptFrom?.slice(0, 7) ?? '-', keep }));
  for (const month of plan.months) shell.print(planLine(month));
  for (const { month, held } of plan.months) if (held !== undefined) shell.print(sentenceOf(whyHeld(month, held)));
  if (gone.length > 0) shell.print(say('letGoSoFar', { count: gone.length, month: gone.at(-1)?.month.slice(0, 7) ?? '-' }));
  shell.printJson({ ...plan, letGo: gone });
  return EXIT.done;
}

/** A month with its size, its events and what becomes of it. */
export function planLine({ month, events, bytes, due, held }: PlannedMonth): string {
  const what = !due ? say('monthKept') : held === undefined ? say('monthToGo') : say('monthStays', { code: held.code });
  const size = `${(bytes / 1e6).toFixed(1)} MB`.padStart(12);
  const about = events === null ? '' : say('aboutEvents', { count: count(events) });
  return `  ${month.slice(0, 7)}  ${size}  ${padToWidth(about, 26)}  ${what}`;
}

/** Lets old months go. */
export async function retentionRun(shell: Shell, options: RetentionOptions): Promise<ExitCode> {
  const keep = keepOf(shell, options);
  const onStep = (month: string, step: Step): void => {
    if (step === 'BEGUN') shell.print(say('monthArchiving', { month: month.slice(0, 7) }));
  };
  const report = await withDesk(shell, (desk) => desk.run(keep, { actor: ACTOR, onStep, waitMs: WAIT_MS }));
  if (report.status === 'NO_FOLDER') throw new CommandFailed(say('noArchiveFolder'));
  if (report.status === 'BUSY') throw new CommandFailed(say('retentionBusy', { plan: asTyped('retention plan') }));
  for (const { month, told } of report.letGo)
    shell.print(say('monthLetGo', { month: month.slice(0, 7), events: count(told.events), runs: count(told.runs), file: told.file }));
  for (const { month, held } of report.held) shell.print(sentenceOf(whyHeld(month, held)));
  if (report.letGo.length + report.held.length === 0) shell.print(say('nothingToLetGo'));
  shell.printJson(report);
  return report.held.length > 0 ? EXIT.failed : EXIT.done;
}

function keepOf({ config }: Shell, { keep = config.RETENTION_KEEP_MONTHS }: RetentionOptions): number {
  if (keep === undefined) throw new CommandFailed(say('keepUnknown'));
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
