import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from './markdown.js';
import { weakAssertions } from './assertions.js';

const FILES = readdirSync(new URL('test/', ROOT), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

it.each(FILES.toSorted())('test/%s asserts what must be there, and not only what must not', (name) => {
  expect(weakAssertions(readFileSync(new URL(`test/${name}`, ROOT), 'utf8'))).toEqual([]);
});

describe('an assertion that an internal error passes', () => {
  it.each([
    ['a word that is not in an answer', `it('a', async () => { expect(await ask()).not.toContain('FORBIDDEN'); });`],
    ['a pattern that an answer does not match', `it('a', async () => { const text = await ask(); expect(text).not.toMatch(/errors/); });`],
    ['a property that an answer does not have', `it('a', async () => { expect(JSON.parse(await ask())).not.toHaveProperty('code'); });`],
    ['a text without something in it', `it('a', async () => { expect(await ask()).toEqual(expect.not.stringContaining('errors')); });`],
    [
      'a word, beside other answers of the same',
      `it('a', async () => { expect((await ask(1)).text).toBe('no'); expect((await ask(2)).text).not.toContain('FORBIDDEN'); });`,
    ],
    ['any error', `it('a', () => { expect(() => ask()).toThrow(); });`],
    ['any rejection', `it('a', async () => { await expect(ask()).rejects.toThrow(); });`],
    ['a word, in a suite of suites', `describe('a', () => { describe.each([1])('b', () => { it.each([1])('c', () => { expect(ask()).not.toMatch('x'); }); }); });`], // prettier-ignore
  ])('is found: %s', (_, source) => {
    expect(weakAssertions(source)).toMatchObject([{ line: 1 }]);
  });

  it.each([
    [
      'the answer is told as well',
      `it('a', async () => { const text = await ask(); expect(text).toContain('done'); expect(text).not.toContain('secret'); });`,
    ],
    ['its status is', `it('a', async () => { const { status, text } = await ask(); expect({ status, text }).toMatchObject({ status: 200 }); expect(text).not.toContain('x'); });`], // prettier-ignore
    ['two values differ', `it('a', () => { expect(draw(1)).not.toEqual(draw(2)); });`],
    ['the error is named', `it('a', () => { expect(() => ask()).toThrow('no such run'); });`],
    ['nothing is thrown', `it('a', () => { expect(() => ask()).not.toThrow(); });`],
  ])('is none where %s', (_, source) => {
    expect(weakAssertions(source)).toEqual([]);
  });

  it('is told by its line, whatever letters stand before it', () => {
    const source = `// 카나리아새\n\nit('a', async () => {\n  expect(await ask()).not.toContain('x');\n});\n`;
    expect(weakAssertions(source)).toEqual([{ line: 4, why: expect.stringContaining('internal error') }]);
  });
});
