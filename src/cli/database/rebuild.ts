import { rebuildViews, type Difference, type RebuildReport } from '../../projections/rebuild/rebuild-views.js';
import { withCore } from './command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { startPace } from '../screen/bar.js';
import { count, duration } from '../screen/figures.js';
import type { Shell } from '../shell/shell.js';

/** Options of `rebuild`. */
export interface RebuildOptions {
  readonly verify?: boolean;
}

const MAX_SHOWN = 20;

/**
 * Makes the views anew from the log and says where the old ones were wrong. With `verify` the new ones are compared with the log before
 * anything is committed, and old ones that were wrong count as a failure: a developer must find out why.
 */
export async function rebuild(shell: Shell, { verify = false }: RebuildOptions): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const bar = shell.screen.startBar('Events');
    const pace = startPace();
    const onProgress = (done: number, total: number): void => bar.update(pace(done, total));
    const report = await rebuildViews(core.maintenance, { verify, onProgress }).finally(() => bar.end());
    for (const line of reportLines(report, verify)) shell.print(line);
    shell.printJson(report);
    return verify && report.differences.length > 0 ? EXIT.failed : EXIT.done;
  });
}

function reportLines({ events, differences, durationMs }: RebuildReport, verify: boolean): string[] {
  const proof = verify ? ', equal row for row' : '';
  const done = `Rebuilt the views from ${count(events)} events in ${duration(durationMs / 1_000)}${proof}.`;
  if (differences.length === 0) return [done, 'They hold what they held before.'];
  const shown = differences.slice(0, MAX_SHOWN).map(differenceLine);
  const more = differences.length > MAX_SHOWN ? [`  … and ${count(differences.length - MAX_SHOWN)} more`] : [];
  return [done, 'The old ones differed from the log, which is a bug or a change by hand:', ...shown, ...more];
}

function differenceLine({ view, key, column, live, rebuilt }: Difference): string {
  return `  ${view} ${key}: ${column} was ${live}, is ${rebuilt}`;
}
