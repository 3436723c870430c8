import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startServiceProcess, type ServiceProcess } from '../../support/service-process.js';
import { holdWorkers } from '../../support/table-hold.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { heirOn } from '../heir.js';
import { groundOn, runGround } from '../run-ground.js';

const SUBSCRIBERS = 1_000;
/** Questions that the one who never reads asks at once, some 300 kB each. How much a machine's buffers take is not known, nor how many it answers in time: it asks again. */
const GREEDY = 100;
/** ms until it asks again: an operation that got no place has been refused by then. */
const ASKS_AGAIN_MS = 20_000;
const SCHEMA = '__schema { types { name description fields { name description args { name description } type { name kind } } } }';
const A_LOT = `{ a: ${SCHEMA} b: ${SCHEMA} c: ${SCHEMA} d: ${SCHEMA} }`;
const MEGABYTE = 1_048_576;
/** How much more memory may be in use when all are gone than before they came, once the first have warmed everything up. */
const MAX_LEFT = 12 * MEGABYTE;
/**
 * What may be in use beyond that at any moment while they are there: as much as may wait for all slow readers together. Counted after the garbage was
 * collected: how much of that lies about says how busy the machine is, and not what the service keeps.
 */
const MAX_MORE = 64 * MEGABYTE;

/** They are one caller to the service, who may have more than these open. */
const API = { NODE_OPTIONS: '--expose-gc', BATCH_SUBSCRIPTIONS_PER_CALLER: String(2 * SUBSCRIBERS) };

/** 24: many watch one run; half of them vanish, and one takes everything and reads nothing. */
export const SUBSCRIBERS_VANISH: Fault = {
  id: '24',
  what: '1,000 subscribers, half vanish, one never reads',
  promise: 'the others see the end; a client that never reads is dropped; the heap returns',
  open: async () => {
    const ground = await runGround({ users: 100 });
    await heirOn(ground);
    const api = ground.resources.use(await startServiceProcess(ground.database, 'api', API));
    const watched = groundOn(ground.database, () => api.url);
    let baseline: number | undefined;
    return sceneOf(ground.resources, async (draws) => {
      const before = baseline ?? (await heapOf(api));
      const peak = peakOf(api);
      const hold = await holdWorkers(ground.database, 'READING');
      const runId = await watched.begin({ chunkSize: 1 });
      const watchers = await Promise.all(Array.from({ length: SUBSCRIBERS }, () => watcher(api.url, runId)));
      const greedy = await neverReading(api.url, runId);
      const droppedBefore = drops(api);
      await hold.release();
      await watched.chunksDone(runId, draws.between(1, 20));
      const vanishing = draws.some(watchers, SUBSCRIBERS / 2);
      for (const each of vanishing) each.terminate();
      const since = performance.now();
      await watched.ended(runId);
      const staying = watchers.filter((each) => !vanishing.includes(each));
      await patiently(() => Promise.resolve(staying.every(({ ended }) => ended())));
      await patiently(async () => {
        if (drops(api) > droppedBefore) return true;
        await greedy.goOn();
        return false;
      });
      const most = await peak.end();
      const verdict = await watched.verdict(runId, { bites: vanishing.length + drops(api) - droppedBefore, since });
      for (const each of [...watchers, greedy]) each.terminate();
      await patiently(async () => (await openSockets(api)) <= POOLS);
      const after = await heapOf(api);
      const broken = [...verdict.broken];
      if (baseline !== undefined && after - before > MAX_LEFT) broken.push(`${Math.round((after - before) / MEGABYTE)} MB stayed in use`);
      if (most - before > MAX_MORE) broken.push(`${Math.round((most - before) / MEGABYTE)} MB were in use at once`);
      baseline ??= after;
      return { ...verdict, broken };
    });
  },
};

/** Connections of the API's own at most: its pools, and whoever asks for metrics. */
const POOLS = 60;

/** A client as those in use are: it connects again when it is cut off before its subscription was brought to its end, and asks again when that is refused. */
interface Watcher {
  readonly ended: () => boolean;
  /** Vanishes without a word, and does not come again. */
  terminate(): void;
}

