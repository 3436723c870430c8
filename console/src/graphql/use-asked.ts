import { type AnyVariables, type CombinedError, type UseQueryArgs, useQuery } from 'urql';

/** An answer, with what it answers. */
export interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  readonly fetching: boolean;
  /** Whether a newer answer is on its way. */
  readonly stale: boolean;
  readonly ask: (options: { readonly requestPolicy: 'network-only' }) => void;
}

/**
 * Asks a query. After its variables changed, urql's own `useQuery` gives the answer to the former ones until the new one is there: of another patient, another run.
 * This gives nothing until then, so that no answer stands under a name that is not its own.
 */
export function useAsked<Data, Variables extends AnyVariables>(question: UseQueryArgs<Variables, Data>): Asked<Data> {
  const [result, ask] = useQuery<Data, Variables>(question);
  const { data, error, fetching, stale } = result;
  if (isAnswerTo(result.operation?.variables, question.variables)) return { data, error, fetching, stale, ask };
  return { data: undefined, error: undefined, fetching: question.pause !== true, stale: false, ask };
}

/** Whether what was asked is what is asked. */
function isAnswerTo(asked: unknown, now: unknown): boolean {
  return JSON.stringify(asked ?? {}) === JSON.stringify(now ?? {});
}
