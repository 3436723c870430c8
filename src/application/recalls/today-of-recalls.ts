import { dateInZone, type LocalDate } from '../../domain/local-date.js';
import type { Deps, Transaction } from '../ports.js';

/**
 * The day by which a recall tells advice of today from advice whose day is over, by the earlier of this machine's clock and the database's. One that is ahead would
 * leave in today's advice what may be a danger; one that is behind has a row written anew that no patient reads any more.
 */
export async function todayOfRecalls(
  { clock, settings }: Pick<Deps, 'clock' | 'settings'>,
  tx: Pick<Transaction, 'now'>,
): Promise<LocalDate> {
  return dateInZone(new Date(Math.min(clock().getTime(), (await tx.now()).getTime())), settings.timeZone);
}
