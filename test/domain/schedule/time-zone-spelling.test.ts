import { describe, expect, it, jest } from '@jest/globals';
import { dateInZone } from '../../../src/domain/local-date.js';
import { RecentlyUsed } from '../../../src/domain/recently-used.js';
import { timeZoneName } from '../../../src/domain/schedule/time-zone.js';
import { ZONE_LINKS } from '../../../src/domain/schedule/zone-links.js';
import { offsetStretches } from '../../../src/domain/slots/zone-offsets.js';

const links = Object.entries(ZONE_LINKS).flatMap(([area, places]) => places.split(' ').map((place) => `${area}${place}`));
const names = [...Intl.supportedValuesOf('timeZone'), ...links];

/** A name with capitals that the bits of a number choose. */
const mixed = (name: string, bits: number): string =>
  Array.from(name, (letter, at) => (((bits >> at) & 1) === 1 ? letter.toUpperCase() : letter.toLowerCase())).join('');

/** How many formatters are made meanwhile. */
function formattersMade(act: () => void): number {
  const made = jest.spyOn(Intl, 'DateTimeFormat');
  try {
    act();
    return made.mock.calls.length;
  } finally {
    made.mockRestore();
  }
}

describe('A time zone in any mix of capitals', () => {
  it('is one name: the usual one, of a zone and of an alias', () => {
    for (const name of names)
      for (const bits of [0, -1, 0b1010101, 0b110011]) expect([name, timeZoneName(mixed(name, bits))]).toEqual([name, name]);
    expect(['US/east-indianA', 'asia/kolkata', 'utc', 'AMERICA/PORT_OF_SPAIN', 'Mars/Base', '+09:00'].map(timeZoneName)).toEqual([
      'US/East-Indiana',
      'Asia/Kolkata',
      'UTC',
      'America/Port_of_Spain',
      undefined,
      undefined,
    ]);
  });

  it('is one zone of its offsets and of its days, also under a spelling that was saved before', () => {
    const spellings = Array.from({ length: 200 }, (_, bits) => mixed('US/East-Indiana', bits));
    expect(formattersMade(() => spellings.forEach((zone) => offsetStretches(zone, 20_000)))).toBe(1);
    expect(formattersMade(() => spellings.forEach((zone) => dateInZone(new Date(0), zone)))).toBe(1);
    expect(offsetStretches('us/EAST-indiana', 20_000)).toEqual(offsetStretches('US/East-Indiana', 20_000));
  });
});

describe('What is kept by zone', () => {
  it.each([
    ['offsets', (zone: string) => offsetStretches(zone, 20_000)],
    ['days', (zone: string) => dateInZone(new Date(0), zone)],
  ])('is bounded, and what is in use is not made again: %s', (_what, look) => {
    names.forEach(look);
    look('Asia/Seoul');
    expect(formattersMade(() => look('Asia/Seoul'))).toBe(0);
    // None of the first is kept when hundreds came after it.
    expect(formattersMade(() => names.slice(0, 20).forEach(look))).toBe(20);
  });

  it('is what was used last', () => {
    const make = jest.fn((key: string) => `${key}!`);
    const kept = new RecentlyUsed(2, make);
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) expect(kept.get(key)).toBe(`${key}!`);
    expect(make.mock.calls.flat()).toEqual(['a', 'b', 'c', 'b']);
  });
});
