import type { BatchBehaviour, BatchFault } from './batch-faults.js';
import type { ChatAnswer } from './completion.js';
import { Kept } from './kept.js';
import { NOTHING, plus, sumOf, type Taken } from './ledger.js';
import {
  answeredLine,
  failedLine,
  nested,
  newId,
  SERVER_ERROR,
  told,
  WINDOW_MS,
  type BatchEnd,
  type KeptBatch,
  type Told,
} from './batch-words.js';

/** A file as the local model keeps it. */
export interface KeptFile {
  readonly id: string;
  readonly filename: string;
  readonly purpose: string;
  readonly content: string;
  /** ms since 1970. */
  readonly createdAt: number;
}

/** What a desk of batches needs. */
export interface BatchDeskNeeds {
  /** Where files and batches outlive the process; undefined for nowhere. */
  readonly folder: string | undefined;
  readonly behave: () => BatchBehaviour;
  /** Answers a question of a batch; undefined where it gets no answer at all. */
  readonly answer: (body: string) => ChatAnswer | undefined;
  /** ms that a batch takes to be cancelled. */
  readonly cancelMs: number;
}

/** An order of a batch that came. */
export interface TakenOrder {
  readonly batch: object;
  readonly fault: BatchFault | null;
  readonly takeMs: number;
}

/** Files and batches of the local model. A batch's lines are answered when it is first looked at after its end. */
export class BatchDesk {
  readonly files: Kept<KeptFile>;
  readonly #batches: Kept<KeptBatch>;

  constructor(private readonly needs: BatchDeskNeeds) {
    this.files = new Kept<KeptFile>(needs.folder, 'files');
    this.#batches = new Kept<KeptBatch>(needs.folder, 'batches');
  }

  addFile(file: Pick<KeptFile, 'filename' | 'purpose' | 'content'>): KeptFile {
    return this.files.put({ ...file, id: newId('file-'), createdAt: Date.now() });
  }

  /** @returns the batch as JSON says it, and how its order is answered; undefined for a file that is not there */
  create(inputFileId: string, metadata: KeptBatch['metadata']): TakenOrder | undefined {
    if (this.files.get(inputFileId) === undefined) return undefined;
    const { delayMs = 0, takeMs = 0, fault = null } = this.needs.behave();
    if (fault === 'refused') return { batch: {}, fault, takeMs };
    const createdAt = Date.now();
    const batch = this.#batches.put({ id: newId('batch_'), inputFileId, metadata, createdAt, endsAt: createdAt + delayMs, fault, cancelledAt: null, end: null }); // prettier-ignore
    return { batch: told(batch), fault, takeMs };
  }

  get(id: string): object | undefined {
    const batch = this.#batches.get(id);
    return batch && told(this.#settled(batch));
  }

  /** Asks a batch to end; one that has ended stays as it is. */
  cancel(id: string): object | undefined {
    const batch = this.#batches.get(id);
    if (batch === undefined) return undefined;
    const settled = this.#settled(batch);
    return told(settled.end === null ? this.#settled(this.#batches.put({ ...settled, cancelledAt: settled.cancelledAt ?? Date.now() })) : settled); // prettier-ignore
  }

  /** The newest first. */
  list(): readonly Told[] {
    return this.#batches.newestFirst().map((batch) => told(this.#settled(batch)));
  }

  /** What all batches are charged with. */
  get taken(): Taken {
    return this.#batches.newestFirst().reduce((sum, { end }) => sumOf(sum, end?.taken ?? NOTHING), NOTHING);
  }

  #settled(batch: KeptBatch): KeptBatch {
    const now = Date.now();
    if (batch.end !== null) return batch;
    if (batch.cancelledAt !== null) {
      if (now < batch.cancelledAt + this.needs.cancelMs) return batch;
      return this.#end(batch, 'cancelled', (batch.cancelledAt - batch.createdAt) / Math.max(1, batch.endsAt - batch.createdAt));
    }
    if (batch.fault === 'stuck') return now < batch.createdAt + WINDOW_MS ? batch : this.#end(batch, 'expired', 0);
    if (now < batch.endsAt) return batch;
    if (batch.fault === 'expires') return this.#end(batch, 'expired', 0.5);
    if (batch.fault === 'cancels') return this.#end(batch, 'cancelled', 0.5);
    if (batch.fault === 'fails') return this.#end(batch, 'failed', 0);
    return this.#end(batch, 'completed', 1);
  }

  /** Answers a share of the lines. They come in another order than they were sent. */
  #end(batch: KeptBatch, status: BatchEnd['status'], share: number): KeptBatch {
    const requests = (this.files.get(batch.inputFileId)?.content ?? '').split('\n').filter((line) => line !== '');
    const answered = batch.fault === 'stuck' ? 0 : Math.floor(requests.length * Math.min(1, share));
    const [output, errors]: [string[], string[]] = [[], []];
    let taken = NOTHING;
    requests.forEach((line, at) => {
      const { custom_id, body } = JSON.parse(line) as { custom_id: string; body: object };
      if (batch.fault === 'never' && at % 3 === 0) return;
      if (at >= answered) {
        if (status !== 'failed') errors.push(failedLine(custom_id, `batch_${status}`));
        return;
      }
      const answer = batch.fault === 'half' && at % 2 === 1 ? SERVER_ERROR : this.needs.answer(JSON.stringify(body));
      if (answer === undefined) return;
      taken = plus(taken, answer.tokens);
      const said = answeredLine(custom_id, answer);
      (answer.status < 300 ? output : errors).push(batch.fault === 'deep' && at % 2 === 1 ? nested(said) : said);
      if (batch.fault === 'twice' && at % 2 === 0) output.push(answeredLine(custom_id, answer));
    });
    if (batch.fault === 'strange') output.push(answeredLine('request-of-another', SERVER_ERROR), 'no JSON', '{"custom_id":7}', '');
    const text = output.toReversed().join('\n');
    const end = {
      status,
      at: Date.now(),
      outputFileId: this.#file(`${batch.id}-output`, batch.fault === 'cut' ? text.slice(0, text.length * 0.4) : text),
      errorFileId: this.#file(`${batch.id}-errors`, errors.join('\n')),
      taken,
      total: requests.length,
      completed: answered,
    };
    return this.#batches.put({ ...batch, end });
  }

  /** Under a name that is the batch's own: one that is ended again after a kill has no other file. */
  #file(id: string, content: string): string | null {
    if (content === '') return null;
    return this.files.put({ id, filename: `${id}.jsonl`, purpose: 'batch_output', content: `${content}\n`, createdAt: Date.now() }).id;
  }
}
