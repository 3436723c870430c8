import { describe, expect, it } from '@jest/globals';
import { MAX_DATES } from '../../src/domain/backfill/decide-backfill.js';

/** The console is a package of its own, whose types are not those of the service: what is asked of it here. */
interface Finding {
  readonly kind: string;
  readonly tone: string;
  readonly amiss?: { readonly code: string };
}
interface Judged {
  readonly tone: string;
  readonly findings: readonly Finding[];
  readonly kept: number;
  readonly totals: object;
}
type Judge = (night: object, today: string, amiss: readonly { code: string; level: 'WARNING' | 'PROBLEM' }[]) => Judged;
interface Usual {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}
interface DayForecast {
  readonly users: number;
  readonly eligible: number;
  readonly seconds: number | null;
  readonly costUsd: number;
}

const consoleModule = async <Module>(path: string): Promise<Module> => (await import(`../../console/src/${path}.js`)) as Module;
const { judge } = await consoleModule<{ judge: Judge }>('screens/last-night/findings');
const { withoutAdviceIn } = await consoleModule<{ withoutAdviceIn: (night: object | undefined) => number | undefined }>(
  'runs/without-advice',
);
const { usualOf, besideUsual } = await consoleModule<{
  usualOf: (values: readonly number[]) => Usual | undefined;
  besideUsual: (value: number, usual: Usual) => string;
}>('screens/last-night/usual');
const { daysFrom, MAX_DAYS, summed } = await consoleModule<{
  MAX_DAYS: number;
  daysFrom: (from: string, to: string) => readonly string[];
  summed: (days: readonly DayForecast[]) => object;
}>('orders/days-forecast');

const TODAY = '2026-11-27';
const ok = { ok: true, problem: null };
const schedule = {
  id: 's', name: 'nightly', active: true, status: 'ACTIVE', program: 'DAILY', timeZone: 'Asia/Seoul', pausedReason: null, nextSlots: [], overdueSlot: null, lastSlot: null,
}; // prettier-ignore
const status = {
  database: ok,
  jobStore: ok,
  log: { alarm: false, problem: null },
  modelProblem: null,
  workers: [{ lanes: 0 }, { lanes: 4 }],
};
const run = {
  id: 'r', program: 'DAILY', recordDate: '2026-11-26', status: 'COMPLETED', dryRun: false, onExisting: 'SKIP', parent: null, requestedAt: '2026-11-27T00:00:00Z', pausedCause: null,
  progress: { failed: 0, generated: 9, skipped: 0, roster: 9 },
}; // prettier-ignore
const night = (different: object = {}): object => ({
  alerts: { nodes: [] }, nights: [], systemStatus: status, schedules: { nodes: [schedule] }, recent: { nodes: [run] }, scheduled: { nodes: [] }, failing: { nodes: [] }, open: { nodes: [] }, ...different,
}); // prettier-ignore
const kinds = ({ findings }: Judged): string[] => findings.map(({ kind, amiss }) => amiss?.code ?? kind);

const alert = (kind: string, subject: string): object => ({ id: kind + subject, kind, subject, silenced: false, text: '', path: '' });
const on = (recordDate: string, generated: number, skipped: number): object => ({ program: 'DAILY', recordDate, runs: 1, openRuns: 0, eligible: generated, generated, existed: 0, skipped, failed: 0, readyBy: null, ready: null }); // prettier-ignore

