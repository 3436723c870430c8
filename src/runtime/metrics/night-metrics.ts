import type { Registry } from 'prom-client';
import { PROGRAMS } from '../../domain/program.js';
import { PAUSE_CAUSES } from '../../domain/run/run-events.js';
import { RUN_STATUSES } from '../../domain/run/run.js';
import type { FigureQueries, NightCount, RunCount } from '../../projections/queries/figure-queries.js';
import { showGauge, type Series } from './shown.js';

const OUTCOMES = ['GENERATED', 'EXISTED', 'SKIPPED', 'FAILED', 'CANCELLED'] as const;
/** A pause has its cause; no other status has one. */
const STANDS = RUN_STATUSES.flatMap((status) => {
  const causes: readonly string[] = status === 'PAUSED' ? PAUSE_CAUSES : [''];
  return causes.map((cause) => ({ status, cause }));
});

/** Runs and the latest night. A status or outcome that nothing has is 0 and not absent: the first of its kind is a rise that an alarm sees. */
export async function showNight(registry: Registry, figures: FigureQueries): Promise<void> {
  const [runs, seconds, night] = await Promise.all([figures.runs(), figures.seconds(), figures.night()]);
  showRuns(registry, runs);
  const took = seconds.map(({ program, ...each }): Series => [{ program }, each.seconds]);
  showGauge(
    registry,
    { name: 'last_run_seconds', help: 'How long the latest run over everybody took that completed.', labels: ['program'] },
    took,
  );
  showUsers(registry, night);
}

function showRuns(registry: Registry, runs: readonly RunCount[]): void {
  const counted = PROGRAMS.flatMap((program) =>
    STANDS.map(({ status, cause }): Series => {
      const found = runs.filter((each) => each.program === program && each.status === status && (each.cause ?? '') === cause);
      return [{ program, status, cause }, found.reduce((sum, each) => sum + each.runs, 0)];
    }),
  );
  const help = 'Runs that have not ended, and those asked for within a day; dry ones apart.';
  showGauge(registry, { name: 'runs', help, labels: ['program', 'status', 'cause'] }, counted);
  const oldest = PROGRAMS.map((program): Series => {
    return [{ program }, Math.max(0, ...runs.filter((each) => each.program === program).map((each) => each.oldestSeconds ?? 0))];
  });
  showGauge(registry, { name: 'oldest_run_seconds', help: 'Age of the oldest run that has not ended.', labels: ['program'] }, oldest);
}

function showUsers(registry: Registry, night: readonly NightCount[]): void {
  const seen = PROGRAMS.filter((program) => night.some((each) => each.program === program));
  const users = (program: string, outcome: string): number => night.find((each) => each.program === program && each.kind === 'outcome' && each.code === outcome)?.users ?? 0; // prettier-ignore
  showGauge(
    registry,
    {
      name: 'night_users',
      help: 'Users of the latest night by what became of them; of a run that goes on, those so far.',
      labels: ['program', 'outcome'],
    },
    seen.flatMap((program) => OUTCOMES.map((outcome): Series => [{ program, outcome }, users(program, outcome)])),
  );
  showGauge(
    registry,
    {
      name: 'night_reasons',
      help: 'Users of the latest night by reason of a skip or code of a failure; one may have several.',
      labels: ['program', 'reason'],
    },
    night.filter(({ kind }) => kind === 'reason').map(({ program, code, users: count }): Series => [{ program, reason: code }, count]),
  );
}
