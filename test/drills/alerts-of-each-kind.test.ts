import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ALERT_KINDS, type AlertKind } from '../../src/domain/alert/alert.js';
import { Draws } from '../faults/draws.js';
import { alertScenes, goodNight } from '../support/alert-scenes.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { KilledSchedulers } from '../support/killed-schedulers.js';

const SEED = Number(process.env['ALERT_KILLS_SEED'] ?? 1);

const draws = new Draws(SEED);
let batch: TestBatch;
let schedulers: KilledSchedulers;
let scenes: ReturnType<typeof alertScenes>;
beforeAll(async () => {
  batch = await createTestBatch({ users: 20 });
  scenes = alertScenes(batch);
  schedulers = await KilledSchedulers.start(batch, draws);
});
afterAll(async () => {
  await scenes[Symbol.asyncDispose]();
  await schedulers[Symbol.asyncDispose]();
  await batch.close();
});

/** All kinds in an order that is drawn. LOG_LAGGING hides every later event of the log, and comes last. */
function drawnOrder(): readonly AlertKind[] {
  const left = ALERT_KINDS.filter((kind) => kind !== 'LOG_LAGGING');
  const drawn: AlertKind[] = [];
  while (left.length > 0) drawn.push(...left.splice(draws.below(left.length), 1));
  return [...drawn, 'LOG_LAGGING'];
}

it(`each kind of alert is told once when it begins and once when it is over, by webhook and by mail, though processes are killed that raise and send it (seed ${SEED})`, async () => {
  const about = new Map<AlertKind, string>();
  for (const kind of drawnOrder()) {
    if (kind === 'LOG_LAGGING') await schedulers.heardOf(about, 'OPEN');
    about.set(kind, await scenes[kind].raise());
    schedulers.perhapsKillOne();
  }
  await schedulers.heardOf(about, 'OPEN');
  for (const kind of drawnOrder().toReversed()) {
    const { over } = scenes[kind];
    if (over !== 'a good night') await over();
    schedulers.perhapsKillOne();
  }
  await goodNight(batch);
  await schedulers.heardOf(about, 'RESOLVED');
  await schedulers.allSent();
  // What arrives more than once has the same id by each channel, since a process was killed that held it.
  const told = ALERT_KINDS.flatMap((kind) =>
    (['OPEN', 'RESOLVED'] as const).map((state) => {
      const alert = { kind, subject: about.get(kind) ?? '', state };
      return [kind, state, schedulers.idsOf('WEBHOOK', alert).size, schedulers.idsOf('EMAIL', alert).size];
    }),
  );
  expect(told).toEqual(ALERT_KINDS.flatMap((kind) => ['OPEN', 'RESOLVED'].map((state) => [kind, state, 1, 1])));
  expect(schedulers.doubled()).toEqual([]);
  expect(schedulers.kills).toBeGreaterThanOrEqual(4);
});
