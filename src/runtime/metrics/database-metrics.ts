import { Registry } from 'prom-client';
import { switchState } from '../../alerts/dead-man-switch.js';
import { outboxFigures } from '../../alerts/outbox-figures.js';
import { ALERT_KINDS } from '../../domain/alert/alert.js';
import { NIGHT_SIGNS } from '../../domain/alert/night-sign.js';
import { FigureQueries } from '../../projections/queries/figure-queries.js';
import type { Core } from '../core.js';
import { PROCESS_ROLES } from '../process-role.js';
import { showNight } from './night-metrics.js';
import { showSchedules, type GoodNight } from './schedule-metrics.js';
import { showGauge, type Series } from './shown.js';

/**
 * Figures that the database has for all processes, read anew: each process tells the same ones. What is shown was found at one look; what is not found any
 * more is not there either. A fixed number of statements, however many users, runs and schedules there are. @throws when the database does not answer
 */
export async function databaseMetrics(core: Core, good: GoodNight): Promise<string> {
  const registry = new Registry();
  const { pool } = core;
  const figures = new FigureQueries(pool);
  await Promise.all([
    showWork(registry, core),
    showLag(registry, core),
    showNight(registry, figures),
    showSchedules(registry, { pool, figures, good }),
    showProcesses(registry, figures),
    showOutbox(registry, core),
    showSwitch(registry, core),
  ]);
  return registry.metrics();
}

const WORK = `select (select count(*)::int from batch.run_view where ended_at is null) as active,
  (select count(*)::int from batch.chunk_work where not done) as open`;

async function showWork(registry: Registry, { pool }: Core): Promise<void> {
  const { rows } = await pool.query<{ active: number; open: number }>(WORK);
  const { active, open } = rows[0] as { active: number; open: number };
  showGauge(registry, { name: 'active_runs', help: 'Runs that have not ended.' }, [[{}, active]]);
  showGauge(registry, { name: 'open_chunks', help: 'Chunks of active runs that are not done.' }, [[{}, open]]);
}

/** What is measured of the log's readers. */
async function showLag(registry: Registry, { lag }: Core): Promise<void> {
  const { hiddenMs, heldMs, alarm } = await lag.look();
  const gauge = (name: string, help: string, value: number): void => showGauge(registry, { name, help }, [[{}, value]]);
  gauge('log_lag_seconds', 'Age of the oldest event that followers cannot see yet.', hiddenMs / 1_000);
  gauge(
    'log_held_seconds',
    'How long the oldest open writing transaction of the cluster has kept followers where they are.',
    heldMs / 1_000,
  );
  gauge('log_lag_alarm', '1 while either of these two is above BATCH_LAG_ALARM_MS.', alarm ? 1 : 0);
}

async function showProcesses(registry: Registry, figures: FigureQueries): Promise<void> {
  const found = await figures.processes();
  const living = PROCESS_ROLES.map((role): Series => [{ role }, found.find((each) => each.role === role)?.processes ?? 0]);
  const lanes = found.reduce((sum, each) => sum + each.lanes, 0);
  const help = 'Processes of the service that gave a sign of life in the last 20 s.';
  showGauge(registry, { name: 'processes', help, labels: ['role'] }, living);
  showGauge(registry, { name: 'lanes', help: 'Lanes of these processes.' }, [[{}, lanes]]);
  showGauge(registry, { name: 'lanes_busy', help: 'Chunks that a lane holds now.' }, [[{}, found[0]?.busy ?? 0]]);
}

async function showOutbox(registry: Registry, { pool }: Core): Promise<void> {
  const { open, channels } = await outboxFigures(pool);
  const kinds = ALERT_KINDS.map((kind): Series => [{ kind }, open.find((each) => each.kind === kind)?.alerts ?? 0]);
  showGauge(registry, { name: 'alerts_open', help: 'Alerts that are open, silenced ones included.', labels: ['kind'] }, kinds);
  const labels = ['channel'] as const;
  const gauge = (name: string, help: string, of: (each: (typeof channels)[number]) => number): void =>
    showGauge(registry, { name, help, labels }, channels.map((each): Series => [{ channel: each.channel }, of(each)])); // prettier-ignore
  gauge('alert_messages_waiting', 'Messages of alerts that wait to be sent; silenced ones apart.', ({ waiting }) => waiting);
  gauge('alert_oldest_waiting_seconds', 'Age of the oldest of them.', ({ oldestSeconds }) => oldestSeconds);
  gauge('alert_messages_given_up', 'Messages of alerts that were given up in the last seven days.', ({ givenUp }) => givenUp);
}

async function showSwitch(registry: Registry, { pool }: Core): Promise<void> {
  const { pingedAt, signs } = await switchState(pool);
  const last = pingedAt === null ? [] : [[{}, pingedAt.getTime() / 1_000] as Series];
  showGauge(registry, { name: 'dead_man_last_ping_timestamp_seconds', help: "When the dead man's switch was last told that the night is well." }, last); // prettier-ignore
  const help = '1 for each reason for which it was told nothing at the last check; 0 for all where it is not set.';
  showGauge(registry, { name: 'dead_man_signs', help, labels: ['sign'] }, NIGHT_SIGNS.map((sign): Series => [{ sign }, signs.includes(sign) ? 1 : 0])); // prettier-ignore
}
