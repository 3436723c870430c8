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
 * This gives nothing until then, so that no answer stands under a name that is not its own. Another page of the same list is the exception: the page before it stands,
 * `stale`, while it is on its way, so that the pager keeps the focus and the forms beside the list keep what was typed.
 */
export function useAsked<Data, Variables extends AnyVariables>(question: UseQueryArgs<Variables, Data>): Asked<Data> {
  const [result, ask] = useQuery<Data, Variables>(question);
  const { data, error, fetching, stale } = result;
  const answered = result.operation?.variables;
  if (isSame(answered, question.variables)) return { data, error, fetching, stale, ask };
  const isOnItsWay = question.pause !== true;
  const isOtherPage = isOnItsWay && result.operation !== undefined && isSame(withoutPage(answered), withoutPage(question.variables));
  return { data: isOtherPage ? data : undefined, error: undefined, fetching: isOnItsWay, stale: isOtherPage && data !== undefined, ask };
}

/** Whether what was asked is what is asked. */
function isSame(asked: unknown, now: unknown): boolean {
  return JSON.stringify(asked ?? {}) === JSON.stringify(now ?? {});
}

/** Variables without the cursor that tells pages of one list apart. */
function withoutPage(variables: unknown): unknown {
  return Object.fromEntries(Object.entries(variables ?? {}).filter(([name]) => name !== 'after'));
}
