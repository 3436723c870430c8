import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { OLDEST } from '../../scripts/runtime.mjs';

it.each(['README.md', 'README.ko.md'])('%s names the oldest Node that the scripts take where npm carries none', (page) => {
  const [line = ''] = /^.*macOS.*$/m.exec(readFileSync(page, 'utf8')) ?? [];
  expect([...line.matchAll(/\d+\.\d+/g)].map(String)).toEqual(OLDEST.map((oldest) => oldest.join('.')));
});
