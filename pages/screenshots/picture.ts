import type { Browser } from 'playwright-core';

/** Bytes that a picture may have. */
export const MOST_BYTES = 80_000;
/** Qualities that are tried, best first. */
const QUALITIES = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3] as const;

/** Makes WebP of a PNG, as good as its size allows; the browser does it, so that no library must. @throws when even the poorest is too large */
export async function smallPicture(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  try {
    for (const quality of QUALITIES) {
      const text = await page.evaluate<string>(`(${ENCODE})(${JSON.stringify([png.toString('base64'), quality])})`);
      const made = Buffer.from(text, 'base64');
      if (made.length <= MOST_BYTES) return made;
    }
  } finally {
    await page.close();
  }
  throw new Error(`a picture is larger than ${MOST_BYTES} bytes at the poorest quality`);
}

/** Runs in the page: a text, since nothing here knows what a page knows. */
const ENCODE = `async ([png, quality]) => {
  const bitmap = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d').drawImage(bitmap, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality })).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}`;
