import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { WebSocket } from 'ws';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { configuredLimits, USUAL_LIMITS } from '../../src/server/operations/desk-limits.js';
import { OperationDesk } from '../../src/server/operations/operation-desk.js';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { SIGNED_CALLERS, tokenOf } from '../support/signed-callers.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const schema = await graphqlSchema();
const FOLLOWING = parse('subscription { runsChanged { __typename } }');
const TOO_MANY = expect.objectContaining({ extensions: expect.objectContaining({ code: 'TOO_MANY_OPERATIONS' }) });

/** Callers who each have less than a caller may, and all together as much as all may. */
const desk = (): OperationDesk =>
  new OperationDesk(schema, { ...USUAL_LIMITS, subscriptionsPerCaller: 2, subscriptions: 3, socketsPerCaller: 2, sockets: 3 });

describe('what a process has for all callers together', () => {
  it('is so many subscriptions: one more is refused to a caller who has none, and let in when one has ended', () => {
    const own = desk();
    const held = ['kim', 'park', 'lee'].map((caller) => own.subscribe({ caller, document: FOLLOWING }));
    expect(() => own.subscribe({ caller: 'choi', document: FOLLOWING })).toThrow(TOO_MANY);
    expect(() => own.subscribe({ caller: 'choi', document: FOLLOWING })).toThrow(/a caller may have 2, all together 3/);
    held[0]?.close();
    const last = own.subscribe({ caller: 'choi', document: FOLLOWING });
    expect(() => own.subscribe({ caller: 'kim', document: FOLLOWING })).toThrow(TOO_MANY);
    for (const each of [...held, last]) each.close();
  });

  it('is so many waits for an answer that several are given', () => {
    const own = desk();
    const held = ['kim', 'park', 'lee'].map((caller) => own.joinRound({ caller, document: FOLLOWING }));
    expect(() => own.joinRound({ caller: 'choi', document: FOLLOWING })).toThrow(TOO_MANY);
    for (const each of held) each.close();
    own.joinRound({ caller: 'choi', document: FOLLOWING }).close();
  });

  it('is so many connections that stay open', () => {
    const own = desk();
    const held = ['kim', 'park', 'lee'].map((caller) => own.holdSocket(caller));
    expect(held.every((giveBack) => giveBack !== undefined)).toBe(true);
    expect(own.holdSocket('choi')).toBeUndefined();
    held[0]?.();
    expect(own.holdSocket('choi')).toBeDefined();
  });

  it('is five times what one caller may have, as configured', () => {
    const limits = configuredLimits({ BATCH_OPERATION_PRICE: 1, BATCH_OPERATION_MS: 1, BATCH_OPERATIONS_PER_CALLER: 8, BATCH_SUBSCRIPTIONS_PER_CALLER: 3 }); // prettier-ignore
    expect(limits).toMatchObject({ subscriptionsPerCaller: 3, subscriptions: 15, socketsPerCaller: 3, sockets: 15 });
  });
});

describe('WebSockets of a process', () => {
  it('are so many for all callers together: one more is told to come back later, and let in when one has gone', async () => {
    const resources = new Resources();
    try {
      const database = resources.use(await createPatients(1));
      const api = resources.use(await startTestService(database, { role: 'api', environment: { ...SIGNED_CALLERS, BATCH_SUBSCRIPTIONS_PER_CALLER: '1' } })); // prettier-ignore
      const open = await Promise.all(['kim', 'park', 'lee', 'choi', 'jung'].map((name) => acknowledged(api, name)));
      const [code, reason] = (await once(socketOf(api), 'close')) as [number, Buffer];
      expect([code, reason.toString('utf8')]).toEqual([1013, 'Too many connections are open']);
      open[0]?.terminate();
      await until(() => stayed(api));
      for (const socket of open) socket.terminate();
    } finally {
      await resources.end();
    }
  });
});

function socketOf(api: TestService): WebSocket {
  return new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
}

/** Opens a connection for a caller, and waits until it is taken. @throws Error when it is closed instead */
async function acknowledged(api: TestService, name: string): Promise<WebSocket> {
  const socket = await calling(api, name);
  if (!(await isTaken(socket))) throw new Error(`the connection of ${name} was closed before it was taken`);
  return socket;
}

/** Whether one more connection is taken now. */
async function stayed(api: TestService): Promise<boolean> {
  const socket = await calling(api, 'han');
  const isOne = await isTaken(socket);
  socket.terminate();
  return isOne;
}

/** A connection that says who calls as soon as it is open. The token comes first: a socket that opens meanwhile would tell no one. */
async function calling(api: TestService, name: string): Promise<WebSocket> {
  const token = await tokenOf(name);
  const socket = socketOf(api);
  socket.once('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
  return socket;
}

async function isTaken(socket: WebSocket): Promise<boolean> {
  return Promise.race([once(socket, 'message').then(() => true), once(socket, 'close').then(() => false)]);
}
