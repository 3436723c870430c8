import { PatientQueries } from '../../records/patient-queries.js';
import type { Core } from '../../runtime/core.js';
import { CommandFailed } from '../shell/exit-code.js';
import type { RunOptions } from './run-order.js';
import { say } from '../words/catalogue.js';

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
