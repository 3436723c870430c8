import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { type AccessRefused, tokenRefused } from '../../src/identity/access-refused.js';
import type { Caller } from '../../src/identity/caller.js';
import { watchCaller } from '../../src/identity/token-identity.js';
import type { Results } from '../../src/server/operations/map-results.js';
import { pour } from '../../src/server/http/sse-stream.js';
import { gate } from '../support/gate.js';
import { EventSource } from './http-event-source.js';
import { ACCESS } from '../../src/identity/access-words.js';

/** In bytes. */
const BACKLOG = 16_777_216;
const KIM: Caller = { actor: 'token:kim', role: 'viewer', expiresAt: Infinity };

describe('Looking after a caller', () => {
  it('takes a store that is away for no verdict, and a refusal for one', async () => {
    const answers = [KIM, new Error('the store is away'), new Error('still away'), KIM, tokenRefused(ACCESS.tell('EXPIRED'))];
    let asked = 0;
    const ask = async (): Promise<Caller> => {
      const answer = answers[asked];
      asked += 1;
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked once more');
      return answer;
    };
    const refused = await new Promise<AccessRefused>((resolve) => watchCaller({ ask, onRefused: resolve, clock: () => 0, everyMs: 1 }));
    expect([refused.code, asked]).toEqual(['UNAUTHENTICATED', answers.length]);
  });

  it('says nothing any more once it was told to stop, even if it was just asking', async () => {
    const asking = gate();
    const answered = gate();
    let refusals = 0;
    const ask = async (): Promise<Caller> => {
      asking.open();
      await answered.opened;
      throw tokenRefused(ACCESS.tell('EXPIRED'));
    };
    const stop = watchCaller({ ask, onRefused: () => (refusals += 1), clock: () => 0, everyMs: 1 });
    await asking.opened;
    stop();
    answered.open();
    await new Promise((resolve) => setImmediate(resolve));
    expect(refusals).toBe(0);
  });
});

describe('A stream of events that was ended with a last word', () => {
  it('takes no event that arrives before a slow reader has it', async () => {
    const failures: unknown[] = [];
    const poured = gate();
    const server = createServer((_request, response) => {
      response.on('error', (error) => failures.push(error));
      const events = new EventSource();
      pour(events as unknown as Results, response, 60_000).then(
        () => poured.open(),
        (error: unknown) => failures.push(error),
      );
      response.write('x'.repeat(BACKLOG)); // more than a connection takes at once: the end must wait
      response.end('the last word');
      events.push('too late');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const text = await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).text();
    await poured.opened;
    server.close();
    expect([text.length - BACKLOG, text.slice(BACKLOG), failures]).toEqual(['the last word'.length, 'the last word', []]);
  });
});
