import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { openLocalModel } from '../src/local-model/local-model.js';
import type { Tokenizer } from '../src/local-model/tokenizer.js';

/** How the model of a benchmark behaves. */
export interface BenchModel {
  readonly latencyMs: number;
  /** ms that a batch takes. */
  readonly batchMs?: number;
  /** Counts tokens as OpenAI's models do, the schema of an answer among them; else by bytes. */
  readonly countsTokens?: boolean;
}

const BY_O200K: Tokenizer = {
  bytesAToken: Uint32Array.BYTES_PER_ELEMENT,
  bytesOf: (text) => Buffer.from(Uint32Array.from(encode(text)).buffer),
  textsOf: ({ messages, response_format }) => [JSON.stringify(response_format ?? ''), ...messages.map(({ content }) => content)],
};

// A local model in a process of its own, so that what it computes is not counted to the worker: tells its address, its account when it is asked, and ends
// with its parent.
const { latencyMs, batchMs = 0, countsTokens = false } = JSON.parse(process.argv[2] ?? '{"latencyMs":0}') as BenchModel;
const model = await openLocalModel({
  port: 0,
  behave: () => ({ kind: 'sound', latencyMs }),
  behaveBatch: () => ({ delayMs: batchMs }),
  ...(countsTokens && { tokenizer: BY_O200K }),
});
process.on('disconnect', () => void model.close().then(() => process.exit(0)));
process.on('message', () => process.send?.(model.account));
process.send?.(model.url);
