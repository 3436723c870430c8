import { Agent, request } from 'node:http';

/** Sends a GraphQL query over and over from `connections` kept-alive connections for `ms`. @returns answers a second and latencies in ms, ascending */
export async function load(
  url: string,
  body: object,
  { connections, ms }: { connections: number; ms: number },
): Promise<{ perSecond: number; latencies: number[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const payload = JSON.stringify(body);
  const until = performance.now() + ms;
  const latencies: number[] = [];
  const sender = async (): Promise<void> => {
    while (performance.now() < until) {
      const began = performance.now();
      await post(url, payload, agent);
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, sender));
  agent.destroy();
  return { perSecond: (latencies.length * 1_000) / ms, latencies: latencies.toSorted((a, b) => a - b) };
}

function post(url: string, payload: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () => (response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`))));
    });
    sent.once('error', reject);
    sent.end(payload);
  });
}

/** A quantile of ascending figures, 0 to 1. */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? Number.NaN;
}

/** The middle of some figures in any order. */
export function median(figures: readonly number[]): number {
  return quantile(
    figures.toSorted((a, b) => a - b),
    0.5,
  );
}
