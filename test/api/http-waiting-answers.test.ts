import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { until } from '../support/until.js';
import { startTestServer } from './http-fixture.js';
import { acknowledged, rawSocket, subscribe } from './http-sockets.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Each answer's text: some of them are more than the buffers of two machines take. */
const TEXT = 'x'.repeat(1_000_000);
const ANSWERS = 14;
/** Events of a subscription: more than anybody takes. */
const EVENTS = 60;

/** Things that a query or a subscription gives, and what is left of them. */
class Things {
  written = 0;
  private readonly made: WeakRef<object>[] = [];

  /** A thing that is large as text; it counts how often it was written. */
  make(): object {
    const toJSON = (): string => {
      this.written += 1;
      return TEXT;
    };
    const thing = Object.assign(Object.create({ toJSON }) as object, { own: true });
    this.made.push(new WeakRef(thing));
    return thing;
  }

  /** Resolves when no more of them are made, though more are there: nobody takes them. */
  async stall(): Promise<void> {
    let before = -1;
    await until(async () => {
      const stands = this.written === before;
      before = this.written;
      await turn();
      return stands && before > 0;
    });
    expect(before).toBeLessThan(EVENTS);
  }

  /** How many are still kept after the garbage was collected. */
  async kept(): Promise<number> {
    await turn(); // a reference that was looked at is kept until the turn has ended
    collect();
    return this.made.filter((ref) => ref.deref() !== undefined).length;
  }
}

function schemaOf(things: Things): GraphQLSchema {
  const schema = buildSchema('scalar Thing  type Query { thing: Thing }  type Subscription { things: Thing }');
  const { thing } = schema.getQueryType()?.getFields() ?? {};
  const { things: each } = schema.getSubscriptionType()?.getFields() ?? {};
  if (thing === undefined || each === undefined) throw new Error('the schema is not as it was written');
  thing.resolve = () => things.make();
  each.subscribe = async function* () {
    for (let count = 0; count < EVENTS; count += 1) yield await Promise.resolve(count);
  };
  each.resolve = () => things.make();
  return schema;
}

describe('What waits for a reader that takes nothing', () => {
  it('is over WebSocket the text of the answers alone, not what it was made of', async () => {
    const things = new Things();
    await using server = await startTestServer({ schema: schemaOf(things), webSocket: { keepAliveMs: 600_000 } });
    const socket = await rawSocket(server);
    await acknowledged(socket);
    for (let id = 0; id < ANSWERS; id += 1) subscribe(socket, `${id}`, '{ thing }');
    socket.pause();
    await until(() => Promise.resolve(things.written === ANSWERS));
    expect(await things.kept()).toBe(0);
    socket.terminate();
    await once(socket, 'close');
  });

  it('is over WebSocket, of a subscription, the text of the event that is on its way', async () => {
    const things = new Things();
    await using server = await startTestServer({ schema: schemaOf(things), webSocket: { keepAliveMs: 600_000 } });
    const socket = await rawSocket(server);
    await acknowledged(socket);
    subscribe(socket, '1', 'subscription { things }');
    socket.pause();
    await things.stall();
    expect(await things.kept()).toBe(0);
    socket.terminate();
    await once(socket, 'close');
  });

  it('is over Server-Sent Events the text of the event that is on its way', async () => {
    const things = new Things();
    await using server = await startTestServer({ schema: schemaOf(things) });
    const stream = await fetch(`${server.url}/graphql/stream?query=${encodeURIComponent('subscription { things }')}`, {
      headers: { accept: 'text/event-stream' },
    });
    await things.stall();
    expect(await things.kept()).toBe(0);
    await stream.body?.cancel();
  });
});
