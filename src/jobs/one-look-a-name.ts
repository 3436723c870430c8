import type { Agenda } from 'agenda';

/** Agenda's store, as far as it is asked for the next job of a name. */
type Looks = Pick<Agenda['db'], 'getNextJobToRun'>;

/** ms after which a look that has not ended is taken for lost: the next one does not wait for it. Far above what a busy store takes, far below what a slot may be late. */
const MAX_LOOK_MS = 10_000;

/**
 * Has a store asked for the next job of one name once at a time: a look that comes while another of its name is on its way finds none, and the next comes within 200 ms.
 * Agenda looks for each name every 200 ms, and each schedule has one: with 200 schedules on a slow store more looks began than ended, all of them waited for six
 * connections, and the store was never had again. A look that never ends, as a driver leaves one on a connection that was cut, keeps its name for `maxLookMs` alone.
 */
export function lookOnceAName(db: Looks, maxLookMs = MAX_LOOK_MS): void {
  const look = db.getNextJobToRun.bind(db);
  const since = new Map<string, number>();
  db.getNextJobToRun = async (name, ...rest) => {
    const [now, begun] = [performance.now(), since.get(name)];
    if (begun !== undefined && now - begun < maxLookMs) return undefined;
    since.set(name, now);
    try {
      return await look(name, ...rest);
    } finally {
      if (since.get(name) === now) since.delete(name);
    }
  };
}
