import { spawn, type ChildProcess } from 'node:child_process';
import { projectFile } from '../../src/base/project-file.js';
import { compileCache } from './compile-cache.js';

/** What a command left behind. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs, as a process of its own. */
export interface CliProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The first line on either stream that matches. Rejects, with all it said, when the process ends without one. */
  said(pattern: RegExp): Promise<string>;
}

/** Where a command runs: variables beside PATH, and the working folder. Nothing of the tests' own environment reaches it. */
export interface CliSurroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The built command line. */
export const MAIN = projectFile('dist/program/main.js');

/** Starts the built command line, as `npm test` and `npm start` build it, on any free port unless told otherwise. */
export function startCli(args: readonly string[], { env = {}, cwd = '/' }: CliSurroundings): CliProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', ...compileCache(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      for (const look of listeners) look();
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...texts }));
  });
  const said = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const line = `${texts.stdout}\n${texts.stderr}`.split('\n').find((one) => pattern.test(one));
        if (line === undefined) return;
        listeners.delete(look);
        resolve(line);
      };
      listeners.add(look);
      look();
      void ended.then(({ code, stdout, stderr }) => reject(new Error(`ended (${code}) without ${pattern}:\n${stdout}\n${stderr}`)), reject);
    });
  return { child, ended, said };
}

/** Runs a command to its end. */
export function cli(args: readonly string[], surroundings: CliSurroundings = {}): Promise<Ended> {
  return startCli(args, surroundings).ended;
}

/** The JSON documents of a command's stdout, one a line; throws when there is anything else. */
export function documents(stdout: string): Record<string, unknown>[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
