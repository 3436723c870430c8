import { throughPassingFaults } from '../database/through-passing-faults.js';
import { type FollowOptions, followLog } from './follow.js';
import type { RunViewRow } from '../projections/entities.js';
import { RunMailbox, type RunChangePage } from './run-mailbox.js';
import type { Cursor, LogReader, LogPage } from '../application/ports.js';
import { statementOwner } from '../database/statement-owner.js';
import type { RunQueries } from '../projections/queries/run-queries.js';

const FILTER = { runsOnly: true };
/** Events a page holds. A plan lists its chunks: a thousand plans would be much to hold at once. */
const PAGE = 100;

/** What runs are read from. */
interface RunSources {
  readonly log: LogReader;
  /** Reads that remember nothing of those before. */
  readonly runs: () => Pick<RunQueries, 'byIds' | 'active' | 'endedAfter'>;
}

/** One follower of the changes of runs, and its listeners. It ends when the last of them leaves, or with the fault that it tells them. */
class RunFeed {
  private readonly mailboxes = new Set<RunMailbox>();
  private readonly stopping = new AbortController();
  private cursor: Cursor | undefined;

  constructor(
    private readonly sources: RunSources,
    private readonly options: Pick<FollowOptions, 'pollMs' | 'subscribe'>,
  ) {
    // For all listeners, now and later: its statements are not those of the caller whose subscription came first.
    statementOwner.run(undefined, () => void this.pump());
  }

  /** Whether it has ended and takes no subscriber any more. */
  get over(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Gives a mailbox what happens from now on. @returns how to stop that */
  add(mailbox: RunMailbox): () => void {
    this.mailboxes.add(mailbox);
    if (this.cursor !== undefined) mailbox.begin(this.cursor);
    return () => {
      this.mailboxes.delete(mailbox);
      if (this.mailboxes.size === 0) this.stopping.abort();
    };
  }

  private async pump(): Promise<void> {
    const { signal } = this.stopping;
    try {
      await throughPassingFaults(() => this.followOnce(), { signal, waitMs: this.options.pollMs });
    } catch (error) {
      this.stopping.abort();
      for (const mailbox of this.mailboxes) mailbox.fail(error);
    }
  }

  private async followOnce(): Promise<void> {
    this.cursor ??= await this.sources.log.head();
    for (const mailbox of this.mailboxes) mailbox.begin(this.cursor);
    const { signal } = this.stopping;
    for await (const page of followLog(this.sources.log, this.cursor, { ...this.options, filter: FILTER, signal, pageSize: PAGE })) {
      const changed = await changesIn(this.sources, page);
      this.cursor = page.cursor;
      for (const mailbox of this.mailboxes) mailbox.put(changed);
    }
  }
}

/** The changes after a place in the log, as a feed gives them. */
async function changesAfter(sources: RunSources, after: Cursor): Promise<RunChangePage> {
  return changesIn(sources, await sources.log.readAfter(after, PAGE, FILTER));
}

/** Each run of a page once, as the view has it. One that the view has further than the page is left to the page of its later event. */
async function changesIn({ runs }: RunSources, { events, cursor }: LogPage): Promise<RunChangePage> {
  const last = new Map(events.map((event) => [event.runId, event]));
  const rows = await runs().byIds([...last.keys()].filter((id) => id !== null));
  const changes = rows.flatMap((row) => {
    const event = last.get(row.runId);
    return event !== undefined && row.version <= event.version ? [{ row, cursor: event.cursor }] : [];
  });
  return { changes, cursor };
}

/** Active runs that are read at once. */
const ACTIVE = 100;

/** Runs that change, for any number of subscribers: one follower per process, however many listen, and none while none does. */
export class RunChanges {
  private feed: RunFeed | undefined;

  constructor(
    private readonly sources: RunSources,
    private readonly options: Pick<FollowOptions, 'pollMs' | 'subscribe'>,
  ) {}

  /**
   * Every run that has not ended; then each run as its last change left it, until `signal` aborts. Changes that follow each other faster than they are
   * taken become one, and of a run that had ended before nothing is said.
   */
  async *follow(signal: AbortSignal): AsyncGenerator<RunViewRow> {
    const mailbox = new RunMailbox();
    const leave = this.listen(mailbox);
    const wake = (): void => mailbox.wake();
    signal.addEventListener('abort', wake);
    try {
      // The runs are read after the place is known from which changes are followed: what happens in between is in one of both, or in both.
      while (mailbox.begun === undefined && !signal.aborted) await mailbox.woken();
      const shown = await this.endedBefore(mailbox, signal);
      for await (const row of this.active(signal)) {
        shown.set(row.runId, row.version);
        yield row;
      }
      for await (const row of this.changes(mailbox, signal)) {
        if (row.version <= (shown.get(row.runId) ?? 0)) continue;
        shown.delete(row.runId);
        yield row;
      }
    } finally {
      signal.removeEventListener('abort', wake);
      leave();
    }
  }

  private listen(mailbox: RunMailbox): () => void {
    if (this.feed?.over !== false) this.feed = new RunFeed(this.sources, this.options);
    return this.feed.add(mailbox);
  }

  /** Versions of runs whose end is history, though the place from which changes are followed lies before it: the log shows it late, or the feed is behind. */
  private async endedBefore({ begun }: RunMailbox, signal: AbortSignal): Promise<Map<string, number>> {
    const ended = begun && (await this.read(() => this.sources.runs().endedAfter(begun), signal));
    return new Map(ended?.map(({ runId, version }) => [runId, version]));
  }

  private async *active(signal: AbortSignal): AsyncGenerator<RunViewRow> {
    const { runs } = this.sources;
    let page: readonly RunViewRow[] | undefined = [];
    do {
      const after: string | undefined = page.at(-1)?.runId;
      page = await this.read(() => runs().active(after, ACTIVE), signal);
      yield* page ?? [];
    } while (page?.length === ACTIVE);
  }

  private async *changes(mailbox: RunMailbox, signal: AbortSignal): AsyncGenerator<RunViewRow> {
    while (!signal.aborted) {
      const row = mailbox.next();
      const { left } = mailbox;
      if (row !== undefined) yield row;
      else if (left === undefined) await mailbox.woken();
      else {
        const page = await this.read(() => changesAfter(this.sources, left), signal);
        if (page !== undefined) mailbox.catchUp(page);
      }
    }
  }

  private read<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    return throughPassingFaults(work, { signal, waitMs: this.options.pollMs });
  }
}
