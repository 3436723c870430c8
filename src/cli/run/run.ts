import { requestRun } from '../../application/run/request-run.js';
import { showAskedRun } from './asked-run.js';
import { type ExitCode, CommandFailed } from '../shell/exit-code.js';
import { orderOf, type RunOptions } from './run-order.js';
import type { Shell } from '../shell/shell.js';
import { withWorkPlace } from './work-place.js';
import { PatientQueries } from '../../records/patient-queries.js';
import type { Core } from '../../runtime/core.js';
import { isRejection } from '../../domain/rejection.js';
import { recordBefore } from '../audit/record-before.js';
import { say } from '../words/catalogue.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

/** Asks for a run, and with `wait` sees it through: in this process when no worker is alive. */
export function run(shell: Shell, options: RunOptions): Promise<ExitCode> {
  const wait = options.wait === true;
  const firstSchedule = options.dryRun !== true && options.shadow !== true && options.withoutSchedule === undefined;
  return withWorkPlace(shell, { need: 'any', waits: wait, firstSchedule }, async (core, place) => {
    const order = orderOf(await withNamedUsers(core, options));
    const answer = await requestRun(core.deps, order, { actor: OWN_ACTORS.cli });
    // Why an order is refused may tell of the users that it names. The log has one that was taken.
    if (isRejection(answer) && order.userIds !== undefined) await recordBefore(core, { what: 'run', userIds: order.userIds });
    return showAskedRun(shell, core, answer, { wait, place, stopWhenPaused: options.stopWhenPaused });
  });
}

/** Options whose users have ids: each of `--username` is looked up in IBSafe's accounts. @throws CommandFailed naming the place of a name that no account has, never the name */
export async function withNamedUsers<T extends Pick<RunOptions, 'user' | 'username'>>(
  core: Pick<Core, 'orm'>,
  { username: names, ...options }: T,
): Promise<Omit<T, 'username'>> {
  if (names === undefined) return options;
  const patients = new PatientQueries(core.orm.em.fork());
  const ids: number[] = [];
  for (const [place, name] of names.entries()) {
    const account = await patients.byName(name);
    if (account === null) throw new CommandFailed(unknownName(place, names.length));
    ids.push(account.id);
  }
  return { ...options, user: [...(options.user ?? []), ...ids] };
}

function unknownName(place: number, of: number): string {
  return of === 1 ? say('unknownName') : say('unknownNameOf', { place: place + 1, of });
}
