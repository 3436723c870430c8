import { PatientQueries } from '../../records/patient-queries.js';
import type { Core } from '../../runtime/core.js';
import { CommandFailed } from '../shell/exit-code.js';
import type { RunOptions } from './run-order.js';

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
  const which = of === 1 ? 'the name' : `name ${place + 1} of ${of}`;
  return `no account of IBSafe has ${which} that --username gives: nothing was asked for. Names are compared letter by letter; --user takes an id instead.`;
}
