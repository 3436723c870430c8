import type { Deps } from '../../src/application/ports.js';
import { orderRollout } from '../../src/application/rollouts/order-rollout.js';
import { startRollout, type OrderedRollout } from '../../src/application/rollouts/start-rollout.js';
import type { Rollout } from '../../src/domain/rollout/rollout.js';
import type { Behaviour } from '../../src/local-model/behaviour.js';
import { openLocalModel, type LocalModel } from '../../src/local-model/local-model.js';
import { createPatients, type PatientsDatabase } from './patients-database.js';
import { Resources } from './resources.js';
import { startTestService, type TestService } from './test-service.js';

/** An outcome as these tests look at it. */
export interface ArmOutcome {
  readonly userId: number;
  readonly arm: string | null;
  readonly rolloutId: string | null;
  readonly generator: string | null;
  readonly model: string | null;
}

const OUTCOMES = `select user_id as "userId", data->'rollout'->>'arm' as arm, data->'rollout'->>'id' as "rolloutId", data->>'generator' as generator, data->>'model' as model
  from batch.event where run_id = $1 and type in ('InterventionGenerated', 'UserFailed') order by user_id`;

/** Patients, a service by rules, and a candidate at a local model that does as a test says. */
export class RolloutWorld {
  readonly resources = new Resources();
  database!: PatientsDatabase;
  service!: TestService;
  model!: LocalModel;
  /** How the candidate's endpoint behaves from now on. */
  behaviour: Behaviour = { kind: 'sound' };
  /** Questions that it was asked. */
  asked = 0;

  /** What a process is told of the candidate. */
  get candidate(): Readonly<Record<string, string>> {
    return { LLM_CANDIDATE_BASE_URL: this.model.url, LLM_CANDIDATE_MODEL: 'tried', LLM_TIMEOUT_MS: '4000' };
  }

  /** @param role `api` where the workers are processes of a test's own */
  async open(users: number, environment: Readonly<Record<string, string>> = {}, role: 'all' | 'api' = 'all'): Promise<void> {
    const behave = (): Behaviour => this.behaviour;
    this.model = this.resources.use(await openLocalModel({ port: 0, behave, onReceived: () => void (this.asked += 1) }));
    this.database = this.resources.use(await createPatients(users));
    this.service = this.resources.use(await startTestService(this.database, { role, environment: { ...this.candidate, ...environment } }));
  }

  get deps(): Deps {
    return this.service.core.deps;
  }

  async start(order: Partial<OrderedRollout> = {}): Promise<Rollout> {
    const answer = await startRollout(this.deps, { program: 'daily', sharePercent: 30, seed: 'spring-1', ...order }, { actor: 'test' });
    if (answer.status !== 'accepted') throw new Error(`${answer.code}: ${answer.message}`);
    return answer.rollout;
  }

  async found(rolloutId: string): Promise<Rollout> {
    const rollout = await this.deps.rollouts.find(rolloutId);
    if (rollout === undefined) throw new Error('there is no such rollout');
    return rollout;
  }

  /** Stops a rollout by hand, so that another may begin. */
  async end(rolloutId: string): Promise<void> {
    await orderRollout(this.deps, { rolloutId, asked: { order: 'STOP' }, actor: 'test' });
  }

  /** Who wrote each event of a rollout. */
  actors(rolloutId: string): Promise<string[]> {
    return this.database.column<string>("select actor from batch.event where stream = 'rollout-' || $1 order by version", [rolloutId]);
  }

  outcomes(runId: string): Promise<ArmOutcome[]> {
    return this.database.rows<ArmOutcome>(OUTCOMES, [runId]);
  }
}
