import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { runLane } from '../../src/application/chunk/run-lane.js';
import type { Deps, Generator, Setback } from '../../src/application/ports.js';
import { tryGenerator } from '../../src/application/run/trial.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { codedError } from '../support/coded-error.js';
import { startTestService, type TestService } from '../support/test-service.js';

const [NO_RIGHT, BROKEN] = ['42501', 'XX000'];

let batch: TestBatch;
let service: TestService;
beforeAll(async () => {
  batch = await createTestBatch({ users: 10 });
  service = await startTestService(batch, { role: 'api' });
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await batch?.close();
});

const refused = (): Promise<never> => Promise.reject(codedError(BROKEN));

/** Use cases that may read no records, and whose chunks cannot be given back: what becomes of it is told as the service tells it. */
function broken(others: Partial<Deps> = {}): { -readonly [Part in keyof Deps]: Deps[Part] } {
  return {
    ...batch.deps,
    records: Object.assign(Object.create(batch.deps.records) as Deps['records'], { patients: () => Promise.reject(codedError(NO_RIGHT)) }),
    lanes: Object.assign(Object.create(batch.deps.lanes) as Deps['lanes'], { release: refused }),
    onSetback: service.core.deps.onSetback,
    ...others,
  };
}

/** Lines of the log about setbacks: level, what went wrong, its code and the sentence. */
function toldOfSetbacks(from: number): string[] {
  const lines = service.logged.slice(from).flatMap((line) => /^(\w+) (.+) \{"what":"(\w+)","code":"(\w+)"/.exec(line)?.slice(1) ?? []);
  return Array.from({ length: lines.length / 4 }, (_, at) => lines.slice(at * 4, at * 4 + 4).join(' | '));
}

describe('What a worker could not undo after a fault is in the log with its own error, and the fault ends the work:', () => {
  let from = 0;
  beforeEach(() => {
    from = service.logged.length;
  });

  it('a chunk that a lane could not give back, and a run that could not be paused', async () => {
    const runId = await batch.request();
    const begun = broken();
    const patients = (): Promise<never> => {
      begun.transaction = refused; // of what comes after the fault
      return Promise.reject(codedError(NO_RIGHT));
    };
    begun.records = Object.assign(Object.create(batch.deps.records) as Deps['records'], { patients });
    const lane = runLane(begun, runId, new AbortController().signal);
    await expect(lane).rejects.toMatchObject({ code: NO_RIGHT });
    expect(toldOfSetbacks(from)).toEqual([
      'warn | a chunk could not be given back; it goes to another lane when its lease is over | GIVE_BACK | XX000',
      'warn | a run that cannot go on could not be paused; its next chunk tries it again | PAUSE | XX000',
    ]);
  });

  it('a chunk that the trial of a generator could not give back', async () => {
    const runId = await batch.request();
    const generator = batch.deps.generators.get('RULES') as Generator;
    const trial = tryGenerator(broken(), { runId, generator }, new AbortController().signal);
    await expect(trial).rejects.toMatchObject({ code: NO_RIGHT });
    expect(toldOfSetbacks(from)).toEqual([
      'warn | a chunk could not be given back; it goes to another lane when its lease is over | GIVE_BACK | XX000',
    ]);
  });

  it('a rollout that could not be looked at', () => {
    service.core.deps.onSetback('LOOK_AT_ROLLOUT' satisfies Setback, codedError(BROKEN));
    expect(toldOfSetbacks(from)).toEqual([expect.stringMatching(/^warn \| whether a rollout is to stop .* \| LOOK_AT_ROLLOUT \| XX000$/)]);
  });
});

it('A trial that fails gives its chunk back, and the next lane works the run off', async () => {
  const runId = await batch.request();
  const { lanes } = batch.deps;
  const generator = batch.deps.generators.get('RULES') as Generator;
  const signal = new AbortController().signal;
  await expect(tryGenerator(broken({ lanes }), { runId, generator }, signal)).rejects.toMatchObject({ code: NO_RIGHT });
  expect(await lanes.isWorkedOn(runId)).toBe(false);
  await runLane(batch.deps, runId, signal);
  expect(await batch.rows('select status from batch.run_view where run_id = $1', [runId])).toEqual([{ status: 'COMPLETED_WITH_FAILURES' }]); // one of the ten cannot be advised
});
