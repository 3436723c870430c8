import { describe, expect, it } from '@jest/globals';
import { localTime } from '../../../src/domain/slots/local-time.js';

describe('localTime', () => {
  it.each([
    ['2026-11-23T12:00:00Z', 'Asia/Seoul', '2026-11-23T21:00:00+09:00'],
    ['2026-11-23T12:00:00Z', 'UTC', '2026-11-23T12:00:00+00:00'],
    ['2026-11-23T02:00:00Z', 'America/St_Johns', '2026-11-22T22:30:00-03:30'],
    ['2026-01-01T00:00:00Z', 'Asia/Kathmandu', '2026-01-01T05:45:00+05:45'],
    ['2027-03-28T00:59:59Z', 'Europe/London', '2027-03-28T00:59:59+00:00'],
    ['2027-03-28T01:00:00Z', 'Europe/London', '2027-03-28T02:00:00+01:00'],
    ['2026-12-31T10:30:00Z', 'Pacific/Kiritimati', '2027-01-01T00:30:00+14:00'],
  ])('shows %s in %s as %s, the same instant', (at, timeZone, expected) => {
    expect(localTime(new Date(at), timeZone)).toBe(expected);
    expect(new Date(expected)).toEqual(new Date(at));
  });
});
