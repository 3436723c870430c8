import type { Page } from 'playwright-core';
import { until } from './until.js';

/** More presses than any page of the console has places for the focus. */
const MAX_PRESSES = 150;

/** What has the focus: how it is called, and whether that is seen. */
interface Focused {
  readonly name: string;
  readonly tag: string;
  readonly inDialog: boolean;
  /** Whether an outline or a shadow marks it, it lies within the window, and nothing else lies on it. */
  readonly seen: boolean;
}

// Sent as text: the page's policy forbids what it would evaluate by itself, and functions would need the types of a browser.
const FOCUSED = `(() => {
  const one = document.activeElement;
  if (one === null || one === document.body) return null;
  const labels = one.labels ? [...one.labels].map((each) => each.textContent) : [];
  const style = getComputedStyle(one);
  const { top, bottom, left, right } = one.getBoundingClientRect();
  const place = (from, to, most) => Math.min(Math.max((Math.max(from, 0) + Math.min(to, most)) / 2, 0), most - 1);
  const above = document.elementFromPoint(place(left, right, innerWidth), place(top, bottom, innerHeight));
  const isFree = above === null || one.contains(above) || above.contains(one) || [...(one.labels ?? [])].some((label) => label.contains(above));
  const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  return {
    name: [one.getAttribute('aria-label'), ...labels, one.tagName === 'INPUT' || one.tagName === 'SELECT' ? '' : one.textContent].filter(Boolean).join(' ').replace(/\\s+/g, ' ').trim(),
    tag: one.tagName,
    inDialog: one.closest('[role=dialog]') !== null,
    seen: marked && isFree && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
  };
})()`;

/** Who uses a page by keyboard alone: nothing here touches a pointer. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** What has the focus; undefined where nothing has. */
  async focused(): Promise<Focused | undefined> {
    return (await this.page.evaluate<Focused | null>(FOCUSED)) ?? undefined;
  }

  /** Presses Tab until something has the focus that is called so, and sees to it that the place of the focus is seen. @throws when nothing is */
  async reach(name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Focused> {
    const met: string[] = [];
    for (let presses = 0; presses < MAX_PRESSES; presses += 1) {
      await this.page.keyboard.press(key);
      const focused = await this.focused();
      if (focused === undefined) continue; // the browser's own controls
      if (!focused.seen && focused.tag !== 'MAIN') throw new Error(`the focus on “${focused.name}” is not seen`);
      if (typeof name === 'string' ? focused.name === name || focused.name.startsWith(`${name} `) : name.test(focused.name)) return focused;
      met.push(focused.name.slice(0, 40));
    }
    throw new Error(`the keyboard does not reach ${String(name)}; it met ${[...new Set(met)].join(' | ')}`);
  }

  /** Presses Tab until the browser's own controls have the focus. @returns what was met, and of it what is not seen */
  async walk(): Promise<{ readonly met: readonly string[]; readonly unseen: readonly string[] }> {
    const [met, unseen]: [string[], string[]] = [[], []];
    for (let presses = 0; presses < MAX_PRESSES; presses += 1) {
      await this.page.keyboard.press('Tab');
      const focused = await this.focused();
      if (focused === undefined) break;
      met.push(focused.name);
      if (!focused.seen) unseen.push(focused.name);
    }
    return { met, unseen };
  }

  /** Reaches something and presses Enter. */
  async enter(name: string | RegExp): Promise<void> {
    await this.reach(name);
    await this.page.keyboard.press('Enter');
  }

  /** Reaches a field, empties it and types. */
  async type(name: string | RegExp, text: string): Promise<void> {
    await this.reach(name);
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(text);
  }

  /** Reaches a field for a day and types it, part by part, as its own keys take it. @param day `YYYY-MM-DD` */
  async typeDay(name: string | RegExp, day: string): Promise<void> {
    await this.reach(name);
    const [year = '', month = '', date = ''] = day.split('-');
    await this.page.keyboard.type(`${month}${date}${year}`);
  }

  /** Waits until something called so has the focus, without a key. */
  async has(name: string | RegExp): Promise<void> {
    await until(async () => {
      const now = (await this.focused())?.name ?? '';
      return typeof name === 'string' ? now === name || now.startsWith(`${name} `) : name.test(now);
    });
  }

  /** Goes through an open dialog with Tab. @returns whether the focus stayed in it all the time */
  async staysInDialog(presses = 25): Promise<boolean> {
    for (let press = 0; press < presses; press += 1) {
      await this.page.keyboard.press('Tab');
      if ((await this.focused())?.inDialog === false) return false;
    }
    return true;
  }
}
