import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { EndpointAccount } from '../src/local-model/ledger.js';
import type { BenchModel } from './local-model-process.js';

/** A local model in a process of its own. */
export interface BenchModelProcess {
  /** Base URL for `LLM_BASE_URL`. */
  readonly url: string;
  /** What it would charge for until now. */
  account(): Promise<EndpointAccount>;
  /** Ends it and waits until it is gone. */
  close(): Promise<void>;
}

/** Starts a local model that behaves so. */
export async function startBenchModel(behaviour: BenchModel): Promise<BenchModelProcess> {
  const entry = fileURLToPath(new URL('local-model-process.js', import.meta.url));
  const child = fork(entry, [JSON.stringify(behaviour)], { stdio: 'inherit' });
  const [url] = (await once(child, 'message')) as [string];
  return {
    url,
    async account() {
      child.send('account');
      const [account] = (await once(child, 'message')) as [EndpointAccount];
      return account;
    },
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
