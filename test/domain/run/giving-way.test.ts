import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { FULL_PACE, giveWay, pacesOf, usersAtOnce, type GivingWay, type ReadersSeen } from '../../../src/domain/run/giving-way.js';

const LANES = 4;
const paces = pacesOf(LANES);
const LEAST = paces.length - 1;

const looks = fc.array(
  fc.record({ othersAsk: fc.boolean(), slowness: fc.option(fc.double({ min: 0, max: 20, noNaN: true }), { nil: undefined }) }),
  { maxLength: 400 },
);

/** Standings after each of so many looks at readers that are as slow as the pace makes them. */
function after(count: number, slownessAt: (step: number, look: number) => number, from: GivingWay = FULL_PACE): GivingWay[] {
  const standings: GivingWay[] = [];
  let standing = from;
  for (let look = 0; look < count; look += 1) {
    standing = giveWay(standing, { othersAsk: true, slowness: slownessAt(standing.step, look) }, paces.length);
    standings.push(standing);
  }
  return standings;
}

const changesOf = (standings: readonly GivingWay[]): number =>
  standings.filter(({ step }, at) => at > 0 && step !== standings[at - 1]?.step).length;

describe('the paces of a worker', () => {
  it.each([1, 2, 3, 4, 7, 64])(
    'with %i lanes begin with all of them, leave at least one, and each takes less than the one before',
    (lanes) => {
      const [first, ...rest] = pacesOf(lanes);
      expect(first).toEqual({ lanes, portionMs: Number.POSITIVE_INFINITY, rest: 0 });
      let before = first;
      for (const pace of rest) {
        expect(pace.lanes).toBeGreaterThanOrEqual(1);
        expect(pace.lanes).toBeLessThanOrEqual(before?.lanes ?? 0);
        expect(pace.portionMs).toBeLessThanOrEqual(before?.portionMs ?? 0);
        expect(pace.rest).toBeGreaterThanOrEqual(before?.rest ?? 0);
        expect(pace).not.toEqual(before);
        before = pace;
      }
    },
  );

  it('take as many users at once as fit into their time, and never so few that statements are most of it', () => {
    const [whole, small] = [paces[0], paces[LEAST]];
    expect(usersAtOnce(whole!, 0.3)).toBe(Number.POSITIVE_INFINITY);
    expect(usersAtOnce(small!, 0.25)).toBe(200);
    expect(usersAtOnce(small!, 40)).toBe(25);
    expect(usersAtOnce(small!, undefined)).toBe(25);
  });
});

describe('giving way', () => {
  it('stays within its bounds, whatever is seen', () => {
    fc.assert(
      fc.property(looks, (seen: readonly ReadersSeen[]) => {
        let standing = FULL_PACE;
        for (const look of seen) {
          const next = giveWay(standing, look, paces.length);
          expect(next.step).toBeGreaterThanOrEqual(0);
          expect(next.step).toBeLessThanOrEqual(LEAST);
          expect(next.step - standing.step).toBeLessThanOrEqual(2);
          if (look.othersAsk) expect(standing.step - next.step).toBeLessThanOrEqual(1);
          expect(next.patience).toBeGreaterThanOrEqual(3);
          expect(next.patience).toBeLessThanOrEqual(96);
          standing = next;
        }
      }),
    );
  });

  it('takes a step at each slow look, two where readers are far too slow, and is at the least pace after as many as there are', () => {
    expect(after(3, () => 3).map(({ step }) => paces[step]?.lanes)).toEqual([2, 1, 1]);
    expect(after(1, () => 9).map(({ step }) => paces[step]?.lanes)).toEqual([1]);
    expect(after(LEAST, () => 3).at(-1)?.step).toBe(LEAST);
    expect(after(100, () => 3).at(-1)?.step).toBe(LEAST);
  });

  it('takes all back while readers are fast, a step after three fast looks each', () => {
    const least = after(LEAST, () => 3).at(-1);
    expect(after(3 * LEAST, () => 1, least).at(-1)?.step).toBe(0);
  });

  it('holds its pace between fast and slow', () => {
    const [standing] = after(1, () => 3);
    expect(changesOf(after(500, () => 1.8, standing))).toBe(0);
  });

  it('settles where readers are fast, and tries a fuller pace ever more rarely', () => {
    for (let enough = 1; enough <= LEAST; enough += 1) {
      const standings = after(1_000, (step) => (step >= enough ? 1.2 : 3));
      expect(standings.filter(({ step }) => step === enough).length).toBeGreaterThan(950);
      expect(changesOf(standings.slice(-480))).toBeLessThanOrEqual(20);
    }
  });

  it('settles beside readers that vary as well', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: LEAST }),
        fc.array(fc.double({ min: 0.8, max: 1.2, noNaN: true }), { minLength: 600, maxLength: 600 }),
        (enough, noise) => {
          const standings = after(600, (step, look) => (step >= enough ? 1.2 : 3) * (noise[look] ?? 1));
          expect(standings.slice(100).filter(({ step }) => step >= enough).length).toBeGreaterThan(475);
          expect(changesOf(standings.slice(100))).toBeLessThan(50);
        },
      ),
    );
  });

  it('climbs quickly again once a fuller pace has proved itself', () => {
    const settled = after(400, (step) => (step >= 3 ? 1 : 3)).at(-1);
    expect(settled?.patience).toBe(96);
    const freed = after(96 + 3 * LEAST + 8, () => 1, settled);
    expect(freed.at(-1)?.step).toBe(0);
  });

  it('ends when no other has asked for four looks, and not before', () => {
    let standing = after(LEAST, () => 3).at(-1) ?? FULL_PACE;
    const silent: ReadersSeen = { othersAsk: false, slowness: undefined };
    for (let look = 0; look < 3; look += 1) standing = giveWay(standing, silent, paces.length);
    expect(standing.step).toBe(LEAST);
    standing = giveWay(standing, { othersAsk: true, slowness: undefined }, paces.length);
    for (let look = 0; look < 3; look += 1) standing = giveWay(standing, silent, paces.length);
    expect(standing.step).toBe(LEAST);
    expect(giveWay(standing, silent, paces.length)).toEqual(FULL_PACE);
  });
});
