import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { load, median, quantile } from './load.js';

const TRIVIAL = { query: '{ __typename }' };
const RUN = `query ($id: UUID!) { run(id: $id) { status roster progress { percent generated skipped failed } } }`;

/** Requests a second of a trivial query through the whole stack and through Apollo alone, in turns; and how long the `run` query takes. */
export async function httpFigures(
  url: string,
  runId: string,
): Promise<{ whole: number; bare: number; ratio: number; runP50: number; runP99: number }> {
  const whole = await startHttp('whole', url);
  const bare = await startHttp('bare');
  const rates: { whole: number[]; bare: number[] } = { whole: [], bare: [] };
  for (let round = -1; round < 4; round += 1) {
    for (const [name, { address }] of Object.entries({ whole, bare }) as ['whole' | 'bare', HttpProcess][]) {
      const { perSecond } = await load(address, TRIVIAL, { connections: 16, ms: 1_500 });
      if (round >= 0) rates[name].push(perSecond); // the first round warms up
    }
  }
  const { latencies } = await load(whole.address, { query: RUN, variables: { id: runId } }, { connections: 1, ms: 3_000 });
  for (const { child } of [whole, bare]) child.disconnect();
  const ratios = rates.whole.map((rate, round) => rate / (rates.bare[round] ?? 1));
  return {
    whole: median(rates.whole),
    bare: median(rates.bare),
    ratio: median(ratios),
    runP50: quantile(latencies, 0.5),
    runP99: quantile(latencies, 0.99),
  };
}

/** A process that answers GraphQL. It ends when it is disconnected. */
export interface HttpProcess {
  readonly child: ChildProcess;
  readonly address: string;
}

/** Starts the whole stack on a database, or Apollo alone. */
export async function startHttp(
  kind: 'whole' | 'bare',
  url = '',
  environment: Readonly<Record<string, string>> = {},
): Promise<HttpProcess> {
  const child = fork(fileURLToPath(new URL('http-process.js', import.meta.url)), [kind, url, JSON.stringify(environment)], {
    stdio: 'inherit',
  });
  const [address] = (await once(child, 'message')) as [string];
  return { child, address };
}

/** What a process has used since it began. */
export interface Usage {
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly peakMb: number;
}

/** Asks a process what it has used. */
export async function usageOf({ child }: HttpProcess): Promise<Usage> {
  const told = once(child, 'message');
  child.send('usage');
  return ((await told) as [Usage])[0];
}
