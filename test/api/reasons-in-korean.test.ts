import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { turnScheduleJobs } from '../../src/application/schedules/turn-schedule-jobs.js';
import { ModelFailure } from '../../src/generators/llm/model-failure.js';
import { outageTold } from '../../src/generators/llm/call-failure.js';
import { dataOf } from '../support/graphql-client.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

let database: TestDatabase;
let service: TestService;
beforeAll(async () => {
  database = await createTestDatabase();
  service = await startTestService(database);
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.drop();
});

const asked = (query: string): Promise<object> => dataOf<object>(service.url, query);

describe('a reason that the service keeps as English', () => {
  it('of its language model is told in either language', async () => {
    const { workers } = service.core;
    await workers.noteModel((await workers.alive())[0]?.workerId ?? '', outageTold(new ModelFailure('REFUSED', { status: 401 })).text);
    expect(await asked('{ systemStatus { modelProblem ko: modelProblem(language: KO) } }')).toEqual({
      systemStatus: {
        modelProblem: expect.stringMatching(/^the language model's endpoint refuses the key, the model or the quota \(HTTP 401\): mend/u),
        ko: '언어 모델 서버가 키, 모델 또는 사용 한도를 이유로 거부합니다 (HTTP 401). LLM_API_KEY, LLM_MODEL 또는 계정을 고치세요',
      },
    });
  });

  it('of a schedule that the dashboard paused is told in either language', async () => {
    const { deps } = service.core;
    await until(async () => (await deps.scheduleJobs.list()).length > 0);
    const jobIds = (await deps.scheduleJobs.list()).map(({ jobId }) => jobId);
    expect(await turnScheduleJobs(deps, { jobIds, to: 'PAUSED', actor: 'key:kim' })).toEqual({ ok: true, schedules: 1 });
    expect(await asked('{ schedules { nodes { pausedReason ko: pausedReason(language: KO) } } }')).toEqual({
      schedules: { nodes: [{ pausedReason: 'from the job dashboard', ko: '작업 대시보드에서' }] },
    });
    const gone = await turnScheduleJobs(deps, { jobIds: ['none'], to: 'PAUSED', actor: 'key:kim' });
    expect(gone).toMatchObject({ ok: false, why: { said: { code: 'JOB_OF_NO_SCHEDULE' } } });
  });
});
