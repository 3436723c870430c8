import { type ExecutionArgs, type ExecutionResult, getOperationAST, Kind } from 'graphql';

/**
 * What a subscription asks, with the rights of its caller, as a text that is the same for all who are sent the same; undefined for one whose events are not
 * declared so (`SameForAll`), and where a caller's rights are not known.
 */
export function questionOf(
  { schema, document, operationName, variableValues }: ExecutionArgs,
  rights: string | undefined,
): string | undefined {
  const [field] = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
  const text = document.loc?.source.body;
  if (rights === undefined || text === undefined || field?.kind !== Kind.FIELD) return undefined;
  if (schema.getSubscriptionType()?.getFields()[field.name.value]?.extensions['sameForAll'] !== true) return undefined;
  return JSON.stringify([rights, operationName ?? null, variableValues ?? {}, text]);
}

/**
 * Results of events by what is asked of them: five thousand subscribers of one run are sent one result, which the first of them works out. It is held as long as
 * the event is.
 */
export class SameForAllResults {
  private readonly known = new WeakMap<object, Map<string, Promise<ExecutionResult | undefined>>>();

  async of(event: unknown, question: string, make: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
    if (typeof event !== 'object' || event === null) return make();
    const ofEvent = this.known.get(event) ?? new Map<string, Promise<ExecutionResult | undefined>>();
    this.known.set(event, ofEvent);
    const shared = ofEvent.get(question);
    if (shared !== undefined) return (await shared) ?? make();
    const made = make();
    // An error, and what was stopped since its subscriber left, is that subscriber's own.
    ofEvent.set(
      question,
      made.then(
        (result) => (result.errors === undefined ? result : undefined),
        () => undefined,
      ),
    );
    return made;
  }
}
