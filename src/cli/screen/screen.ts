import { styleText } from 'node:util';
import { shown } from './terminal.js';
import { type Bar, details, percent, type BarState } from './bar.js';

/** The part of a stream that a screen needs. */
type TerminalStream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number };

const WIDEST = 32;
const NARROWEST = 8;
/** A bar drawn more often than this (ms) only flickers. */
const REDRAW_MS = 60;
const START_OF_LINE = '\r';
const REST_OF_LINE = '\u001B[K';
const UNKNOWN: BarState = { done: 0, total: null, perSecond: null, secondsLeft: null };

/** Progress for a terminal: one line, drawn over itself. */
class TerminalBar implements Bar {
  private state = UNKNOWN;
  private drawnAt = Number.NEGATIVE_INFINITY;
  private ended = false;

  /** @param onEnd called once, when others may write again */
  constructor(
    private readonly label: string,
    private readonly stream: TerminalStream,
    private readonly onEnd: () => void,
  ) {
    this.draw();
  }

  update(state: BarState): void {
    const isFirst = this.state === UNKNOWN;
    this.state = state;
    if (isFirst || performance.now() - this.drawnAt >= REDRAW_MS) this.draw();
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.draw();
    this.stream.write('\n');
    this.onEnd();
  }

  /** Draws the last state. */
  draw(): void {
    this.drawnAt = performance.now();
    this.stream.write(`${START_OF_LINE}${this.line()}${REST_OF_LINE}`);
  }

  /** Takes the bar off the line, until the next draw. */
  clear(): void {
    this.stream.write(`${START_OF_LINE}${REST_OF_LINE}`);
  }

  private line(): string {
    const room = (this.stream.columns ?? 80) - 1; // a full last column would wrap, and then every redraw is a new line
    const parts = details(this.state);
    while (parts.length > 1 && this.label.length + parts.join('  ').length + NARROWEST + 4 > room) parts.pop();
    const text = parts.join('  ');
    const width = Math.min(WIDEST, room - this.label.length - text.length - 4);
    if (width < NARROWEST || this.state.total === null) return `${this.label}  ${text}`.slice(0, room);
    return `${this.label}  ${this.bar(width)}  ${text}`;
  }

  private bar(width: number): string {
    const filled = Math.round((percent(this.state) / 100) * width);
    return this.paint('green', '━'.repeat(filled)) + this.paint('dim', '─'.repeat(width - filled));
  }

  private paint(style: 'green' | 'dim', text: string): string {
    return styleText(style, text, { stream: this.stream as NodeJS.WriteStream });
  }
}

/** Progress for a file or a pipe: a line for every tenth of the work, each once. */
class PlainBar implements Bar {
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

/** Where a command tells people what it does. Results belong on stdout and do not come here. */
export interface Screen {
  /** One line; nothing for an empty one. */
  say(line?: string): void;
  /** Shows progress under a label until the bar is ended. One bar at a time. */
  startBar(label: string): Bar;
}

/** Where a screen's lines and bars go. */
export interface ScreenStreams {
  readonly lines: TerminalStream;
  readonly bars: TerminalStream;
}

/** A screen on two streams: a bar that is drawn over and over on a terminal, a line for every tenth elsewhere. */
export function openScreen({ lines, bars }: ScreenStreams): Screen {
  let active: TerminalBar | undefined;
  return {
    say(line = '') {
      // A line in the middle of a bar would be torn by it.
      active?.clear();
      lines.write(shown(`${line}\n`));
      active?.draw();
    },
    startBar(text) {
      const label = shown(text);
      if (bars.isTTY !== true || process.env['TERM'] === 'dumb') return new PlainBar(label, bars);
      const bar = new TerminalBar(label, bars, () => (active = undefined));
      active = bar;
      return bar;
    },
  };
}

/** A screen that shows nothing. */
export const DARK: Screen = { say: () => undefined, startBar: () => ({ update: () => undefined, end: () => undefined }) };
