// A process that plans runs and rings for slots, made of the shipped parts, for tests: it can be given a clock. Runs on `dist`, like the other
// entries. Says what happens on stdout, a JSON object a line.
import { flushCompileCache } from 'node:module';
import { setNodeClock } from './node-clock.mjs';

const options = JSON.parse(process.argv[2]);
if (options.clock !== undefined) setNodeClock(options.clock);
const say = (event, fields = {}) => process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
const codeOf = (error) => String(error?.code ?? error?.name);
process.stdin.on('end', () => process.exit(9)).resume(); // so that it cannot outlive the test

const { openPool } = await import('../../dist/database/pool.js');
const { transactionOn } = await import('../../dist/runtime/transaction.js');
const { JobStore } = await import('../../dist/jobs/job-store.js');
const { openMongoAgenda, openPostgresAgenda } = await import('../../dist/jobs/open-agenda.js');
const { Scheduler } = await import('../../dist/jobs/scheduler.js');
const { Worker } = await import('../../dist/jobs/worker-jobs.js');
const { WakeUps, WakeUpSender } = await import('../../dist/feeds/wake-ups.js');
const { loadAdviceWords } = await import('../../dist/generators/advice-words.js');
const { makeDeps } = await import('../../dist/runtime/make-deps.js');
const { readConfig } = await import('../../dist/config/config.js');

if (options.migrate) await (await import('../../dist/migrations/migrate.js')).migrate(options.url, { ibsafeTables: true });
const onError = (error) => say('error', { code: codeOf(error) });
const jobsPool = options.jobsUrl && openPool({ url: options.jobsUrl, max: 6, name: 'jobs', searchPath: 'batch', onError });
const agenda = { name: options.name, onError };
const make = () => (jobsPool ? openPostgresAgenda(jobsPool, agenda) : openMongoAgenda(options.mongoUrl, agenda));
const jobs = new JobStore({ kind: 'Agenda', make, retryMs: 100, watchMs: 5_000, onError });
const pool = openPool({ url: options.url, max: 12, name: 'core', onError });
const logger = { debug() {}, info() {}, warn() {}, error() {} };
const config = readConfig({});
const shipped = makeDeps({
  config,
  words: loadAdviceWords(config),
  pool,
  jobs,
  sender: new WakeUpSender(pool),
  workerId: options.workerId,
  logger,
});
// The database's clock for everybody, and faster: that of the machine would be too slow for a test.
const CLOCK = `select $1::timestamptz + (clock_timestamp() - $2::timestamptz) * $3::float8 as now`;
const now = async (client) => {
  const { base, since, factor } = options.clock;
  return (await client.query(CLOCK, [base, since, factor])).rows[0].now;
};
const deps = options.clock === undefined ? shipped : { ...shipped, transaction: transactionOn(pool, now) };
const wakeUps = new WakeUps(options.url);
await wakeUps.start();
await jobs.start();
const worker = new Worker(deps, jobs, {
  lanes: 2,
  sweepMs: 500,
  onFailure: (job, runId, error) => say('failure', { job, code: codeOf(error) }),
});
const scheduler = new Scheduler(deps, jobs, {
  syncMs: options.syncMs ?? 300,
  watchMs: 200,
  patienceMs: options.patienceMs ?? 2_000,
  subscribe: (listener) => wakeUps.subscribe(listener),
  onWatchdogWake: (scheduleId) => say('watchdog', { scheduleId }),
  onFailure: (job, error) => say('failure', { job, code: codeOf(error) }),
});
await worker.start();
await scheduler.start();
if (jobs.agenda !== undefined) jobs.agenda.on('start', (job, isRemote) => isRemote !== true && say('ring', { name: job.attrs.name }));
const end = async () => {
  scheduler.stop();
  await worker.stop(2_000);
  await jobs.stop(3_000);
  process.exit(0);
};
process.once('SIGTERM', () => void end());
say('ready');
flushCompileCache(); // most of these processes are killed, and would leave nothing to the next
