import { makeHistory } from '../../runtime/make-history.js';
import { startPace } from '../screen/bar.js';
import { EXIT, Interrupted, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { commandLogger, withDatabase } from './command-database.js';
import { say } from '../words/catalogue.js';

/** Options of `demo history`, checked. */
export interface DemoHistoryOptions {
  readonly nights?: number;
}

/** Invents the nights before a demo's last day. */
export async function demoHistory(shell: Shell, { nights }: DemoHistoryOptions): Promise<ExitCode> {
  const { config, signal } = shell;
  return withDatabase(shell, 'existing', async ({ url }) => {
    const bar = shell.screen.startBar(say('demoNights'));
    const pace = startPace();
    const onProgress = (done: number, total: number): void => {
      if (signal.aborted) throw new Interrupted(say('noNightMade'));
      bar.update(pace(done, total));
    };
    const summary = await makeHistory(url, { config, logger: commandLogger(shell), nights, onProgress }).finally(() => bar.end());
    const { nights: count, until, seed } = summary;
    shell.print(summary.status === 'MADE' ? say('nightsMade', { count, until, seed }) : say('nightsThere', { count, until, seed }));
    shell.printJson(summary);
    return EXIT.done;
  });
}
