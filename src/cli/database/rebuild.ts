import { isLackOfRuns } from '../../projections/rebuild/lack-of-runs.js';
import { rebuildViews, type Difference, type RebuildReport } from '../../projections/rebuild/rebuild-views.js';
import { recordBefore } from '../audit/record-before.js';
import { withCore } from './command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { startPace } from '../screen/bar.js';
import { count, duration } from '../screen/figures.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

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
    const bar = shell.screen.startBar(say('eventsBar'));
    const pace = startPace();
    const onProgress = (done: number, total: number): void => bar.update(pace(done, total));
    const report = await rebuildViews(core.maintenance, { verify, onProgress }).finally(() => bar.end());
    const userIds = report.differences.filter(({ view }) => view === 'low_fodmap_days').map(({ key }) => Number(key));
    if (userIds.length > 0) await recordBefore(core, { what: 'rebuild', userIds });
    for (const line of reportLines(report, verify)) shell.print(line);
    shell.printJson(report);
    return verify && report.differences.length > 0 ? EXIT.failed : EXIT.done;
  });
}

function reportLines({ events, differences, durationMs }: RebuildReport, verify: boolean): string[] {
  const told = { events: count(events), time: duration(durationMs / 1_000) };
  const done = verify ? say('rebuiltVerified', told) : say('rebuilt', told);
  if (differences.length === 0) return [done, say('viewsAsBefore')];
  const shown = differences.slice(0, MAX_SHOWN).map(differenceLine);
  const more = differences.length > MAX_SHOWN ? [say('andMore', { more: count(differences.length - MAX_SHOWN) })] : [];
  return [done, say(isLackOfRuns(differences) ? 'nightsLacked' : 'viewsDiffered'), ...shown, ...more];
}

function differenceLine({ view, key, column, live, rebuilt }: Difference): string {
  return say('viewDifference', { view, key, column, live, rebuilt });
}