/** Connects and is known to the service. @throws when it is cut off before, as a busy machine's clients are */
async function connect(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  socket.on('error', () => undefined);
  socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
  await Promise.race([once(socket, 'message'), once(socket, 'close')]);
  if (socket.readyState !== WebSocket.OPEN) throw new Error('cut off before it was known');
  return socket;
}

async function connectAtLast(url: string): Promise<WebSocket> {
  let found: WebSocket | undefined;
  await patiently(async () => (found = await connect(url)).readyState === WebSocket.OPEN);
  return found as WebSocket;
}

const subscription = (id: string, query: string): string => JSON.stringify({ id, type: 'subscribe', payload: { query } });

async function watcher(url: string, runId: string): Promise<Watcher> {
  let socket = await connectAtLast(url);
  let [over, isGone] = [false, false];
  const follow = (): void => {
    const ask = (): void =>
      socket.send(subscription('1', `subscription { batchProgress(runId: "${runId}") { status percent done generated skipped failed } }`));
    socket.on('message', (data: Buffer) => {
      if (data.includes('"type":"complete"')) over = true;
      if (data.includes('"type":"error"')) ask();
    });
    socket.once('close', () => {
      if (!over && !isGone) void again();
    });
    ask();
  };
  const again = async (): Promise<void> => {
    socket = await connectAtLast(url);
    if (isGone) socket.terminate();
    else follow();
  };
  follow();
  const terminate = (): void => {
    isGone = true;
    socket.terminate();
  };
  return { ended: () => over, terminate };
}

/** A client that reads nothing. `goOn` lets it ask again when it was not dropped in good time, over a new connection where it has none left. */
async function neverReading(url: string, runId: string): Promise<Pick<Watcher, 'terminate'> & { goOn(): Promise<void> }> {
  let [socket, id, last] = [await connectAtLast(url), 0, 0];
  const send = (query: string): void => socket.send(subscription(`${(id += 1)}`, query));
  const ask = (): void => {
    last = performance.now();
    socket.pause();
    send(`subscription { runEvents(runId: "${runId}", withOutcomes: true) { cursor type userId } }`);
    for (let count = GREEDY; count > 0; count -= 1) send(A_LOT);
  };
  ask();
  return {
    async goOn() {
      if (performance.now() - last < ASKS_AGAIN_MS) return;
      if (socket.readyState !== WebSocket.OPEN) socket = await connectAtLast(url);
      ask();
    },
    terminate: () => socket.terminate(),
  };
}

const drops = (api: ServiceProcess): number => api.printed.filter((line) => line.includes('subscriber dropped')).length;

async function metric(api: ServiceProcess, name: RegExp): Promise<number> {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  const found = name.exec(text)?.[1];
  if (found === undefined) throw new Error(`the metrics do not have ${name.source}`);
  return Number(found);
}

/** Bytes in use on the heap and in buffers, looked at by the process itself in the moment in which it has collected the garbage. */
async function heapOf(api: ServiceProcess): Promise<number> {
  const looks = (): readonly string[] => api.printed.filter((line) => line.includes('"memory look '));
  const before = looks().length;
  api.child.kill('SIGUSR2');
  const line = await api.heard(`"memory look ${before + 1}"`);
  return (JSON.parse(line) as { bytes: number }).bytes;
}

/** ms between two looks: to collect the garbage keeps the process from its work. */
const LOOK_MS = 500;

/** Looks now and then at what is in use, from now on. `end` looks once more and tells the most that was seen. */
function peakOf(api: ServiceProcess): { end(): Promise<number> } {
  const over = new AbortController();
  let most = 0;
  const look = async (): Promise<void> => void (most = Math.max(most, await heapOf(api)));
  const looking = (async () => {
    while (!over.signal.aborted) {
      await look();
      await sleep(LOOK_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
  })();
  looking.catch(() => undefined); // told by `end`
  return {
    async end() {
      over.abort();
      await looking;
      await look();
      return most;
    },
  };
}

/** Connections that the process has, those of its pools included. */
function openSockets(api: ServiceProcess): Promise<number> {
  return metric(api, /^nodejs_active_resources\{type="TCPSocketWrap"\} (\S+)$/m);
}
