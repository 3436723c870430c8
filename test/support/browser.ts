import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where this machine's Chromium is: `CHROMIUM_PATH`, or where Debian puts it; undefined where there is none. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM_PATH'], '/usr/bin/chromium'].find((path) => path !== undefined && existsSync(path));
}

/** Starts a Chromium without a window that calls no host of its own accord, so that every request a test sees is the page's. */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
