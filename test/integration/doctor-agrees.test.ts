import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createScheduleFrom } from '../../src/application/schedules/edit-schedules.js';
import { readConfig } from '../../src/config/config.js';
import { REQUIREMENTS } from '../../src/doctor/requirements.js';
import { runDoctor, type Finding } from '../../src/doctor/run-doctor.js';
import { BROKEN, LACKING, type Broken } from '../support/broken-databases.js';
import { createDocumentedRole, type DocumentedRole } from '../support/documented-role.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const SAID_BY_READINESS = new Set(REQUIREMENTS.filter(({ since }) => since === 'readiness').map(({ check }) => check));
/** Other tests of the cluster hold transactions open: what is said of the log differs from one moment to the next. */
const UNSTEADY = 'log';

interface Ready {
  readonly ready: boolean;
  readonly checks: { readonly requirements: { readonly ok: boolean; readonly findings: readonly Pick<Finding, 'check' | 'status'>[] } };
}

describe('doctor, /readyz and the log of a start', () => {
  const resources = new Resources();
  let own: DocumentedRole;
  beforeAll(async () => {
    own = resources.use(await createDocumentedRole());
    await (await startTestService({ url: own.url }, { role: 'api' }))[Symbol.asyncDispose](); // which makes the first schedule
  });
  afterAll(() => resources.end());

  const doctor = (): Promise<readonly Finding[]> =>
    runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: own.url }), { invariants: false });

  /** What all three say must be the same. @returns what the doctor says */
  async function agree({ check, status }: Pick<Broken, 'check' | 'status'>): Promise<readonly Finding[]> {
    await using service = await startTestService({ url: own.url }, { role: 'api' });
    await until(() => Promise.resolve(service.logged.some((line) => line.includes(JSON.stringify({ check, status }).slice(1, -1)))));
    const findings = await doctor();
    const said = await ready(service);
    expect(statusOf(findings, check)).toBe(status);
    const amiss = findings.filter(
      (finding) => finding.status !== 'ok' && SAID_BY_READINESS.has(finding.check) && finding.check !== UNSTEADY,
    );
    expect(said.body.checks.requirements.findings.filter((finding) => finding.check !== UNSTEADY)).toEqual(
      amiss.map((finding) => ({ check: finding.check, status: finding.status })),
    );
    const stops = status === 'problem';
    expect(said).toMatchObject({ status: stops ? 503 : 200, body: { ready: !stops, checks: { requirements: { ok: !stops } } } });
    return findings;
  }

  it('find nothing amiss with the documented rights but that nobody works', async () => {
    const amiss = (await agree({ check: 'workers and runs', status: 'warning' })).filter(({ status }) => status !== 'ok');
    expect(amiss.map(({ check }) => check).filter((check) => check !== UNSTEADY)).toEqual(['workers and runs']);
  });

  it.each(LACKING)('agree that $what, and the statement that the doctor names mends it', async (broken) => {
    await own.asOwner(broken.break);
    // A right at a time may be named, since one can hide another.
    for (let tries = 0; tries < 4; tries += 1) {
      const findings = tries === 0 ? await agree(broken) : await doctor();
      const found = findings.find(({ check }) => check === broken.check);
      if (found?.status === 'ok') break;
      for (const [statement] of (found?.advice ?? '').matchAll(/(grant|alter role) [^;]*;/g)) await own.asOwner(statement);
    }
    expect(statusOf(await doctor(), broken.check)).toBe('ok');
    await own.asOwner('alter table public.auth_user disable row level security; alter role {role} nobypassrls');
  });

  it.each(BROKEN)('agree that $what', async (broken) => {
    await own.asOwner(broken.break);
    try {
      const findings = await agree(broken);
      expect(findings.find(({ check }) => check === broken.check)?.advice).toEqual(expect.any(String));
    } finally {
      await own.asOwner(broken.mend ?? '');
    }
    expect(statusOf(await doctor(), broken.check)).toBe(broken.check === 'workers and runs' ? 'warning' : 'ok');
  });

  it('agree that the account may make no partition any more, while the service runs', async () => {
    await using service = await startTestService({ url: own.url }, { role: 'api' });
    expect((await ready(service)).status).toBe(200);
    await own.asOwner('revoke create on schema batch from {role}');
    await until(async () => (await ready(service)).status === 503);
    const found = (await doctor()).find(({ check }) => check === 'rights on schema batch');
    expect((await ready(service)).body.checks.requirements.findings).toContainEqual({ check: 'rights on schema batch', status: 'problem' });
    await own.asOwner(/grant [^;]*;/.exec(found?.advice ?? '')?.[0] ?? '');
    await until(async () => (await ready(service)).status === 200);
  });

  it('agree that two schedules of one program come due at the same time, and not that they do at different times', async () => {
    await using service = await startTestService({ url: own.url }, { role: 'api' });
    const make = (input: object): Promise<unknown> =>
      createScheduleFrom(service.core.deps, { input: { name: 'second', frequency: 'DAILY', hour: 9, minute: 0, ...input }, actor: 'test' });
    await make({ hour: 10 });
    await make({ program: 'sleep' });
    expect(statusOf(await doctor(), 'schedules')).toBe('ok');
    await make({ frequency: 'MONTHLY', dayOfMonth: 31 });
    await agree({ check: 'schedules', status: 'warning' });
    await own.asOwner("update batch.schedule_view set status = 'DELETED' where settings->>'name' = 'second'");
  });
});

function statusOf(findings: readonly Finding[], check: string): string | undefined {
  return findings.find((finding) => finding.check === check)?.status;
}

async function ready({ url }: TestService): Promise<{ status: number; body: Ready }> {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, body: (await response.json()) as Ready };
}
