import { forecastRun, type ForecastMade } from '../../application/run/forecast-run.js';
import { recordBefore } from '../audit/record-before.js';
import { withCore } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { count, duration } from '../screen/figures.js';
import { refusalOf } from '../words/refusal.js';
import { isRejection } from '../../domain/rejection.js';
import { withNamedUsers } from './run.js';
import { orderOf, type RunOptions } from './run-order.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

/** Options of `forecast`, checked. */
export type ForecastOptions = Pick<RunOptions, 'program' | 'date' | 'targetDate' | 'user' | 'username' | 'generator' | 'onExisting'>;

/** Says what a run would come to, without asking for one. */
export async function forecast(shell: Shell, options: ForecastOptions): Promise<ExitCode> {
  const made = await withCore(shell, 'existing', async (core) => {
    const order = orderOf(await withNamedUsers(core, options));
    if (order.userIds !== undefined) await recordBefore(core, { what: 'forecast', userIds: order.userIds });
    return forecastRun(core.deps, order);
  });
  if (isRejection(made)) {
    shell.printJson({ rejected: { code: made.code, message: made.message } });
    throw new CommandFailed(refusalOf(made));
  }
  for (const line of forecastLines(made, shell.config.BATCH_TIME_ZONE)) shell.print(line);
  const { status: _status, forecast: figures, ...about } = made;
  const { costMicros, byBatch, ...others } = figures;
  const batched = byBatch && { costUsd: byBatch.costMicros / 1_000_000, seconds: byBatch.seconds };
  shell.printJson({ ...about, ...others, costUsd: costMicros / 1_000_000, ...(batched && { byBatch: batched }) });
  return EXIT.done;
}

function forecastLines(
  { program, generator, recordDate, users, forecast: figures, finishAt, finishByBatchAt }: ForecastMade,
  timeZone: string,
): string[] {
  const { eligible, tokensIn, tokensOut, costMicros, seconds, basis, byBatch } = figures;
  const by = basis === 'PAST_RUNS' ? say('byPastRuns') : say('byEstimate');
  const until = (at: Date | null): string => (at === null ? '' : say('untilIfNow', { time: at.toLocaleString('sv-SE', { timeZone }) }));
  return [
    say('forecastOf', { program, generator: generator.toLowerCase(), date: recordDate, by }),
    say('forecastUsers', { users: count(users), eligible: count(eligible) }),
    ...(tokensIn + tokensOut === 0 ? [] : [say('forecastTokens', { tokensIn: count(tokensIn), tokensOut: count(tokensOut) }), say('forecastCost', { usd: (costMicros / 1_000_000).toFixed(2) })]), // prettier-ignore
    say('forecastTime', { time: seconds === null ? say('notKnown') : `${duration(seconds)}${until(finishAt)}` }),
    ...(byBatch === undefined ? [] : [say('forecastByBatch', { usd: (byBatch.costMicros / 1_000_000).toFixed(2), time: `${duration(byBatch.seconds)}${until(finishByBatchAt)}` })]), // prettier-ignore
  ];
}
