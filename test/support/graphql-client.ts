import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

/** An error as a client sees it. */
export interface SeenError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** What a client was answered. */
export interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly SeenError[];
}

/** POSTs an operation to a service. */
export async function ask<T>(url: string, query: string, variables: object = {}): Promise<Answer<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer<T>;
}

/** The data of an operation that must succeed. @throws with what the service said */
export async function dataOf<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const { data, errors } = await ask<T>(url, query, variables);
  if (errors !== undefined || data === undefined || data === null) throw new Error(`the service answered ${JSON.stringify(errors)}`);
  return data;
}

/** A subscription over a WebSocket of its own. End it early with `return()`, which closes the socket. */
export function subscribe<T>(url: string, query: string, variables: object): AsyncIterableIterator<T> {
  const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  return values<T>(client, query, variables);
}

async function* values<T>(client: Client, query: string, variables: object): AsyncGenerator<T> {
  try {
    for await (const { data, errors } of client.iterate({ query, variables: { ...variables } })) {
      if (errors !== undefined || data === undefined || data === null) throw new Error(`the service sent ${JSON.stringify(errors)}`);
      yield data as T;
    }
  } catch (error) {
    if (error instanceof Error) throw error;
    throw new Error(`the service refused with ${JSON.stringify(error)}`, { cause: error }); // a refusal comes as a bare list
  } finally {
    await client.dispose();
  }
}
