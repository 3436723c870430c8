import { expect, it } from '@jest/globals';
import { TOLD_FOR_MS, tellBreaks } from '../../src/runtime/told-breaks.js';
import { codedError } from '../support/coded-error.js';

it('Connections that break alike many times a second are one line of the log, with their number; others are lines of their own', () => {
  let now = 0;
  const told: object[] = [];
  const tell = tellBreaks({ warn: (fields) => void told.push(fields) }, () => now);
  const [jobs, views] = [tell('job store'), tell('views')];
  for (let at = 0; at < 100; at += 1) jobs(codedError('28000'));
  views(codedError('28000'));
  jobs(codedError('57P01'));
  now = TOLD_FOR_MS;
  jobs(codedError('28000'));
  jobs(codedError('28000'));
  now += TOLD_FOR_MS;
  jobs(codedError('28000'));
  expect(told).toEqual([
    { part: 'job store', code: '28000' },
    { part: 'views', code: '28000' },
    { part: 'job store', code: '57P01' },
    { part: 'job store', code: '28000', alike: 99 },
    { part: 'job store', code: '28000', alike: 1 },
  ]);
});
