import { addDays, dateInZone, type LocalDate } from '../../domain/local-date.js';
import { loadCatalogue } from '../../generators/catalogue/catalogue-file.js';
import { demoFoodsOf } from '../../demo/demo-foods.js';
import { loadDemo } from '../../demo/load-demo.js';
import { withDatabase } from './command-database.js';
import { EXIT, Interrupted, type ExitCode } from '../shell/exit-code.js';
import { startPace } from '../screen/bar.js';
import { count } from '../screen/figures.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

/** Options of `demo load`, checked; what is left out is the configuration's. */
export interface DemoLoadOptions {
  readonly users?: number;
  readonly days?: number;
  readonly seed?: number;
  readonly until?: LocalDate;
}

/** Fills IBSafe's empty tables with invented patients. */
export async function demoLoad(shell: Shell, options: DemoLoadOptions): Promise<ExitCode> {
  const { config, signal } = shell;
  const users = options.users ?? config.DEMO_USERS;
  const days = options.days ?? config.DEMO_DAYS;
  const seed = options.seed ?? config.DEMO_SEED;
  const until = options.until ?? addDays(dateInZone(new Date(), config.BATCH_TIME_ZONE), -1);
  return withDatabase(shell, 'any', async ({ url }) => {
    const bar = shell.screen.startBar(say('demoPatients'));
    const pace = startPace();
    const onProgress = (done: number, total: number): void => {
      if (signal.aborted) throw new Interrupted(say('nothingLoaded'));
      bar.update(pace(done, total));
    };
    const summary = await loadDemo(url, { users, days, seed, until, foods: demoFoodsOf(loadCatalogue()), onProgress }).finally(() =>
      bar.end(),
    );
    const told = { users: count(users), days, until, seed };
    shell.print(summary.status === 'LOADED' ? say('demoLoaded', told) : say('demoThere', told));
    shell.printJson({ ...summary, users, days, seed, until });
    return EXIT.done;
  });
}
