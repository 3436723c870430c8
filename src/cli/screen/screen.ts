import type { Bar } from './bar.js';
import { PlainBar } from './plain-bar.js';
import { TerminalBar, type TerminalStream } from './terminal-bar.js';

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
      lines.write(`${line}\n`);
      active?.draw();
    },
    startBar(label) {
      if (bars.isTTY !== true || process.env['TERM'] === 'dumb') return new PlainBar(label, bars);
      const bar = new TerminalBar(label, bars, () => (active = undefined));
      active = bar;
      return bar;
    },
  };
}

/** A screen that shows nothing. */
export const DARK: Screen = { say: () => undefined, startBar: () => ({ update: () => undefined, end: () => undefined }) };
