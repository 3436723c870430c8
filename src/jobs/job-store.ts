import type { Agenda } from 'agenda';
import { endsWithin } from '../base/ends-within.js';
import { freeDropped } from './free-dropped.js';
import { freeOwn, leave, type OpenedAgenda } from './leave-agenda.js';
import { unlessSilent } from './unless-silent.js';

/** How a job store is opened and watched. */
export interface JobStoreOptions {
  /** `Agenda on PostgreSQL`, `Agenda on MongoDB 8.0 …`: for status pages. */
  readonly kind: string;
  readonly make: () => Promise<OpenedAgenda>;
  /** ms between tries while the store does not answer. */
  readonly retryMs: number;
  /** ms between two looks at whether an Agenda that is connected still is. */
  readonly watchMs: number;
  readonly onError: (error: unknown) => void;
}

type Opened = (agenda: Agenda) => void | Promise<void>;

/** Looks in a row that must find no answer before Agenda is opened anew. */
const MAX_MISSED = 3;
/** ms that an answer to a look may take, and that opening may take. */
const ANSWER_MS = 2_000;
const OPENING_MS = 30_000;
/** ms that a start waits for the first try. */
const START_MS = 5_000;
/**
 * Agenda, which may not be there: its store can be down when we start, and nothing of ours may wait for it. Slots, runs and chunks are decided in
 * PostgreSQL; without the job store they only start some seconds later, by watchdog and sweep. One that stops answering is left and opened anew: a
 * driver can lose its server for good though it is there again (MongoDB's 7.9, one outage in thirty: its monitor waits on a connection that was cut).
 */
export class JobStore {
  private opened: OpenedAgenda | undefined;
  private readonly listeners: Opened[] = [];
  private timer: NodeJS.Timeout | undefined;
  private watcher: NodeJS.Timeout | undefined;
  private stopped = false;
  /** Whether an Agenda of ours was lost with what it had locked. */
  private isAnew = false;
  /** Begins a plan in this process, which needs no job then; undefined where none works here. */
  planHere: ((runId: string) => boolean) | undefined;

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

  /** Tries to connect, and goes on trying in the background, also where a store has greeted and says nothing more. */
  async start(): Promise<void> {
    await endsWithin(START_MS, this.tryToOpen());
  }

  private async tryToOpen(): Promise<void> {
    if (this.stopped) return;
    try {
      await this.open();
    } catch (error) {
      this.options.onError(error);
      this.timer = setTimeout(() => void this.tryToOpen(), this.options.retryMs);
    }
  }

  /** Jobs that wait or run; null while the store does not answer. */
  async queueSize(): Promise<number | null> {
    if (this.opened === undefined) return null;
    const asked = this.opened.agenda.db.getQueueSize().catch(() => null);
    return (await endsWithin(ANSWER_MS, asked)) ? asked : null;
  }

  /** Lets what runs end, gives back what is locked, and disconnects. A store that does not answer is left after `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.watcher);
    const { opened } = this;
    this.opened = undefined;
    if (opened === undefined) return;
    await endsWithin(graceMs, leave(opened, graceMs / 2).catch(this.options.onError));
  }

  private async open(): Promise<void> {
    const opened = await this.made();
    opened.agenda.on('error', this.options.onError);
    const starting = opened.agenda.start(); // without definitions it takes no job, and passes on wake-ups at once
    try {
      await unlessSilent(starting);
    } catch (error) {
      void opened.close().catch(this.options.onError);
      // One that was given up may start after all, with timers and a connection of its own: then it is stopped, and closed for what it opened since.
      void starting.then(() => leave(opened, 0)).catch(() => undefined);
      throw error;
    }
    if (this.stopped) return leave(opened, 0);
    if (this.isAnew) await this.tell((agenda) => unlessSilent(freeOwn(agenda)), opened.agenda);
    this.isAnew = false;
    this.opened = opened;
    this.watchLater(opened, 0);
    for (const listener of this.listeners) await this.tell(listener, opened.agenda);
  }

  /** A store that neither answers nor refuses is given up, and closed should it answer after all. */
  private async made(): Promise<OpenedAgenda> {
    const making = this.options.make();
    if (await endsWithin(OPENING_MS, making)) return making;
    void making.then(({ close }) => close()).catch(this.options.onError);
    throw new Error(`the job store did not open within ${OPENING_MS / 1_000} s`);
  }

  private watchLater(opened: OpenedAgenda, missed: number): void {
    this.watcher = setTimeout(() => void this.look(opened, missed), this.options.watchMs);
  }

  private async look(opened: OpenedAgenda, missed: number): Promise<void> {
    const answers = (await this.queueSize().catch(() => null)) !== null;
    if (this.opened !== opened) return;
    freeDropped(opened.agenda);
    if (answers) this.watchLater(opened, 0);
    else if (missed + 1 < MAX_MISSED) this.watchLater(opened, missed + 1);
    else {
      this.opened = undefined;
      this.isAnew = true;
      void leave(opened, 0).catch(this.options.onError);
      await this.tryToOpen();
    }
  }

  /** A listener that fails must not have a second Agenda opened beside this one. */
  private async tell(listener: Opened, agenda: Agenda): Promise<void> {
    try {
      await listener(agenda);
    } catch (error) {
      this.options.onError(error);
    }
  }
}
