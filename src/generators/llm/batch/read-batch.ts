import type { BatchRead, StoredBatch } from '../../../application/ports.js';
import { costOf } from '../account.js';
import type { Sent } from '../chat-answer.js';
import { ModelFailure } from '../model-failure.js';
import type { Reply } from '../model.js';
import type { LlmSettings } from '../settings.js';
import type { BatchEndpoint } from './batch-endpoint.js';
import { AnswerReader } from './batch-lines.js';
import type { ProviderBatch } from './provider-batch.js';

/** What a batch brought for one patient. */
export interface BatchAnswer {
  readonly inputsHash: string;
  readonly reply: Reply;
}

/** What its files are read and priced by. */
interface Reading {
  readonly endpoint: Pick<BatchEndpoint, 'content'>;
  readonly price: LlmSettings['price'];
  /** Tokens that an answer has at most, where its line said so. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
}

/** What a batch that has ended holds. A line without an answer may have been paid for where every line had its turn: then it counts as the most that it can have cost. */
export async function readBatch(
  { lines }: StoredBatch,
  { outputFile, errorFile, isWhole }: ProviderBatch,
  reading: Reading,
): Promise<BatchRead> {
  const { endpoint, price, limit, signal } = reading;
  const sent = new Map<string, Sent>(
    lines.map(({ customId, sentBytes, isUnlimited }) => [customId, { sentBytes, limit: isUnlimited ? undefined : limit }]),
  );
  const read = new AnswerReader(sent, new Date());
  for (const file of [outputFile, errorFile]) if (file !== undefined) await endpoint.content(file, read.take, signal);
  const answers = new Map<number, BatchAnswer>();
  let costMicros = 0;
  for (const { customId, userId, inputsHash, reservedMicros } of lines) {
    const answer = read.answers.get(customId);
    if (answer === undefined) costMicros += isWhole ? reservedMicros : 0;
    else if (!(answer instanceof ModelFailure)) {
      answers.set(userId, { inputsHash, reply: answer });
      const { mostIn, cachedIn, mostOut } = answer.usage;
      costMicros += costOf(price, { in: mostIn, cached: cachedIn, out: mostOut });
    }
  }
  return { answers, answered: answers.size, unanswered: lines.length - answers.size, costMicros, isWhole };
}
