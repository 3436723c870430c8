import { setTimeout as sleep } from 'node:timers/promises';
import type { Generated, Generator } from '../src/application/ports.js';

/** Stands in for a language model: keeps a lane waiting with each user, one at a time, and then answers as another generator does. */
export class WaitingGenerator implements Generator {
  readonly concurrency = 1;

  constructor(
    private readonly inner: Generator,
    private readonly waitMs: number,
  ) {}

  get name(): Generator['name'] {
    return this.inner.name;
  }

  async generate(...asked: Parameters<Generator['generate']>): Promise<Generated> {
    await sleep(this.waitMs);
    return this.inner.generate(...asked);
  }
}
