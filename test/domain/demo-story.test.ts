import { expect, it } from '@jest/globals';
import { storyOf, type Stage, Sky, USUAL } from '../../src/demo/history/story.js';
import { addDays, localDate } from '../../src/domain/local-date.js';

/** A service that does nothing. */
const IDLE = new Proxy({}, { get: () => () => Promise.resolve() }) as Stage['world'];

it('what befalls a night is over before the other schedule comes due: no weekday decides how the history ends', async () => {
  const sky = new Sky(100);
  const stage: Stage = { world: IDLE, sky, night: (ago) => addDays(localDate('2026-03-10'), -ago) };
  const failingAtHalfPast: number[] = [];
  for (const scene of storyOf(60)) {
    if (scene.at === '09:30' && sky.weather.failing !== USUAL.failing) failingAtHalfPast.push(scene.ago);
    await scene.act(stage);
  }
  expect(failingAtHalfPast).toEqual([]);
  expect(sky.weather).toEqual(USUAL);
});

it.each([1, 6, 9, 12, 30, 60])('a history of %i nights has each of its mornings, and begins no scene in the middle', (nights) => {
  const story = storyOf(nights);
  const mornings = story.filter(({ at, ago }) => at === '09:00' && ago <= nights).map(({ ago }) => ago);
  const away = [53, 52].filter((ago) => ago <= nights);
  expect(mornings).toHaveLength(nights - away.length);
  const whens = story.map(({ ago, at }) => `${String(1_000 - ago)} ${at}`);
  expect(whens).toEqual(whens.toSorted());
  // Who resumes a run must find one that was paused: a night that is resumed on the next morning is there with the morning before it.
  if (nights < 10) expect(story.some(({ ago, at }) => ago === 9 && at === '11:00')).toBe(false);
});
