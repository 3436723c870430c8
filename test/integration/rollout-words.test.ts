import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { judgeRollout } from '../../eval/rollout.js';
import { addDays } from '../../src/domain/local-date.js';
import { armOf } from '../../src/domain/rollout/arm.js';
import type { Rollout } from '../../src/domain/rollout/rollout.js';
import { runToEnd } from '../support/batch-client.js';
import { RECORD_DATE } from '../support/patients-database.js';
import { RolloutWorld } from '../support/rollout-world.js';

describe('a rollout of words', () => {
  it('gives a share of the users another vocabulary, by the rules', async () => {
    const world = new RolloutWorld();
    const { folder, end } = changedPoints();
    try {
      await world.open(60, { LLM_CANDIDATE_MODEL: '', LLM_CANDIDATE_BASE_URL: '', ADVICE_CANDIDATE_DIR: folder });
      await world.database.rows('delete from ibsafe_interventionrecord');
      const { rolloutId, request } = await world.start({ sharePercent: 50 });
      expect(request).toMatchObject({ candidate: { generator: 'RULES' }, inForce: { generator: 'RULES' } });
      expect(request.candidate.vocabulary).not.toBe(request.inForce.vocabulary);
      const { runId } = await runToEnd(world.service.url, { recordDate: addDays(RECORD_DATE, -1) });
      const written = await world.database.rows<{ user_id: number; vocabulary: string }>(
        "select user_id, outputs->>'vocabulary' as vocabulary from ibsafe_interventionrecord where record_date = $1 and gubun = 'all'",
        [addDays(RECORD_DATE, -1)],
      );
      const version = { CANDIDATE: request.candidate.vocabulary, IN_FORCE: request.inForce.vocabulary };
      expect(written.length).toBeGreaterThan(20);
      for (const { user_id: userId, vocabulary } of written)
        expect({ userId, vocabulary }).toEqual({ userId, vocabulary: version[armOf({ seed: 'spring-1', sharePercent: 50 }, userId)] });
      expect(new Set((await world.outcomes(runId)).map((each) => each.rolloutId))).toEqual(new Set([rolloutId]));
    } finally {
      await world.resources.end();
      end();
    }
  });
});

/** The project's points in a folder of their own, written a little differently: that is another version. */
function changedPoints(): { folder: string; end: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'candidate-'));
  cpSync('data/points', join(folder, 'points'), { recursive: true });
  const file = join(folder, 'points', 'walking.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\[/u, '[\n'));
  return { folder, end: () => rmSync(folder, { recursive: true }) };
}

describe('saved rows of a rollout that are judged apart', () => {
  it('are counted by the oracle, and one with something untrue in it stops the rollout', async () => {
    const world = new RolloutWorld();
    try {
      await world.open(80);
      await world.database.rows('delete from ibsafe_interventionrecord');
      const lenient = { leastUsers: 5, gateDropsPercent: 100, fallbacksPercent: 100 };
      const { rolloutId } = await world.start({ sharePercent: 50, thresholds: lenient });
      const { runId } = await runToEnd(world.service.url, {});
      const of = async (arm: string): Promise<number> => (await world.outcomes(runId)).filter((each) => each.arm === arm).length;
      const judge = (): Promise<Rollout> => judgeRollout({ DATABASE_URL: world.database.url }, rolloutId, 1_000);
      expect(await judge()).toMatchObject({
        status: 'RUNNING',
        judged: { CANDIDATE: { rows: await of('CANDIDATE'), falsehoods: 0 }, IN_FORCE: { rows: await of('IN_FORCE'), falsehoods: 0 } },
      });
      await world.database.rows(
        `update ibsafe_interventionrecord i set exercise_evaluation = exercise_evaluation || ' 어제 9,999보를 걸었습니다.' where id = (
          select (data->>'interventionId')::int from batch.event where run_id = $1 and data->'rollout'->>'arm' = 'CANDIDATE' limit 1)`,
        [runId],
      );
      expect(await judge()).toMatchObject({ status: 'STOPPED', judged: { CANDIDATE: { falsehoods: 1 } }, stop: { cause: 'FALSEHOODS' } });
    } finally {
      await world.resources.end();
    }
  });
});
