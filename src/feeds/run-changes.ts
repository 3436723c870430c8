import { throughPassingFaults } from '../database/through-passing-faults.js';
import type { FollowOptions } from './follow.js';
import type { RunViewRow } from '../projections/entities.js';
import { changesAfter, RunFeed, type RunSources } from './run-feed.js';
import { RunMailbox } from './run-mailbox.js';

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
      while (mailbox.begun === undefined && !signal.aborted) await mailbox.rung();
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
      else if (left === undefined) await mailbox.rung();
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
