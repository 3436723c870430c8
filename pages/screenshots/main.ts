import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from '../../test/support/browser.js';
import { type ConsoleOptions, openConsole, overflowOf, settled } from '../../test/support/console-page.js';
import { startDemoService } from './demo-service.js';
import { smallPicture } from './picture.js';
import { makeMorning, type Screen, screensOf } from './screens.js';
import { shootTerminal } from './terminal.js';

/** Where the pictures of the operator's pages are. */
const FOLDER = 'docs/operator/images';
/** Screens that the READMEs and the first page of the console show whole, and the names of these pictures. */
const DOORS = new Map([
  ['last-night', 'docs/images/console'],
  ['patient', 'docs/images/console-patient'],
]);
/** What is written: both languages, on a desk, by day. */
const WRITTEN: readonly ConsoleOptions[] = [{ language: 'ko' }, { language: 'en' }];
/** What is only looked at: errors, and a page that is wider than its window, end the command. `--all FOLDER` keeps these pictures too. */
const LOOKED_AT: readonly ConsoleOptions[] = [
  { language: 'ko', theme: 'dark' },
  { language: 'ko', width: 390 },
  { language: 'en', width: 390, theme: 'dark' },
];

/** Takes a picture of a first start in a terminal, and of each screen of the console over a demo with its nights. `--terminal` takes the first alone. */
async function main([flag, folder]: readonly string[]): Promise<number> {
  const chromium = findChromium();
  if (chromium === undefined) {
    console.error('No picture was taken: there is no Chromium. Install one, or name it by CHROMIUM_PATH.');
    return 1;
  }
  const browser = await launchChromium(chromium);
  try {
    await shootTerminal(browser);
    if (flag === '--terminal') return 0;
    await using service = await startDemoService();
    const screens = await screensOf(service.url);
    await makeMorning(service.url);
    const faults: string[] = [];
    for (const look of WRITTEN) faults.push(...(await shoot(browser, service.url, { screens, look, folder: FOLDER })));
    for (const look of LOOKED_AT) {
      faults.push(...(await shoot(browser, service.url, { screens, look, folder: flag === '--all' ? folder : undefined })));
    }
    for (const fault of faults) console.error(fault);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
  }
}

interface Shooting {
  readonly screens: readonly Screen[];
  readonly look: ConsoleOptions;
  /** Where pictures go; without it the screens are only looked at. */
  readonly folder: string | undefined;
}

/** @returns what is wrong with the screens, a line each */
async function shoot(browser: Browser, url: string, { screens, look, folder }: Shooting): Promise<string[]> {
  const faults: string[] = [];
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  for (const { name, path } of screens) {
    await using open = await openConsole(browser, url, path, look);
    const { page, problems } = open;
    await settled(page);
    const wider = await overflowOf(page);
    const file = `${name}${suffixOf(look)}`;
    faults.push(...problems.map((problem) => `${file}: ${problem}`), ...(wider > 0 ? [`${file}: ${wider} px wider than its window`] : []));
    if (folder === undefined) continue;
    const isWritten = folder === FOLDER;
    const png = await page.screenshot({ animations: 'disabled', fullPage: !isWritten });
    const made = isWritten ? await smallPicture(browser, png) : png;
    const written = join(folder, `${file}.${isWritten ? 'webp' : 'png'}`);
    writeFileSync(written, made);
    console.log(`${written} ${Math.round(made.length / 1_000)} kB`);
    const door = isWritten ? DOORS.get(name) : undefined;
    if (door !== undefined)
      writeFileSync(`${door}${suffixOf(look)}.png`, await page.screenshot({ animations: 'disabled', fullPage: true }));
  }
  return faults;
}

/** `.ko` for Korean, as the pages have it; then what differs from a desk by day. */
function suffixOf({ language = 'ko', theme = 'light', width = 1440 }: ConsoleOptions): string {
  return `${width === 1440 ? '' : `-${width}`}${theme === 'light' ? '' : `-${theme}`}${language === 'ko' ? '.ko' : ''}`;
}

process.exitCode = await main(process.argv.slice(2));
