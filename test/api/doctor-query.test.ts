import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { codeOfCheck } from '../../src/domain/code-of-check.js';
import { REQUIREMENTS } from '../../src/doctor/requirements.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';
import { dataOf, ask } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { holdTable } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const DOCTOR = '{ doctor { level at findings { level code check message advice } } }';

interface Report {
  readonly level: string;
  readonly findings: readonly { readonly level: string; readonly code: string; readonly check: string; readonly advice: string | null }[];
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(20));
  service = resources.use(await startTestService(database, { environment: { DATABASE_URL: database.url } }));
});

afterAll(async () => {
  await resources.end();
});

const doctor = async (): Promise<Report> => (await dataOf<{ doctor: Report }>(service.url, DOCTOR)).doctor;

describe('doctor as a query', () => {
  it('tells what the command tells, each thing with a code of its own', async () => {
    const { findings } = await doctor();
    const told = await runDoctor(readConfig({ DATABASE_URL: database.url }), { invariants: false });
    expect(findings.map(({ check, level }) => [check, level.toLowerCase()]).filter(([check]) => check !== 'log')).toEqual(
      told.map(({ check, status }) => [check, status]).filter(([check]) => check !== 'log'),
    );
    expect(findings.length).toBeGreaterThanOrEqual(REQUIREMENTS.length);
    expect(new Set(findings.map(({ code }) => code)).size).toBe(findings.length);
    for (const { code } of findings) expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['POSTGRESQL', 'IBSAFES_TABLES', 'TRIAL_OF_A_RUN']));
  });

  it('tells a problem with what to do, and the level of the worst', async () => {
    await database.rows('alter table ibsafe_userprofile rename to moved');
    const { level, findings } = await doctor();
    await database.rows('alter table moved rename to ibsafe_userprofile');
    expect(level).toBe('PROBLEM');
    expect(findings.find(({ code }) => code === 'IBSAFES_TABLES')).toMatchObject({ level: 'PROBLEM', advice: expect.any(String) });
  });

  it('tells each thing in Korean as well, and quickly only what readiness is judged by', async () => {
    const asked = 'level code message(language: KO) english: message advice(language: KO) check(language: KO)';
    type Told = { readonly code: string; readonly message: string; readonly english: string; readonly check: string };
    const told = async (args: string): Promise<readonly Told[]> =>
      (await dataOf<{ doctor: { findings: readonly Told[] } }>(service.url, `{ doctor${args} { findings { ${asked} } } }`)).doctor.findings;
    const [all, quick] = [await told(''), await told('(quick: true)')];
    for (const { code, message, english, check } of all) {
      expect([code, message, check]).toEqual([code, expect.stringMatching(/[가-힣]/), expect.stringMatching(/[가-힣]|PostgreSQL|Node/)]);
      expect(message).not.toBe(english);
    }
    const ready = REQUIREMENTS.filter(({ since }) => since === 'readiness').map(({ check }) => codeOfCheck(check));
    expect(quick.map(({ code }) => code)).toEqual(ready);
  });

  it('looks once for all who ask at the same time, and anew for who asks later', async () => {
    const trials = (): Promise<number[]> =>
      database.column<number>(
        `select count(*)::int from pg_stat_activity where datname = current_database() and application_name like '%doctor%'`,
      );
    // The look stands before a table that is held, while ten ask.
    const hold = await holdTable(database, 'ibsafe_userprofile in access exclusive mode');
    let [isOver, most] = [false, 0];
    const settled = Promise.all(Array.from({ length: 4 }, () => doctor())).finally(() => (isOver = true));
    const count = async (): Promise<number> => (most = Math.max(most, (await trials())[0] ?? 0));
    // A connection of its own may come and go before the next one is made: what was seen once was there.
    await until(async () => (await count()) > 0 || isOver);
    await hold.release();
    await until(async () => (await count(), isOver));
    const reports = await settled;
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(3); // the pool of one doctor
    expect(new Set(reports.map((report) => JSON.stringify(report.findings))).size).toBe(1);
    expect((await doctor()).findings.length).toBe(reports[0]?.findings.length);
  });

  it('is answered with what happened when it takes too long, and not looked at twice', async () => {
    const { core } = service;
    const real = core.health.examine.bind(core.health);
    let looked = 0;
    core.health.examine = () => {
      looked += 1;
      return new Promise(() => undefined);
    };
    const { errors } = await ask(service.url, DOCTOR);
    core.health.examine = real;
    expect(errors).toMatchObject([{ message: expect.stringContaining('Ask again'), extensions: { code: 'DOCTOR_BUSY' } }]);
    expect(looked).toBe(1);
  });
});
