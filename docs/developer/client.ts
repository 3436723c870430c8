// Asks for a dry run, follows it, and prints what became of its users: node docs/developer/client.ts http://127.0.0.1:4000 [key]
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';

const [service = 'http://127.0.0.1:4000', key] = process.argv.slice(2);
const authorization = key === undefined ? {} : { authorization: `Bearer ${key}` };
const socket = createClient({ url: `${service.replace('http', 'ws')}/graphql`, connectionParams: authorization, retryAttempts: 0 });

/** Sends a query or a mutation. A refusal of the union is part of the data; an error of the operation throws. */
async function ask<T>(query: string, variables: object): Promise<T> {
  const response = await fetch(`${service}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: { message: string; extensions: { code: string } }[] };
  if (errors !== undefined) throw new Error(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n'));
  return data;
}

type LogEvent = { cursor: string; type: string };
type Requested = { run: { id: string } } | { code: string; message: string };

/** Asks for a run. The idempotency key makes it safe to ask again: the second answer is the same run. */
async function requestRun(idempotencyKey: string): Promise<string> {
  const { runBatch } = await ask<{ runBatch: Requested }>(
    `mutation ($input: RunBatchInput!) {
      runBatch(input: $input) {
        ... on RunBatchAccepted { run { id } }
        ... on Error { code message }
      }
    }`,
    { input: { dryRun: true, reason: 'a client tries it out', idempotencyKey } },
  );
  if ('code' in runBatch) throw new Error(`refused, ${runBatch.code}: ${runBatch.message}`);
  return runBatch.run.id;
}

function eventsAfter(runId: string, after: string | null): AsyncIterable<{ data?: { runEvents: LogEvent } | null | undefined }> {
  const query = 'subscription ($runId: UUID!, $after: String) { runEvents(runId: $runId, after: $after) { cursor type } }';
  return socket.iterate<{ runEvents: LogEvent }>({ query, variables: { runId, after } });
}

/** Follows the log of a run to its end. After a lost connection it goes on behind the last cursor: no event is missed or seen twice. */
async function follow(runId: string): Promise<void> {
  let after: string | null = null;
  for (;;) {
    try {
      for await (const { data } of eventsAfter(runId, after)) {
        if (!data) throw new Error('the service ended the subscription with an error');
        after = data.runEvents.cursor;
        console.log(data.runEvents.type);
      }
      return; // the service ends the subscription when the run has ended
    } catch (error) {
      if (error instanceof Error) throw error;
      if (Array.isArray(error)) throw new Error(`refused: ${JSON.stringify(error)}`, { cause: error });
      console.log('connection lost');
      await sleep(1_000);
    }
  }
}

const runId = await requestRun(`client-${new Date().toISOString()}`);
await follow(runId);
const { run } = await ask<{ run: { status: string; progress: { generated: number; skipped: number; failed: number } } }>(
  'query ($runId: UUID!) { run(id: $runId) { status progress { generated skipped failed } } }',
  { runId },
);
console.log(`${run.status}: ${JSON.stringify(run.progress)}`);
await socket.dispose();
