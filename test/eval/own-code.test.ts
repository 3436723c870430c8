import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const FOLDER = 'eval/oracle';
/** What the oracle is made with: files beside it, the platform, a reader of CSV, and the type of a database's pool. */
const ALLOWED = /^(?:\.\/[\w-]+\.js|node:[\w/]+|csv-parse\/sync|pg)$/u;

/** What a source imports, statically, dynamically or for its types. */
function importsOf(source: string): string[] {
  return [...source.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])(.*?)\1/gu)].map(([, , path = '']) => path);
}

describe('The oracle', () => {
  it('shares no code with what it judges: it imports its own files and nothing of src', () => {
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) {
      const source = readFileSync(`${FOLDER}/${file}`, 'utf8');
      const foreign = importsOf(source).filter((path) => !ALLOWED.test(path));
      expect({ file, foreign }).toEqual({ file, foreign: [] });
      expect({ file, hasSrc: /(?:\.\.\/)+(?:src|dist)/u.test(source) }).toEqual({ file, hasSrc: false });
    }
  });

  it('is told of by the way that imports are found', () => {
    expect(importsOf(`import { a } from '../../src/x.js';\nconst b = await import("../y.js");\nimport type { C } from './c.js';`)).toEqual([
      '../../src/x.js',
      '../y.js',
      './c.js',
    ]);
  });
});
