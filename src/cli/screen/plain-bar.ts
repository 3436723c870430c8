import { details, percent, type Bar, type BarState } from './bar.js';
import type { TerminalStream } from './terminal-bar.js';

/** Progress for a file or a pipe: a line for every tenth of the work, each once. */
export class PlainBar implements Bar {
  private tenth = 0;

  constructor(
    private readonly label: string,
    private readonly stream: Pick<TerminalStream, 'write'>,
  ) {}

  update(state: BarState): void {
    const tenth = Math.floor(percent(state) / 10);
    if (tenth <= this.tenth) return;
    this.tenth = tenth;
    this.stream.write(`${this.label}: ${details(state).join(', ')}\n`);
  }

  end(): void {
    // Every line that was due is out.
  }
}
