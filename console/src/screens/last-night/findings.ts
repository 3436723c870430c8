import { hasEnded, type RunLine } from '../../runs/run-line.js';
import { serviceNow } from '../../graphql/clock.js';
import { addDays } from '../../parts/days.js';
import type { Finding } from './finding.js';
import { ofRuns } from './findings-of-runs.js';
import { ofUsual } from './findings-of-usual.js';
import type { Night, NightAlert, NightSchedule } from './night-query.js';
import type { Amiss } from './readiness.js';
import { type Totals, totalsOf } from './totals.js';
import { recordDateOf } from '../../parts/programs.js';

/** A night judged. */
export interface Judged {
  readonly tone: 'good' | 'warn' | 'bad' | 'live' | 'idle';
  readonly findings: readonly Finding[];
  /** The night’s runs, newest first. */
  readonly runs: readonly RunLine[];
  /** What has not ended of other days. */
  readonly open: readonly RunLine[];
  readonly totals: Totals;
  /** How many failed in a run of the night and have advice all the same, of another run: the totals count each patient by that. */
  readonly kept: number;
}

/** Judges a night: what is amiss, worst first, and how it stands as a whole. */
export function judge(night: Night, today: string, amiss: readonly Amiss[]): Judged {
  const ofNight = runsOf(night).filter((run) => run.recordDate === recordDateOf(run.program, today));
  const open = night.open.nodes.filter((run) => !run.dryRun && ofNight.every(({ id }) => id !== run.id));
  const runs = [...open, ...ofNight];
  const found = [
    ...ofRuns(runs, night.nights),
    ...ofSchedules(night.schedules.nodes, ofNight, today),
    ...ofLate(night, today),
    ...ofUsual(night.nights, ofNight, today),
    ...ofSystem(night),
  ];
  const told = [...found, ...ofReadiness(amiss, found, night.schedules.nodes)];
  const findings = [...told, ...ofAlerts(night.alerts.nodes, told, { runs, ofNight })].toSorted(
    (a, b) => Number(a.tone === 'warn') - Number(b.tone === 'warn'),
  );
  return {
    tone: toneOf(findings, runs),
    findings,
    runs: ofNight,
    open,
    totals: totalsOf(night, ofNight, today),
    kept: keptIn(findings, ofNight),
  };
}

function keptIn(findings: readonly Finding[], ofNight: readonly RunLine[]): number {
  return findings
    .filter((finding) => finding.kind === 'failures' && ofNight.includes(finding.run))
    .reduce((sum, finding) => sum + (finding.kind === 'failures' ? finding.run.progress.failed - finding.without : 0), 0);
}

/** The runs that are known of the last nights, each once, newest first. */
function runsOf({ recent, scheduled, failing }: Night): readonly RunLine[] {
  const byId = new Map([...recent.nodes, ...scheduled.nodes, ...failing.nodes].map((run) => [run.id, run]));
  return [...byId.values()].toSorted((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1));
}

function toneOf(findings: readonly Finding[], runs: readonly RunLine[]): Judged['tone'] {
  if (findings.some(({ tone }) => tone === 'bad')) return 'bad';
  if (findings.length > 0) return 'warn';
  if (runs.some(({ status }) => !hasEnded(status))) return 'live';
  return runs.length > 0 ? 'good' : 'idle';
}

function ofSchedules(schedules: readonly NightSchedule[], ofNight: readonly RunLine[], today: string): Finding[] {
  if (!schedules.some(({ active }) => active)) {
    const paused = schedules.filter(({ status }) => status === 'PAUSED');
    return paused.length === 0
      ? [{ kind: 'no-schedule', tone: 'bad' }]
      : paused.map((schedule) => ({ kind: 'schedule-paused', tone: 'warn', schedule }));
  }
  return schedules.flatMap((schedule): Finding[] => {
    if (schedule.status === 'PAUSED') return [{ kind: 'schedule-paused', tone: 'warn', schedule }];
    const { lastSlot, overdueSlot, program } = schedule;
    if (overdueSlot !== null) return [{ kind: 'no-run', tone: 'bad', schedule }];
    const wasToday = lastSlot !== null && lastSlot.scheduledFor.slice(0, 10) >= addDays(today, -1);
    const hasRun = ofNight.some((run) => run.program === program && run.status !== 'CANCELLED');
    return wasToday && !lastSlot.fired && !hasRun ? [{ kind: 'slot-skipped', tone: 'bad', schedule }] : [];
  });
}

