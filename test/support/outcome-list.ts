import { dataOf } from './graphql-client.js';

const OUTCOMES = `query ($id: UUID!, $after: String) {
  run(id: $id) {
    outcomes(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { userId outcome skipReasons failureCode attempts generator intervention { id userId recordDate targetDate } }
    }
  }
}`;

/** An outcome as a client sees it. */
export interface SeenOutcome {
  readonly userId: number;
  readonly outcome: string;
  readonly skipReasons: readonly string[];
  readonly failureCode: string | null;
  readonly attempts: number | null;
  readonly generator: string | null;
  readonly intervention: { readonly id: number; readonly userId: number; readonly recordDate: string; readonly targetDate: string } | null;
}

interface Page {
  readonly run: {
    readonly outcomes: { readonly pageInfo: { hasNextPage: boolean; endCursor: string | null }; readonly nodes: SeenOutcome[] };
  };
}

/** All outcomes of a run, page by page over GraphQL. */
export async function outcomesOf(url: string, runId: string): Promise<SeenOutcome[]> {
  const all: SeenOutcome[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { run }: Page = await dataOf<Page>(url, OUTCOMES, { id: runId, after });
    all.push(...run.outcomes.nodes);
    ({ hasNextPage: more, endCursor: after } = run.outcomes.pageInfo);
  }
  return all.toSorted((a, b) => a.userId - b.userId); // they come in the order of subjects
}

/** The outcome of one user in a run. @throws when there is none */
export async function outcomeOf(url: string, runId: string, userId: number): Promise<SeenOutcome> {
  const found = (await outcomesOf(url, runId)).find((each) => each.userId === userId);
  if (found === undefined) throw new Error(`user ${userId} has no outcome in this run`);
  return found;
}
