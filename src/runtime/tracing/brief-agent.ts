import { Agent, type ClientRequestArgs } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/** ms for which a connection to a collector lives. */
const LIFE_MS = 10_000;

/**
 * Connections for one request each, which end after a while whatever the collector sends. The exporter's own limit begins anew with every byte of an answer: thirty answers
 * without an end were as many as it has under way, and no span was sent any more.
 */
export function briefAgent(protocol: string, lifeMs = LIFE_MS): Agent {
  const agent = protocol === 'https:' ? new SecureAgent({ keepAlive: false }) : new Agent({ keepAlive: false });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options: ClientRequestArgs, onConnected) => {
    const socket = connect(options, onConnected);
    if (socket != null) endsAfter(socket, lifeMs);
    return socket;
  };
  return agent;
}

function endsAfter(socket: Duplex, ms: number): void {
  const end = setTimeout(() => socket.destroy(new Error('the collector did not answer in time')), ms).unref();
  socket.once('close', () => clearTimeout(end));
}
