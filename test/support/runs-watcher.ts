import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { until } from './until.js';

const RUNS_CHANGED = 'subscription { runsChanged { id status recordDate cancelRequestedAt progress { percent done } } }';

/** A run as a subscriber to all runs sees it. */
export interface ChangedRun {
  readonly id: string;
  readonly status: string;
  readonly recordDate: string;
  readonly cancelRequestedAt: string | null;
  readonly progress: { readonly percent: number; readonly done: number };
}

/** Somebody who watches all runs over a WebSocket, and keeps what was sent. */
export class RunsWatcher implements AsyncDisposable {
  readonly seen: ChangedRun[] = [];
  private readonly client: Client;
  private failure: unknown;

  constructor(url: string) {
    this.client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
    this.client.subscribe<{ runsChanged: ChangedRun }>(
      { query: RUNS_CHANGED },
      {
        next: ({ data, errors }) => {
          if (data == null) this.failure = new Error(`the service sent ${JSON.stringify(errors)}`);
          else this.seen.push(data.runsChanged);
        },
        error: (error) => (this.failure = new Error(`the subscription failed with ${JSON.stringify(error)}`, { cause: error })),
        complete: () => undefined,
      },
    );
  }

  /** Statuses of one run in the order in which they were sent. */
  statuses(runId: string): string[] {
    return this.seen.filter(({ id }) => id === runId).map(({ status }) => status);
  }

  /** Resolves with the first state of a run that is so; throws what the subscription failed with. */
  async has(runId: string, isSo: (run: ChangedRun) => boolean): Promise<ChangedRun> {
    let found: ChangedRun | undefined;
    await until(() => {
      if (this.failure !== undefined) throw this.failure;
      found = this.seen.find((run) => run.id === runId && isSo(run));
      return Promise.resolve(found !== undefined);
    });
    return found as ChangedRun;
  }

  /** Like `has`, for a status. */
  async hasStatus(runId: string, wanted: string): Promise<ChangedRun> {
    return this.has(runId, ({ status }) => status === wanted);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.dispose();
  }
}
