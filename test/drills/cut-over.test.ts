import { expect, it } from '@jest/globals';
import { Client } from 'pg';
import { blocksOf, readDocument } from '../docs/markdown.js';
import { commandsOf } from '../docs/shell-lines.js';
import { cliDatabase, DEMO } from '../support/cli-database.js';
import { documents } from '../support/cli-process.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import { PERIODIC_TASKS } from '../support/periodic-tasks.js';
import { until } from '../support/until.js';

const PAGE = readDocument('docs/operator/cut-over.md');
const [BEFORE = '', THE_DAY = '', WAY_BACK = ''] = blocksOf(PAGE, 'sh').map(({ code }) => code);
const [SWITCH_OFF = '', SWITCH_ON = ''] = blocksOf(PAGE, 'sql').map(({ code }) => code);
/** Schedules of IBSafe's, as its app saved them; the last has a cadence that the app should not have let in. */
const SCHEDULES = `insert into public.ibsafe_batchschedule (id, name, frequency, hour, minute, is_active, created_at, updated_at) values
  (1, '일일 중재 권고사항 생성', 'daily', 9, 0, true, now(), now()), (2, '주간', 'weekly', 8, 30, false, now(), now()), (3, '언젠가', 'sometimes', 1, 0, true, now(), now())`;

const batch = cliDatabase();

/** Types the commands of a block, one after another, each in one folder. @returns each with its exit code, and what it said */
async function typed(code: string, variables: Readonly<Record<string, string>> = {}): Promise<Record<string, [number | null, string]>> {
  const said: Record<string, [number | null, string]> = {};
  for (const { words } of commandsOf(code, variables)) {
    const args = words.slice(2);
    const { code: ended, stdout, stderr } = await batch.start([...args, '--lang', 'en'], { DATA_DIR: 'data' }).ended;
    said[args[0] === 'cancel' ? 'cancel' : args.slice(0, 2).join(' ')] = [ended, stdout + stderr];
  }
  return said;
}

it('The page of the cut-over, typed from its first line to its last on tables that Django made, leads there and back', async () => {
  const owner = new Client({ connectionString: batch.url });
  await owner.connect();
  try {
    await owner.query(`${PERIODIC_TASKS}; ${SCHEDULES}`);
    const enabled = async (): Promise<string[]> =>
      (await batch.rows<{ name: string }>('select name from public.django_celery_beat_periodictask where enabled order by id')).map(
        ({ name }) => name,
      );
    /** Whether beat reads its tasks anew. */
    const isTold = (): Promise<number> => batch.count("public.django_celery_beat_periodictasks where last_update > '2026-03-02'");
    const before = await enabled();

    const tried = await typed(BEFORE);
    expect(tried).toMatchObject({ migrate: [0, expect.any(String)], doctor: [0, expect.any(String)], 'run --shadow': [0, expect.stringContaining('shadow')] }); // prettier-ignore
    expect(tried['doctor']?.[1].match(/^warning {2}[^:]+/gm)).toEqual(['the old batch', 'schedules', 'workers and runs'].map((name) => `warning  ${name}`)); // prettier-ignore
    // The doctor shows the statement of the page.
    for (const statement of SWITCH_OFF.trim().split('\n')) expect(tried['doctor']?.[1]).toContain(statement);

    const [off] = (await owner.query(SWITCH_OFF)) as unknown as { rows: { name: string }[] }[];
    expect(off?.rows.map(({ name }) => name).toSorted()).toEqual(['batch_intervention_1', 'batch_intervention_2']);
    expect([await enabled(), await isTold()]).toEqual([['celery.backend_cleanup', 'batch-intervention-of-another'], 1]);
    const day = await typed(THE_DAY);
    // The row that is left out makes a 1.
    expect(day).toMatchObject({ 'schedule import': [1, expect.stringMatching(/sometimes/u)], doctor: [0, expect.stringMatching(/^ok {7}the old batch/mu)], 'start --detach': [0, expect.any(String)], 'schedule list': [0, expect.stringContaining('일일 중재')] }); // prettier-ignore
    expect(await batch.rows('select number::int from batch.schedule_number order by number')).toEqual([{ number: 1 }, { number: 2 }]);

    // A run that works, and cannot end before it is cancelled.
    await owner.query(`${BEGIN_HELD}; lock table public.ibsafe_interventionrecord in exclusive mode`);
    const begun = await batch.run(['run', '--date', DEMO.until, '--json']);
    const RUN_ID = String((documents(begun.stdout)[0] as { runId?: string }).runId);
    const back = typed(WAY_BACK, { RUN_ID });
    await until(async () => (await batch.count("batch.event where type = 'RunCancelRequested'")) > 0);
    await owner.query('commit');
    const settled = { cancel: [0, expect.any(String)], stop: [0, expect.stringContaining('Stopped')] };
    expect(await back).toMatchObject({ status: [0, expect.stringContaining(RUN_ID)], ...settled });

    await owner.query("update public.django_celery_beat_periodictasks set last_update = '2026-03-01'");
    await owner.query(SWITCH_ON);
    expect([await enabled(), await isTold()]).toEqual([before, 1]);
  } finally {
    await typed('node bin/ibsafe-batch.mjs stop'); // where something above failed, the service stands in the background
    await owner.end();
  }
});
