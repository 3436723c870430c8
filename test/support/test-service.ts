import { readConfig } from '../../src/config/config.js';
import { startService, type ProcessRole, type Service } from '../../src/runtime/service.js';
import type { Logger } from '../../src/server/http/options.js';
import { LOCK_LIFETIME_MS } from '../../src/jobs/job-names.js';

/** A service in the test's own process, with every line that it logged. */
export interface TestService extends AsyncDisposable {
  readonly core: Service['core'];
  /** Where it answers, without a trailing slash. */
  readonly url: string;
  /** Where it answers for who watches it; empty without METRICS_PORT. */
  readonly statusUrl: string;
  /** Level, message and fields of each line as one text. */
  readonly logged: readonly string[];
}

/** Starts a service on a database and a free port. `environment` adds to or overrides a worker's usual pace, which is quick here. */
export async function startTestService(
  database: { readonly url: string },
  options: { readonly role?: ProcessRole; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<TestService> {
  forgetAgendaTimers();
  const logged: string[] = [];
  const note = (level: string) => (fields: object, message: string) => void logged.push(`${level} ${message} ${JSON.stringify(fields)}`);
  const logger: Logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  const quick = { PORT: '0', WORKER_LANES: '2', BATCH_SWEEP_MS: '500', BATCH_POLL_MS: '50', BATCH_GRACE_MS: '5000' };
  const config = readConfig({ ...quick, ...options.environment });
  const service = await startService(config, { url: database.url, role: options.role ?? 'all', logger });
  await service.core.health.begun; // or its first look would be among those who wait for what a test holds
  return {
    core: service.core,
    url: service.url ?? '',
    statusUrl: service.statusUrl ?? '',
    logged,
    [Symbol.asyncDispose]: async () => void (await service.stop()),
  };
}

const { setTimeout: realTimeout } = globalThis;

/** Agenda leaves a timer of half a lock's lifetime behind for each job it ran. Nothing waits for it; it must not keep the test's process either. */
function forgetAgendaTimers(): void {
  globalThis.setTimeout = Object.assign((...[work, ms, ...rest]: Parameters<typeof realTimeout>) => {
    const timer = realTimeout(work, ms, ...rest);
    return ms === LOCK_LIFETIME_MS / 2 ? timer.unref() : timer;
  }, realTimeout);
}
