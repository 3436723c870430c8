import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { startPace, type BarState } from '../../src/cli/screen/bar.js';
import { count, duration, rate } from '../../src/cli/screen/figures.js';
import { relayScreen, showRelayed } from '../../src/cli/screen/relay.js';
import { openScreen } from '../../src/cli/screen/screen.js';

describe('progress on a pipe', () => {
  it('is a line for each tenth, once, whatever comes between', () => {
    const { stream, text } = fakeStream({ isTTY: false });
    const bar = openScreen({ lines: stream, bars: stream }).startBar('Patients');
    for (let done = 0; done <= 1_000; done += 5) bar.update(state(done, 1_000));
    bar.end();
    const lines = text().trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    expect([lines[0], lines[9]]).toEqual(['Patients: 10 %, 100 of 1,000, 250/s, 4 s left', 'Patients: 100 %, 1,000 of 1,000, 250/s']);
  });

  it('is a single line for work that ends with its first step, and none for work that never begins', () => {
    const { stream, text } = fakeStream({ isTTY: false });
    const screen = openScreen({ lines: stream, bars: stream });
    screen.startBar('Nothing').end();
    screen.startBar('All').update(state(3, 3));
    expect(text()).toBe('All: 100 %, 3 of 3, 250/s\n');
  });
});

describe('progress on a terminal', () => {
  it.each([200, 80, 60, 40, 20])('never fills a line of %i columns, since it would wrap and stay', (columns) => {
    const { stream, text } = fakeStream({ isTTY: true, columns });
    const bar = openScreen({ lines: stream, bars: stream }).startBar('Records of 2026-10-01');
    bar.update(state(123_456, 1_000_000));
    bar.end();
    for (const line of visible(text()).split(/[\r\n]/)) expect(line.length).toBeLessThan(columns);
    expect(visible(text())).toMatch(/^[^\n]+\n?$/); // one line, drawn over itself
  });

  it('makes way for a line that is said meanwhile, and comes back', () => {
    const { stream, text } = fakeStream({ isTTY: true, columns: 80 });
    const screen = openScreen({ lines: stream, bars: stream });
    const bar = screen.startBar('Patients');
    bar.update(state(50, 100));
    screen.say('Stopping');
    bar.end();
    screen.say('Stopped');
    const lines = visible(text()).split('\n');
    expect(lines[0]?.split('\r').at(-1)).toBe('Stopping');
    expect(lines[1]).toMatch(/Patients.*50 %/);
    expect(lines[2]).toBe('Stopped');
  });

  it('leaves the last state standing, however fast the states came', () => {
    const { stream, text } = fakeStream({ isTTY: true, columns: 80 });
    const bar = openScreen({ lines: stream, bars: stream }).startBar('Patients');
    for (let done = 0; done <= 100; done++) bar.update(state(done, 100));
    bar.end();
    expect(visible(text()).trimEnd().split('\r').at(-1)).toMatch(/^Patients {2}━{32} {2}100 % {2}100 of 100/);
    expect(text().split('\r').length).toBeLessThan(50); // and is not drawn for each
  });
});

describe('a screen in another process', () => {
  it('shows what it would have shown here', () => {
    const here = fakeStream({ isTTY: false });
    const there = fakeStream({ isTTY: false });
    const show = showRelayed(openScreen({ lines: there.stream, bars: there.stream }));
    for (const screen of [
      openScreen({ lines: here.stream, bars: here.stream }),
      relayScreen((message) => show(JSON.parse(JSON.stringify(message)))),
    ]) {
      screen.say('Loading');
      const bar = screen.startBar('Patients');
      bar.update(state(1, 2));
      bar.end();
      screen.say();
    }
    expect(there.text()).toBe(here.text());
    expect(there.text()).toContain('Patients: 50 %');
  });
});

describe('figures', () => {
  it('read like a person wrote them', () => {
    expect([count(1_234_567), rate(1_249.7), rate(0.25), rate(9.96)]).toEqual(['1,234,567', '1,250/s', '0.3/s', '10/s']);
    expect([0.04, 0.44, 9.94, 9.96, 59.4, 60, 200, 3_599, 7_500].map(duration)).toEqual([
      '0 s', '0.4 s', '9.9 s', '10 s', '59 s', '1 min 0 s', '3 min 20 s', '59 min 59 s', '2 h 05 min',
    ]); // prettier-ignore
  });

  it('give the pace since the beginning', () => {
    let now = 1_000;
    const pace = startPace(() => now);
    expect(pace(0, 100)).toEqual({ done: 0, total: 100, perSecond: null, secondsLeft: null });
    now = 3_000;
    expect(pace(20, 100)).toEqual({ done: 20, total: 100, perSecond: 10, secondsLeft: 8 });
  });
});

function state(done: number, total: number): BarState {
  return { done, total, perSecond: 250, secondsLeft: (total - done) / 250 };
}

function fakeStream(terminal: { isTTY: boolean; columns?: number }): { stream: PassThrough & typeof terminal; text: () => string } {
  const stream = Object.assign(new PassThrough(), terminal);
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  return { stream, text: () => (stream.read(), text) };
}

/** What a reader sees: without colours and erasing. */
function visible(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the escapes are what is to go
  return text.replaceAll(/\u001B\[[0-9;]*[mK]/g, '');
}
