import type { Cursor, EventLog, LogPage } from '../application/ports.js';
import { statementOwner } from '../database/statement-owner.js';
import { throughPassingFaults } from '../database/through-passing-faults.js';
import { followLog, type FollowOptions } from './follow.js';
import type { RunQueries } from '../projections/queries/run-queries.js';
import type { RunChangePage, RunMailbox } from './run-mailbox.js';

const FILTER = { runsOnly: true };
/** Events a page holds. A plan lists its chunks: a thousand plans would be much to hold at once. */
const PAGE = 100;

/** What runs are read from. */
export interface RunSources {
  readonly log: EventLog;
  /** Reads that remember nothing of those before. */
  readonly runs: () => Pick<RunQueries, 'byIds' | 'active' | 'endedAfter'>;
}

/** One follower of the changes of runs and those who listen to it. It ends when the last of them leaves, or with the fault that it tells them. */
export class RunFeed {
  private readonly mailboxes = new Set<RunMailbox>();
  private readonly stopping = new AbortController();
  private cursor: Cursor | undefined;

  constructor(
    private readonly sources: RunSources,
    private readonly options: Pick<FollowOptions, 'pollMs' | 'subscribe'>,
  ) {
    // For all who listen, now and later: its statements are not those of the caller whose subscription came first.
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
export async function changesAfter(sources: RunSources, after: Cursor): Promise<RunChangePage> {
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
