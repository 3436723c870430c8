import type { Socket } from 'node:net';
import { openTcpProxy } from './tcp-proxy.js';

/** Which connections a fault is for, by the name they give themselves in `pg_stat_activity`. */
export type Whose = (applicationName: string) => boolean;

/** A way to PostgreSQL that can fall silent, break, or lose the answer to a COMMIT, for some connections and not for others. */
export interface PostgresProxy extends AsyncDisposable {
  /** The database, by this way. */
  readonly url: string;
  /** Lets a connection stand open and carries nothing over it any more, as a network does that lost a route. @returns how many now stand so */
  stall(whose: Whose): number;
  /** Breaks connections. @returns how many */
  reset(whose: Whose): number;
  /** Refuses new connections of these until told otherwise: nobody is refused without an argument. */
  refuse(whose?: Whose): void;
  /** Breaks the connection instead of answering, once a COMMIT was carried out: every `nth` from now on, `most` times. */
  loseCommitAnswers(nth: number, most: number): void;
  /** Breaks the connection instead of answering the next statement that holds these words, once it was carried out. */
  loseAnswerTo(words: string): void;
  /** Answers lost so far. */
  readonly lostAnswers: number;
}

/** A simple query that says commit, which a client that waits for each answer sends in a piece of its own. */
const COMMIT = /^Q[^]{4}commit\0$/i;
const NAME = /application_name\0([^\0]*)\0/;

const NOBODY: Whose = () => false;

class Carried {
  applicationName = '';
  isStalled = false;
  losesNext = false;

  constructor(
    readonly client: Socket,
    readonly upstream: Socket,
  ) {}
}

/** Opens a way to the database at a URL. Closing it breaks every connection. */
export async function openPostgresProxy(directUrl: string): Promise<PostgresProxy> {
  const url = new URL(directUrl);
  const open = new Set<Carried>();
  const plan = { nth: 0, most: 0, seen: 0, lost: 0 };
  let refused = NOBODY;
  let lostWords: string | undefined;
  const losesThis = (): boolean => plan.lost < plan.most && ++plan.seen % plan.nth === 0;
  const proxy = await openTcpProxy({ host: url.hostname, port: Number(url.port) }, false, (client, upstream) => {
    const carried = new Carried(client, upstream);
    open.add(carried);
    client.once('close', () => open.delete(carried));
    client.once('data', (first: Buffer) => {
      carried.applicationName = NAME.exec(first.toString('latin1'))?.[1] ?? '';
      if (refused(carried.applicationName)) client.destroy();
    });
    client.on('data', (bytes: Buffer) => {
      if (carried.isStalled) return;
      const text = bytes.toString('latin1');
      if (COMMIT.test(text) && losesThis()) carried.losesNext = true;
      if (lostWords !== undefined && text.includes(lostWords)) {
        lostWords = undefined;
        carried.losesNext = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      if (carried.isStalled) return;
      if (carried.losesNext) {
        plan.lost += 1;
        client.destroy();
      } else client.write(bytes);
    });
  });
  const among = (whose: Whose): Carried[] => [...open].filter(({ applicationName }) => whose(applicationName));
  url.port = String(proxy.port);
  return {
    url: url.href,
    stall: (whose) => among(whose).filter((carried) => (carried.isStalled = true)).length,
    reset(whose) {
      const broken = among(whose);
      for (const { client } of broken) client.destroy();
      return broken.length;
    },
    refuse: (whose = NOBODY) => void (refused = whose),
    loseCommitAnswers: (nth, most) => void Object.assign(plan, { nth, seen: 0, most: plan.lost + most }),
    loseAnswerTo: (words) => void (lostWords = words),
    get lostAnswers() {
      return plan.lost;
    },
    [Symbol.asyncDispose]: () => proxy.cut(),
  };
}