describe('A night is judged', () => {
  it('well where a run ended, a worker has lanes and a schedule is active', () => {
    expect(judge(night(), TODAY, [])).toMatchObject({ tone: 'good', findings: [] });
  });

  it('bad where no process has a lane, although some live', () => {
    const judged = judge(night({ systemStatus: { ...status, workers: [{ lanes: 0 }, { lanes: 0 }] }, recent: { nodes: [{ ...run, status: 'RUNNING' }] } }), TODAY, []); // prettier-ignore
    expect([judged.tone, kinds(judged)]).toEqual(['bad', ['no-worker']]);
  });

  it('bad where a slot is overdue, and nothing has run', () => {
    const late = { ...schedule, overdueSlot: '2026-11-27T00:00:00Z' };
    const judged = judge(night({ schedules: { nodes: [late] }, recent: { nodes: [] } }), TODAY, []);
    expect([judged.tone, kinds(judged)]).toEqual(['bad', ['no-run']]);
  });

  it('by what readiness finds and nothing else tells', () => {
    const amiss = ['RUNS', 'SCHEDULES', 'WORKERS_AND_RUNS', 'LOG', 'JOB_STORE'].map((code) => ({ code, level: 'WARNING' as const }));
    expect(kinds(judge(night(), TODAY, amiss))).toEqual(['RUNS', 'SCHEDULES', 'WORKERS_AND_RUNS', 'LOG', 'JOB_STORE']);
    const ill = night({
      systemStatus: { ...status, workers: [], log: { alarm: true, problem: 'late' }, jobStore: { ok: false, problem: 'away' } },
      schedules: { nodes: [] },
      recent: { nodes: [{ ...run, status: 'PAUSED' }] },
    });
    expect(kinds(judge(ill, TODAY, amiss)).toSorted()).toEqual(['no-schedule', 'no-worker', 'paused', 'system', 'system']);
  });

  it('by failures that a retry of some of them leaves, and not by those of which all are retried', () => {
    const failed = { ...run, status: 'COMPLETED_WITH_FAILURES', progress: { ...run.progress, failed: 4, generated: 5 } };
    const retry = (roster: number): object => ({ ...run, id: 'again', parent: { id: 'r' }, requestedAt: '2026-11-27T01:00:00Z', progress: { ...run.progress, roster } }); // prettier-ignore
    const left = [{ program: 'DAILY', recordDate: '2026-11-26', runs: 2, openRuns: 0, eligible: 9, generated: 6, existed: 0, skipped: 0, failed: 3, readyBy: null, ready: null }]; // prettier-ignore
    expect(kinds(judge(night({ nights: left, recent: { nodes: [retry(1), failed] } }), TODAY, []))).toEqual(['failures']);
    expect(kinds(judge(night({ nights: left, recent: { nodes: [retry(4), failed] } }), TODAY, []))).toEqual([]);
  });

  it('by those who failed in a run anew and keep the advice of before: the figures count each by that advice, and the night is told with them', () => {
    const anew = { ...run, id: 'anew', status: 'COMPLETED_WITH_FAILURES', onExisting: 'REGENERATE', requestedAt: '2026-11-27T01:00:00Z', progress: { ...run.progress, failed: 4, generated: 5 } }; // prettier-ignore
    const all = [{ program: 'DAILY', recordDate: '2026-11-26', runs: 2, openRuns: 0, eligible: 9, generated: 9, existed: 0, skipped: 0, failed: 0, readyBy: null, ready: null }]; // prettier-ignore
    const judged = judge(night({ nights: all, recent: { nodes: [anew, run] } }), TODAY, []);
    expect([kinds(judged), judged.kept]).toEqual([['failures'], 4]);
    expect(judge(night({ nights: all }), TODAY, []).kept).toBe(0);
  });

  it('by the run that has come furthest while none has ended: another may wait for it', () => {
    const paused = { ...run, status: 'PAUSED', progress: { failed: 8, generated: 2, skipped: 1, roster: 20 } };
    const waits = { ...run, id: 'waits', status: 'REQUESTED', requestedAt: '2026-11-27T00:00:01Z', progress: { failed: 0, generated: 0, skipped: 0, roster: null } }; // prettier-ignore
    const none = [{ program: 'DAILY', recordDate: '2026-11-26', runs: 2, openRuns: 2, eligible: 0, generated: 0, existed: 0, skipped: 0, failed: 0, readyBy: null, ready: null }]; // prettier-ignore
    expect(judge(night({ nights: none, recent: { nodes: [waits, paused] } }), TODAY, []).totals).toMatchObject({ generated: 2, skipped: 1, failed: 8 }); // prettier-ignore
  });

  it('by how its runs stand now, and not by alerts of them that are not over yet', () => {
    const alerts = { nodes: ['RUN_PAUSED', 'RUN_FAILURES', 'RUN_FAILED'].flatMap((kind) => [alert(kind, 'r'), alert(kind, 'of another night')]) }; // prettier-ignore
    expect(kinds(judge(night({ alerts, recent: { nodes: [{ ...run, status: 'RUNNING' }] } }), TODAY, []))).toEqual(['alert', 'alert', 'alert']); // prettier-ignore
    expect(kinds(judge(night({ alerts: { nodes: [alert('RUN_PAUSED', 'r')] }, recent: { nodes: [{ ...run, status: 'PAUSED' }] } }), TODAY, []))).toEqual(['paused']); // prettier-ignore
  });

  it('by far fewer patients with advice than usual, though no run says why', () => {
    const before = ['21', '22', '23', '24', '25'].map((day) => on(`2026-11-${day}`, 80, 20));
    const judged = (generated: number, of: object): string[] => kinds(judge(night({ nights: [...before, on('2026-11-26', generated, 100 - generated)], recent: { nodes: [{ ...run, ...of }] } }), TODAY, [])); // prettier-ignore
    const bySlot = { trigger: 'SCHEDULE', progress: { ...run.progress, roster: 100 } };
    expect(judged(39, bySlot)).toEqual(['few']);
    expect(judged(40, bySlot)).toEqual([]);
    expect(judged(1, { ...bySlot, status: 'RUNNING' })).toEqual([]); // not over yet
    expect(judged(1, { trigger: 'MANUAL', progress: { ...run.progress, roster: 1 } })).toEqual([]); // of one patient, by hand
    expect(judged(0, { trigger: 'SCHEDULE', progress: { ...run.progress, roster: 0 } })).toEqual(['noPatient']);
  });

  it('by a paused schedule, with which what readiness says of the others stays', () => {
    const paused = { ...schedule, id: 'p', active: false, status: 'PAUSED' };
    const amiss = [{ code: 'SCHEDULES', level: 'WARNING' as const }];
    expect(kinds(judge(night({ schedules: { nodes: [schedule, paused] } }), TODAY, amiss))).toEqual(['schedule-paused', 'SCHEDULES']);
    expect(kinds(judge(night({ schedules: { nodes: [paused] } }), TODAY, amiss))).toEqual(['schedule-paused']);
  });
});

