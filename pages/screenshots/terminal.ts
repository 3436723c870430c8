import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

const PICTURE = 'docs/images/terminal.png';
const COLUMNS = 110;
/** On the last line of a start: where its log is. */
const AT_THE_END = 'service.log';

/** Takes the picture of a first start as a terminal shows it. @throws when the service ends before it is ready */
export async function shootTerminal(browser: Browser): Promise<void> {
  const text = await firstStart();
  const page = await browser.newPage({ viewport: { width: 1212, height: 400 } });
  await page.setContent(pageOf(linesOf(text)));
  writeFileSync(PICTURE, await page.screenshot({ fullPage: true }));
  await page.close();
  console.log(PICTURE);
}

/** What a first start writes to a terminal, with the data folder and the port that it has by default in place of those it was given. */
async function firstStart(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-terminal-'));
  chmodSync(folder, 0o755); // as root PostgreSQL runs as another user
  const data = join(folder, 'data');
  const command = `stty cols ${COLUMNS} rows 60; exec ${process.execPath} bin/ibsafe-batch.mjs start`;
  const env = { ...process.env, DATA_DIR: data, PORT: '0', NODE_ENV: 'development', LANG: 'C.UTF-8', FORCE_COLOR: '1', LC_ALL: '' };
  const child = spawn('script', ['-qefc', command, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let text = '';
  try {
    for await (const part of child.stdout.setEncoding('utf8')) {
      text += part as string;
      if (text.includes(AT_THE_END) && text.endsWith('\n')) break;
    }
    if (!text.includes(AT_THE_END)) throw new Error(`the service ended before it was ready: ${text.slice(-500)}`);
    return text.replaceAll(data, '.data').replaceAll(/(127\.0\.0\.1|localhost):\d+/g, '$1:4000');
  } finally {
    child.stdin.write('\u0003');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lines that stand on the screen at the end: what a bar drew last is what is left of it. */
function linesOf(text: string): string[] {
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => (line.split('\r').at(-1) ?? '').replaceAll('\u001B[K', ''))
    .join('\n')
    .trim()
    .split('\n');
}

const CLASS_OF_COLOUR: Readonly<Record<string, string>> = { 1: 'bold', 2: 'dim', 32: 'green', 36: 'cyan' };

/** A line as HTML: colours become classes, and addresses are links to the eye. */
function htmlOf(line: string): string {
  const [first = '', ...rest] = line.split('\u001B[');
  const painted = rest.map((part) => {
    const [, codes = '', text = ''] = /^([\d;]*)m(.*)$/.exec(part) ?? [];
    const name = CLASS_OF_COLOUR[codes];
    return name === undefined ? escaped(text) : `<i class="${name}">${escaped(text)}</i>`;
  });
  return (escaped(first) + painted.join('')).replaceAll(/(?:https?|ws):\/\/[^\s<]+/g, '<i class="cyan">$&</i>');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function pageOf(lines: readonly string[]): string {
  return `<!doctype html><style>
    body { margin: 0; padding: 34px; background: #e8eceb; }
    div { border-radius: 10px; overflow: hidden; background: #14211d; color: #dfe7e4; box-shadow: 0 8px 24px #0003; }
    b.bar { display: block; padding: 10px; background: #1f2f2a; color: #9fb0aa; text-align: center; font: 13px sans-serif; }
    pre { margin: 0; padding: 18px 24px 24px; font: 15.5px/1.5 'DejaVu Sans Mono', monospace; }
    i { font-style: normal } .green { color: #45c491 } .cyan { color: #62c7d8 } .bold { font-weight: bold; color: #fff } .dim { color: #6b7f78 }
  </style><div><b class="bar">ibsafe-batch</b><pre><i class="green">$</i> <i class="bold">npm start</i>\n\n${lines.map(htmlOf).join('\n')}</pre></div>`;
}
