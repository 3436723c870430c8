import { describe, expect, it } from '@jest/globals';
import { keptFigures, withRows } from '../../bench/kept-figures.js';
import { MADE_PAGES } from '../../pages/made-pages.js';
import { readDocument } from './markdown.js';

describe.each(Object.entries(MADE_PAGES))('%s', (path, made) => {
  it('says what its source says: run npm run pages where it does not', () => {
    expect(readDocument(path) === made()).toBe(true);
  });
});

describe('bench/figures.json', () => {
  it('has a date, conditions and a command for each figure, and each figure once', () => {
    const figures = keptFigures();
    for (const figure of figures) {
      expect(figure).toEqual({
        what: expect.stringMatching(/./),
        found: expect.stringMatching(/./),
        budget: expect.any(String),
        on: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
        conditions: expect.stringMatching(/./),
        command: expect.stringMatching(/^npm run (bench|eval)/),
      });
    }
    expect(new Set(figures.map(({ what }) => what)).size).toBe(figures.length);
  });

  it('takes a measured row in place of the earlier figure of its name, and a new row at its end', () => {
    const earlier = { what: 'a', found: '1', budget: '≥ 1', on: '2026-01-01', conditions: 'one core', command: 'npm run bench' };
    const other = { ...earlier, what: 'b' };
    const made = { on: '2026-02-02', conditions: 'two cores', command: 'npm run bench -- --rounds 3' };
    const rows = [['c', '3', ''] as const, ['a', '2', '≥ 1'] as const];
    expect(withRows([earlier, other], rows, made)).toEqual([
      { what: 'a', found: '2', budget: '≥ 1', ...made },
      other,
      { what: 'c', found: '3', budget: '', ...made },
    ]);
  });
});
