import type { Agenda } from 'agenda';

/** Agenda's store, as far as it is asked for the next job of a name. */
type Looks = Pick<Agenda['db'], 'getNextJobToRun'>;

/**
 * Has a store asked for the next job of one name once at a time: a look that comes while another of its name is on its way finds none, and the next comes within 200 ms.
 * Agenda looks for each name every 200 ms, and each schedule has one: with 200 schedules on a slow store more looks began than ended, all of them waited for six
 * connections, and the store was never had again.
 */
export function lookOnceAName(db: Looks): void {
  const look = db.getNextJobToRun.bind(db);
  const looking = new Set<string>();
  db.getNextJobToRun = async (name, ...rest) => {
    if (looking.has(name)) return undefined;
    looking.add(name);
    try {
      return await look(name, ...rest);
    } finally {
      looking.delete(name);
    }
  };
}
