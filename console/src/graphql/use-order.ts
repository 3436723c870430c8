import type { AnyVariables, Client, CombinedError, DocumentInput } from 'urql';
import { createContext, useContext, useState } from 'react';
import { stir } from './live.js';

/** The client that orders are sent with. */
export const Orders = createContext<Client | undefined>(undefined);

/** What stands in the places of a sentence. */
type Values = Readonly<Record<string, unknown>>;

/** Why an order was not carried out: a refusal with its code, or an error of the way there. */
export interface Refusal {
  readonly code: string;
  /** The service's own words, in English unless they were asked for in another language. */
  readonly message: string;
  /** Of an argument that cannot be used: its code in the group `BadInput`. */
  readonly said?: { readonly sentence: string; readonly values: Values };
  readonly problems?: readonly { readonly field: string; readonly found: string; readonly expected: string; readonly expectedKo: string }[];
}

/** An order to the service, and how it went. */
export interface Order<Variables, Result> {
  readonly busy: boolean;
  readonly refusal: Refusal | undefined;
  /** Gives the order. @returns its result, or undefined when it was refused; why is in `refusal` */
  readonly give: (variables: Variables) => Promise<Result | undefined>;
  readonly forget: () => void;
}

/** A member of a result union as documents ask for it: refusals with a code, what was done without. */
type Outcome = { readonly __typename?: string | undefined };

/** Sends one mutation and tells refusals from what was done: those have a `code`. All that is shown is asked for again afterwards. */
export function useOrder<Data extends Record<string, Outcome>, Variables extends AnyVariables>(
  mutation: DocumentInput<Data, Variables>,
): Order<Variables, Exclude<Data[keyof Data], { code: string }>> {
  type Result = Exclude<Data[keyof Data], { code: string }>;
  const client = useContext(Orders);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const give = async (variables: Variables): Promise<Result | undefined> => {
    if (client === undefined) throw new Error('orders need their client around them');
    setBusy(true);
    setRefusal(undefined);
    const { data, error } = await client.mutation<Data>(mutation, variables).toPromise();
    setBusy(false);
    const outcome = data === undefined ? undefined : Object.values(data)[0];
    if (outcome === undefined) {
      setRefusal(refusalOf(error));
      return undefined;
    }
    if ('code' in outcome) {
      setRefusal(outcome as unknown as Refusal);
      return undefined;
    }
    stir('order');
    return outcome as Result;
  };
  return { busy, refusal, give, forget: () => setRefusal(undefined) };
}

/** An error of the way as a refusal: the service’s code, or that it does not answer. */
export function refusalOf(error: CombinedError | undefined): Refusal {
  const first = error?.graphQLErrors[0];
  if (first === undefined) return { code: 'NETWORK', message: error?.message ?? '' };
  const { code, sentence, values } = first.extensions;
  const said = typeof sentence === 'string' ? { said: { sentence, values: (values ?? {}) as Values } } : {};
  return { code: typeof code === 'string' ? code : 'INTERNAL', message: first.message, ...said };
}

/** A new key for a form: the same form sent twice is one order. (`randomUUID` exists on secure origins alone.) */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
