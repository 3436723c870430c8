import { createInterface } from 'node:readline/promises';
import { shown } from '../screen/terminal.js';

/** Whether an operator sits at a terminal and can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks the operator at the terminal; whatever is no yes is a no. @throws AbortError when `signal` aborts first */
export async function confirmed(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^\s*y(es)?\s*$/i.test(await terminal.question(`${shown(question)} [y/N] `, { signal }));
  } finally {
    terminal.close();
  }
}

/** Asks the operator at the terminal for words that confirm what cannot be undone. @returns them as typed @throws AbortError when `signal` aborts first */
export async function typed(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(`${question} `, { signal });
  } finally {
    terminal.close();
  }
}
