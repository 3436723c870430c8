import { fieldOf } from '../call-usage.js';

/** What is to be done about a batch: it is waited for, its answers can be read as far as there are any, or it never began and holds none. */
export type BatchState = 'WAITS' | 'ENDED' | 'FAILED';

/** A batch as a provider tells of it, read once. */
export interface ProviderBatch {
  readonly id: ProviderId;
  readonly state: BatchState;
  /** Whether every line had its turn: an expired or cancelled batch ended before that. */
  readonly isWhole: boolean;
  readonly inputFile: ProviderId | undefined;
  readonly outputFile: ProviderId | undefined;
  readonly errorFile: ProviderId | undefined;
  /** Our own key, where the batch is ours. */
  readonly key: string | undefined;
}

/** An id that a provider gave, safe to stand in an address. */
export type ProviderId = string & { readonly __brand: 'ProviderId' };

/** The name under which our key stands in a batch's `metadata`. */
export const KEY_NAME = 'ibsafe_batch_key';

const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$/u;

/** By the words of OpenAI's format. Some providers write them in capitals, or as Americans do. */
const STATES: Readonly<Record<string, BatchState>> = {
  validating: 'WAITS',
  in_progress: 'WAITS',
  finalizing: 'WAITS',
  cancelling: 'WAITS',
  canceling: 'WAITS',
  completed: 'ENDED',
  expired: 'ENDED',
  cancelled: 'ENDED',
  canceled: 'ENDED',
  failed: 'FAILED',
};

/** Reads a batch out of JSON that may be anything; undefined for what is none. A state that is not known is waited for: it may be a new one on the way. */
export function providerBatchOf(told: unknown): ProviderBatch | undefined {
  const id = providerIdOf(fieldOf(told, 'id'));
  const status = fieldOf(told, 'status');
  if (id === undefined || typeof status !== 'string') return undefined;
  const word = status.toLowerCase();
  const key = fieldOf(fieldOf(told, 'metadata'), KEY_NAME);
  return {
    id,
    state: Object.hasOwn(STATES, word) ? (STATES[word] as BatchState) : 'WAITS',
    isWhole: word === 'completed',
    inputFile: providerIdOf(fieldOf(told, 'input_file_id')),
    outputFile: providerIdOf(fieldOf(told, 'output_file_id')),
    errorFile: providerIdOf(fieldOf(told, 'error_file_id')),
    key: typeof key === 'string' ? key : undefined,
  };
}

/** Reads an id; undefined for what could lead an address astray. */
export function providerIdOf(told: unknown): ProviderId | undefined {
  return typeof told === 'string' && ID.test(told) ? (told as ProviderId) : undefined;
}