describe('Who is without advice', () => {
  it('is not known while no run of the night has ended: such a night counts nobody', () => {
    const figures = { eligible: 0, generated: 0, existed: 0 };
    expect([withoutAdviceIn(undefined), withoutAdviceIn({ ...figures, runs: 2, openRuns: 2 })]).toEqual([undefined, undefined]);
    expect(withoutAdviceIn({ runs: 2, openRuns: 1, eligible: 9, generated: 5, existed: 1 })).toBe(3);
  });
});

describe('What is usual', () => {
  it('is not known of fewer than five nights', () => {
    expect(usualOf([1, 2, 3, 4])).toBeUndefined();
  });

  it('is the median, and where all but a tenth on each side lie', () => {
    expect(usualOf([100, 1, 50, 60, 40, 55, 45, 52, 48, 51, 49])).toEqual({ median: 50, low: 40, high: 60 });
  });

  it.each([
    [94, 'below'],
    [95, 'usual'],
    [105, 'usual'],
    [106, 'above'],
  ])('of nights that are all alike leaves a twentieth on each side: %d is %s', (value, expected) => {
    expect(besideUsual(value, { median: 100, low: 100, high: 100 })).toBe(expected);
  });
});

const day = (eligible: number, seconds: number | null, costUsd = 0): DayForecast => ({ users: 10, eligible, seconds, costUsd });

describe('What days of a backfill come to', () => {
  it('is each day by itself, and no multiple of one', () => {
    expect(daysFrom('2026-02-27', '2026-03-01')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect([daysFrom('2026-03-02', '2026-03-01'), daysFrom('', '2026-03-01')]).toEqual([[], []]);
    expect(summed([day(8, 2, 0.5), day(0, null), day(3, 1, 0.25)])).toEqual({ days: 3, eligible: 11, seconds: 3, costUsd: 0.75 });
  });

  it('is looked at for as many days as the service takes', () => expect(MAX_DAYS).toBe(MAX_DATES));

  it('takes a time that is not known where it is not known of a day with work', () => {
    expect(summed([day(8, 2), day(3, null)])).toMatchObject({ seconds: null });
  });
});
