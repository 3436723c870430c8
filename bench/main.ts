import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { RECORD_DATE, startBenchServer } from './bench-database.js';
import { keepFigures } from './kept-figures.js';
import { httpFigures } from './http.js';
import { median } from './load.js';
import { logRate } from './log-rate.js';
import { measuredRuns } from './measured-runs.js';
import { whole, type Row } from './modes/bench-mode.js';
import { benchModes, MEASUREMENTS, modesOf } from './modes/chosen-modes.js';
import { slotLatency } from './slots.js';
import { bestRange, reset, sqlLimit, withClient, type LimitRates } from './sql-limit.js';
import type { RunReport } from './worker-process.js';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '100000' },
    days: { type: 'string', default: '7' },
    rounds: { type: 'string', default: '5' },
    lanes: { type: 'string' },
    log: { type: 'string' },
    llm: { type: 'boolean' },
    consoles: { type: 'string' },
    followers: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string', default: 'bench/results/latest.json' },
    write: { type: 'boolean' },
  },
});
const [users, days, rounds] = [Number(values.users), Number(values.days), Number(values.rounds)];
const figure = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
const modes = {
  lanes: values.lanes,
  log: values.log,
  llm: values.llm,
  days,
  consoles: figure(values.consoles),
  followers: figure(values.followers),
};
const only = new Set(values.only?.split(',') ?? (modesOf(modes).length > 0 ? modesOf(modes) : ['run', 'log', 'http', 'slots']));
const unknown = [...only].filter((name) => !MEASUREMENTS.some((known) => known === name));
if (unknown.length > 0) {
  console.error(`bench: --only ${unknown.join(',')} is no measurement; those are ${MEASUREMENTS.join(', ')}`);
  process.exit(2);
}

const rows: Row[] = [];
const figures: Record<string, unknown> = {
  at: new Date().toISOString(),
  node: process.version,
  cores: availableParallelism(),
  cpu: cpus()[0]?.model,
  users,
  days,
};
const say = (line: string): void => console.error(`bench: ${line}`);

const server = await startBenchServer();
try {
  const add = (row: Row): void => void rows.push(row);
  const keep = (found: object): void => void Object.assign(figures, found);
  await benchModes({ server, users, rounds, say, add, keep }, only, modes);
  const usual = ['run', 'log', 'http'].some((name) => only.has(name));
  const small = usual ? await server.database('bench_10k', { users: 10_000, days }) : '';
  if (only.has('run')) await benchRuns(small);
  if (only.has('log')) await benchLog(small);
  if (only.has('http')) await benchHttp(small);
  if (only.has('slots')) await benchSlots();
} finally {
  await server.stop();
}
report();

async function benchRuns(small: string): Promise<void> {
  say(`loading ${whole(users)} demo patients with ${days} days of history`);
  const url = await server.database('bench_run', { users, days });
  const roster = await withClient(url, async (client) => {
    const { rows: counted } = await client.query<{ users: number }>(
      'select count(*)::int as users from auth_user where is_active and not is_staff',
    );
    return counted[0]?.users ?? 0;
  });
  const measured: LimitRates[] = [];
  const before = async (): Promise<void> => {
    // In turns with the run, so that a machine that slows down slows both.
    const rates = await sqlLimit(url, RECORD_DATE, { users, roster });
    say(`SQL alone, users/s: ${[...rates].map(([size, pace]) => `${whole(pace)} in ranges of ${whole(size)}`).join(', ')}`);
    measured.push(rates);
    await reset(url);
  };
  const large = await measuredRuns(url, rounds, before);
  const { range, rates: limits } = bestRange(measured);
  const few = await measuredRuns(small, rounds, () => reset(small));
  const ratio = median(large.map(({ roster: served, ms }, round) => (served * 1_000) / ms / (limits[round] ?? 1)));
  const memory = (large.at(-1)?.peakRssMb ?? 0) / (few.at(-1)?.peakRssMb ?? 1);
  rows.push([`SQL alone in ranges of ${whole(range)}, users/s`, whole(median(limits)), '']);
  rows.push([`run of ${whole(users)}, users/s`, whole(rate(large)), '']);
  rows.push(['run / SQL alone', ratio.toFixed(2), '≥ 0.70']);
  rows.push([`run of 10,000, users/s`, whole(rate(few)), '']);
  rows.push([`${whole(users)} / 10,000`, (rate(large) / rate(few)).toFixed(2), '≥ 0.90']);
  rows.push(['worker memory, MB', whole(large.at(-1)?.peakRssMb ?? 0), '']);
  rows.push([`memory ${whole(users)} / 10,000`, memory.toFixed(2), '≤ 1.30']);
  rows.push(['worker CPU, s', (large.at(-1)?.cpuSeconds ?? 0).toFixed(1), '']);
  Object.assign(figures, { range, limits, limitsByRange: measured.map((rates) => Object.fromEntries(rates)), large, few, ratio, memory });
}

function rate(runs: readonly RunReport[]): number {
  return median(runs.map(({ roster, ms }) => (roster * 1_000) / ms));
}

async function benchLog(url: string): Promise<void> {
  const perSecond = await logRate(url, 200_000);
  rows.push(['log alone, events/s', whole(perSecond), '']);
  Object.assign(figures, { logEventsPerSecond: perSecond });
}

async function benchHttp(url: string): Promise<void> {
  await measuredRuns(url, 1, () => reset(url));
  const runId = await withClient(url, async (client) => {
    const { rows: found } = await client.query<{ run_id: string }>('select run_id from batch.run_view order by requested_at desc limit 1');
    return found[0]?.run_id ?? '';
  });
  const http = await httpFigures(url, runId);
  rows.push(['trivial query, whole stack, requests/s', whole(http.whole), '']);
  rows.push(['Apollo on bare node:http, requests/s', whole(http.bare), '']);
  rows.push(['whole stack / bare Apollo', http.ratio.toFixed(2), '≥ 0.80']);
  rows.push(['`run` query, ms', `p50 ${http.runP50.toFixed(1)}, p99 ${http.runP99.toFixed(1)}`, 'p99 ≤ 10']);
  Object.assign(figures, { http });
}

async function benchSlots(): Promise<void> {
  say('waiting for slots of the next four minutes');
  const url = await server.database('bench_slots', { users: 20, days: 7 });
  const latency = await slotLatency(url);
  for (const [what, { samples, p50, p99 }, limit] of [
    ['slot due → first outcome, ms', latency.first, 'p99 ≤ 300'],
    ['slot due → first outcome, five at once, ms', latency.all, 'p99 ≤ 1,000'],
  ] as const) {
    rows.push([what, `p50 ${whole(p50)}, p99 ${whole(p99)} (${samples} slots)`, limit]);
  }
  Object.assign(figures, { slots: latency });
}

function report(): void {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  mkdirSync(new URL('.', `file://${process.cwd()}/${values.json}`), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(`\nwritten to ${values.json}`);
  if (values.write !== true) return;
  const conditions = `${availableParallelism()} cores, Node ${process.version}; ${whole(users)} users, rounds: ${rounds}`;
  keepFigures(rows, { on: new Date().toISOString().slice(0, 10), conditions, command: commandOf(process.argv.slice(2)) });
  console.log('kept in bench/figures.json: `npm run pages` makes docs/performance.md of it');
}

/** The command as it would be typed, without `--write`. */
function commandOf(args: readonly string[]): string {
  const said = args.filter((arg) => arg !== '--write');
  return ['npm run bench', ...(said.length === 0 ? [] : ['--', ...said])].join(' ');
}
