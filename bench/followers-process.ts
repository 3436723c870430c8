import { Agent, request } from 'node:http';
import { WebSocket } from 'ws';
import { consoleDocuments } from './console-documents.js';
import { quantile } from './load.js';

/** Whom a process of followers plays. */
export interface FollowersOrder {
  /** Of `/graphql`. */
  readonly address: string;
  /** A connection each. `PROGRESS` follows the progress of a run alone; a console does and asks what its page does and asks. */
  readonly kind: 'PROGRESS' | 'CONSOLE';
  /** The run of each follower; of consoles every second one shows the page of its run, the others Last night. */
  readonly runIds: readonly string[];
}

/** What they heard. */
export interface Heard {
  /** Followers that heard of the end of their run, of all. */
  readonly ended: number;
  readonly all: number;
  /** ms from an event to its sight. */
  readonly lagP50: number;
  readonly lagP99: number;
  /** ms from the end of a run to its sight, the longest. */
  readonly endLagMost: number;
  /** ms between two sights, the longest of all while their run went on. */
  readonly silenceMost: number;
  readonly messages: number;
  readonly queries: number;
  readonly failures: number;
  /** Of this process. */
  readonly cpuMs: number;
}

/** As the console's `useLive` waits. */
const quietMs = (): number => 400 + Math.random() * 400;
const APART_MS = 2_000;
const BARE = 'subscription ($runId: UUID!) { batchProgress(runId: $runId) { status percent at } }';
const documents = consoleDocuments();
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const lags: number[] = [];
const endLags: number[] = [];
const silences: number[] = [];
const counts = { messages: 0, queries: 0, failures: 0 };

interface Progress {
  readonly status: string;
  readonly at: string;
}
const ENDED = new Set(['COMPLETED', 'COMPLETED_WITH_FAILURES', 'CANCELLED', 'FAILED']);

process.on('disconnect', () => process.exit(0));
process.once('message', (order: FollowersOrder) => void play(order));

async function play({ address, kind, runIds }: FollowersOrder): Promise<void> {
  const cpu = process.cpuUsage();
  const ends: Promise<void>[] = [];
  // A hundred at a time, as a server's backlog takes them.
  for (let at = 0; at < runIds.length; at += 100) {
    const begun = runIds
      .slice(at, at + 100)
      .map((runId, place) => begin({ address, runId, kind, shows: place % 2 === 0 ? 'RUN' : 'NIGHT' }));
    for (const { ended } of await Promise.all(begun)) ends.push(ended);
  }
  process.send?.('ready');
  await Promise.all(ends);
  const { user, system } = process.cpuUsage(cpu);
  const sorted = lags.toSorted((a, b) => a - b);
  process.send?.({
    ended: endLags.length,
    all: runIds.length,
    lagP50: quantile(sorted, 0.5),
    lagP99: quantile(sorted, 0.99),
    endLagMost: Math.max(0, ...endLags),
    silenceMost: silences.reduce((most, each) => Math.max(most, each), 0),
    ...counts,
    cpuMs: (user + system) / 1_000,
  } satisfies Heard);
}

interface Follower extends Pick<FollowersOrder, 'address' | 'kind'> {
  readonly runId: string;
  readonly shows: 'RUN' | 'NIGHT';
}

/** Resolves when the follower has its first answer; `ended` when its run has ended, or its connection. */
function begin(follower: Follower): Promise<{ ended: Promise<void> }> {
  const { address, kind, runId, shows } = follower;
  const socket = new WebSocket(address.replace('http', 'ws'), 'graphql-transport-ws', { perMessageDeflate: false });
  const send = (message: object): void => socket.send(JSON.stringify(message));
  const subscribe = (id: string, query: string, variables: object = {}): void =>
    send({ id, type: 'subscribe', payload: { query, variables } });
  const isConsole = kind === 'CONSOLE';
  const page = isConsole ? pageOf(follower) : undefined;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const sight = sightOf(() => {
    end();
    socket.close();
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => send({ type: 'connection_init' }));
    socket.once('error', reject);
    socket.once('close', () => end());
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as {
        type: string;
        id?: string;
        payload?: { data?: { batchProgress?: Progress }; errors?: unknown };
      };
      if (message.type === 'ping') return send({ type: 'pong' });
      if (message.type === 'connection_ack') {
        subscribe('progress', isConsole ? documents('Follow') : BARE, { runId });
        if (!isConsole) return;
        subscribe('changes', documents('Changes'));
        if (shows === 'NIGHT') subscribe('alerts', documents('AlertNews'));
        page?.ask();
        return;
      }
      if (message.type !== 'next') return;
      counts.messages += 1;
      if (message.payload?.errors !== undefined) counts.failures += 1;
      if (message.id === 'changes') page?.stir();
      const progress = message.payload?.data?.batchProgress;
      if (progress === undefined) return;
      resolve({ ended });
      sight(progress);
    });
  });
}

function sightOf(onEnd: () => void): (progress: Progress) => void {
  let before: number | undefined;
  let isFirst = true;
  return ({ status, at }) => {
    const now = Date.now();
    // The first is the state as it was: it tells nothing of the way.
    if (!isFirst) lags.push(now - Date.parse(at));
    if (before !== undefined) silences.push(now - before);
    if (status === 'RUNNING') before = now;
    isFirst = false;
    if (!ENDED.has(status)) return;
    endLags.push(now - Date.parse(at));
    onEnd();
  };
}

function day(daysAgo: number): string {
  return new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
}

/** What a page asks when it opens, and once more shortly after each change of a run, as the console's `useLive` does. */
function pageOf({ address, runId, shows }: Follower): { ask: () => void; stir: () => void } {
  const night = { query: documents('Night'), variables: { since: day(1), usualFrom: day(29), to: day(0), language: 'KO' } };
  const body = JSON.stringify(shows === 'RUN' ? { query: documents('Run'), variables: { id: runId } } : night);
  let waiting: NodeJS.Timeout | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  const ask = (): void => {
    waiting = undefined;
    askedAt = performance.now();
    counts.queries += 1;
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(address, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => (text = text === '' ? piece.slice(0, 100) : text));
      response.once('end', () => (counts.failures += response.statusCode === 200 && !text.startsWith('{"errors"') ? 0 : 1));
    });
    sent.once('error', () => (counts.failures += 1));
    sent.end(body);
  };
  return { ask, stir: () => (waiting ??= setTimeout(ask, Math.max(quietMs(), askedAt + APART_MS - performance.now()))) };
}