function ofSystem({ systemStatus: { database, jobStore, log, modelProblem, workers } }: Night): Finding[] {
  return [
    // Every process signs in, one that only answers or schedules without a lane.
    ...(workers.every(({ lanes }) => lanes === 0) ? [{ kind: 'no-worker', tone: 'bad' } as const] : []),
    ...ofPart('database', 'bad', database.ok ? null : (database.problem ?? '')),
    ...ofPart('jobs', 'warn', jobStore.ok ? null : (jobStore.problem ?? '')),
    ...ofPart('log', 'warn', log.alarm ? (log.problem ?? '') : null),
    ...ofPart('model', 'warn', modelProblem),
  ];
}

/** What readiness finds and no other finding says. It names what it looked at, and not what it found: a check is left out where the page tells what the check would name first. */
function ofReadiness(amiss: readonly Amiss[], found: readonly Finding[], schedules: readonly NightSchedule[]): Finding[] {
  const isTold = (what: string): boolean =>
    found.some((finding) => finding.kind === what || (finding.kind === 'system' && finding.what === what));
  const told: Readonly<Record<string, boolean>> = {
    RUNS: isTold('paused'),
    SCHEDULES: !schedules.some(({ active }) => active),
    WORKERS_AND_RUNS: isTold('no-worker'),
    LOG: isTold('log'),
    JOB_STORE: isTold('jobs'),
  };
  return amiss
    .filter(({ code }) => told[code] !== true)
    .map((each) => ({ kind: 'readiness', tone: each.level === 'PROBLEM' ? 'bad' : 'warn', amiss: each }));
}

const PARTS = { JOB_STORE_AWAY: 'jobs', LOG_LAGGING: 'log', MODEL_UNREADABLE: 'model' } as const;

/** Alerts of what a run stands or ended like. */
const OF_RUNS: ReadonlySet<string> = new Set(['RUN_PAUSED', 'RUN_FAILED', 'RUN_FAILURES']);

/**
 * Alerts that fire and that nothing else here tells of: of other nights, and what other limits find. One that is silenced needs no operator. How the runs here stand is
 * told by themselves: an alert of one ends some moments after it went on, or was repeated well.
 */
function ofAlerts(
  alerts: readonly NightAlert[],
  found: readonly Finding[],
  { runs, ofNight }: { readonly runs: readonly RunLine[]; readonly ofNight: readonly RunLine[] },
): Finding[] {
  const shown = new Set(runs.map(({ id }) => id));
  const told = new Set(
    found.flatMap((finding) => {
      if ('run' in finding) return [finding.run.id];
      if ('schedule' in finding) return [finding.schedule.id];
      if (finding.kind === 'late') return ofNight.filter(({ program }) => program === finding.night.program).map(({ id }) => id);
      return finding.kind === 'system' ? [finding.what] : [];
    }),
  );
  return alerts
    .filter(({ kind, subject, silenced }) => !silenced && !told.has(kind in PARTS ? PARTS[kind as keyof typeof PARTS] : subject))
    .filter(({ kind, subject }) => !(OF_RUNS.has(kind) && shown.has(subject)))
    .map((alert) => ({ kind: 'alert', tone: 'warn', alert }));
}

/** Nights whose time has come, and not all patients had advice by then. A failure has a finding of its own. */
function ofLate({ nights }: Night, today: string): Finding[] {
  return nights
    .filter(({ program, recordDate }) => recordDate === recordDateOf(program, today))
    .filter(
      ({ readyBy, ready, eligible, failed }) => readyBy !== null && Date.parse(readyBy) < serviceNow() && eligible - (ready ?? 0) > failed,
    )
    .map((night) => ({ kind: 'late', tone: 'warn', night }));
}

function ofPart(what: 'database' | 'jobs' | 'log' | 'model', tone: 'bad' | 'warn', problem: string | null): Finding[] {
  return problem === null ? [] : [{ kind: 'system', what, tone, problem }];
}
