import type { Agenda } from 'agenda';

/** How a job store is opened and watched. */
export interface JobStoreOptions {
  /** `Agenda on PostgreSQL`, `Agenda on MongoDB 8.0 …`: for status pages. */
  readonly kind: string;
  readonly make: () => Promise<OpenedAgenda>;
  /** ms between tries while the store does not answer. */
  readonly retryMs: number;
  readonly onError: (error: unknown) => void;
}

/** An Agenda that is connected, and how to close what it stands on. */
export interface OpenedAgenda {
  readonly agenda: Agenda;
  readonly close: () => Promise<void>;
}

type Opened = (agenda: Agenda) => void | Promise<void>;

/**
 * Agenda, which may not be there: its store can be down when we start, and nothing of ours may wait for it. Slots, runs and chunks are decided in
 * PostgreSQL; without the job store they only start some seconds later, by watchdog and sweep.
 */
export class JobStore {
  private opened: OpenedAgenda | undefined;
  private readonly listeners: Opened[] = [];
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly options: JobStoreOptions) {}

  get kind(): string {
    return this.options.kind;
  }

  /** Agenda, while it is connected. */
  get agenda(): Agenda | undefined {
    return this.opened?.agenda;
  }

  /** Calls back when Agenda is connected: now, if it is. */
  async whenOpen(listener: Opened): Promise<void> {
    this.listeners.push(listener);
    if (this.opened !== undefined) await listener(this.opened.agenda);
  }

  /** Tries to connect, and goes on trying in the background. */
  async start(): Promise<void> {
    if (this.stopped) return;
    try {
      const opened = await this.options.make();
      opened.agenda.on('error', this.options.onError);
      await opened.agenda.start(); // without definitions it takes no job, and passes on rings at once
      this.opened = opened;
      for (const listener of this.listeners) await listener(opened.agenda);
    } catch (error) {
      this.options.onError(error);
      this.timer = setTimeout(() => void this.start(), this.options.retryMs);
    }
  }

  /** Jobs that wait or run; null while the store does not answer. */
  async queueSize(): Promise<number | null> {
    if (this.opened === undefined) return null;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, 2_000, null)));
    const asked = this.opened.agenda.db.getQueueSize().catch(() => null);
    return Promise.race([asked, late]).finally(() => clearTimeout(timer));
  }

  /** Unlocks what was locked and had not begun, and disconnects. A store that does not answer is left after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const { opened } = this;
    this.opened = undefined;
    if (opened === undefined) return;
    const leaving = opened.agenda.stop(false).then(opened.close).catch(this.options.onError);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([leaving, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
    clearTimeout(timer);
  }
}
