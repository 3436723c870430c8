import { startSchedulerProcess, type Said, type SchedulerProcess, type SchedulerProcessOptions } from './scheduler-process.js';

/** Processes with schedulers that are killed and started again, under the same numbers. */
export interface SchedulerFleet extends AsyncDisposable {
  /** How many were killed so far. */
  readonly kills: number;
  /** How many are up, ready or not. */
  readonly alive: number;
  /** Everything of one kind that any of them said, killed ones included. */
  said(event: string): Said[];
  kill(number: number): Promise<void>;
  /** Starts it when it is down, and waits until it is ready. */
  start(number: number): Promise<void>;
  startAll(): Promise<void>;
  /** Throws, with its last words, when one has ended that was not killed. */
  check(): void;
}

/** Makes the fleet; nobody is started yet. */
export function schedulerFleet(size: number, options: SchedulerProcessOptions): SchedulerFleet {
  const up = new Map<number, SchedulerProcess>();
  const ever: SchedulerProcess[] = [];
  let kills = 0;
  let failure: unknown;
  const start = async (number: number): Promise<void> => {
    if (up.has(number)) return;
    const node = startSchedulerProcess(options);
    up.set(number, node);
    ever.push(node);
    // It never says so: what comes of it is its end.
    node.heard('never').catch((error: unknown) => {
      if (up.get(number) === node) failure ??= error;
    });
    await node.heard('ready');
  };
  return {
    get kills() {
      return kills;
    },
    get alive() {
      return up.size;
    },
    said: (event) => ever.flatMap((node) => node.said.filter((each) => each.event === event)),
    async kill(number) {
      const node = up.get(number);
      if (node === undefined) return;
      up.delete(number);
      kills += 1;
      await node.kill();
    },
    start,
    startAll: async () => void (await Promise.all(Array.from({ length: size }, (_, number) => start(number)))),
    check() {
      if (failure !== undefined) throw failure;
    },
    async [Symbol.asyncDispose]() {
      const nodes = [...up.values()];
      up.clear();
      await Promise.all(nodes.map((node) => node.kill()));
    },
  };
}
