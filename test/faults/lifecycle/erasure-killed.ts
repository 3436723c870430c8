import { checkInvariants } from '../../../src/doctor/invariants.js';
import { addPerson } from '../../support/known-person.js';
import { startServiceProcess } from '../../support/service-process.js';
import { startSourceProcess, type SourceProcess } from '../../support/source-process.js';
import { holdTable } from '../../support/table-hold.js';
import { placesHolding } from '../../support/walk-batch.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { runGround, type RunGround } from '../run-ground.js';

/** Tables that an erasure comes to, in its order: one of them keeps it where it is killed. */
const PLACES = [
  'batch.subject',
  'batch.low_fodmap_days',
  'batch.session',
  'batch.person_read_user',
  'batch.run_view',
  'batch.chunk_work',
  'batch.model_batch',
  'batch.operator_text',
  'batch.event_log',
] as const;

/** Its sessions. */
const ERASER = "select 1 from pg_stat_activity where datname = current_database() and application_name like '%the eraser%'";

/** An id that is nothing else in the schema. */
const FIRST_ID = 1_934_567_000;

/** 36e: the process that erases a person is killed at a table that the seed draws, or after its commit, and another one is asked for the same. */
export const ERASURE_KILLED: Fault = {
  id: '36e',
  what: 'an erasure killed at each table it comes to, or after its commit',
  promise: 'all of it or nothing; afterwards nothing leads to the person; other events as they were; invariants 1 to 4',
  open: async () => {
    const ground = await runGround({ users: 20 });
    ground.resources.use(await startServiceProcess(ground.database, 'worker'));
    return sceneOf(ground.resources, async (draws) => {
      const id = FIRST_ID + draws.seed;
      await addPerson(ground.database, { id, username: `of.seed.${draws.seed}`, firstName: `카나리${draws.seed}번` });
      const runId = await ground.begin({ reason: `asked for ${id}` });
      await ground.ended(runId);
      const subjects = await ground.database.column<string>('select subject from batch.subject where user_id = $1', [id]);
      const others = await logBeside(ground, subjects);
      const counts = await outcomesOf(ground, runId);
      const known = await placesHolding(ground.database.pool, { id });
      const broken: string[] = [];
      const place = draws.pick([...PLACES, 'COMMITTED'] as const);
      if (place === 'COMMITTED') {
        const process = erase(ground, id);
        await process.heard();
        await process.kill();
      } else {
        await killedAt(ground, id, place);
        if (JSON.stringify(await placesHolding(ground.database.pool, { id })) !== JSON.stringify(known))
          broken.push(`half an erasure is left after a kill at ${place}`);
      }
      const since = performance.now();
      const heir = erase(ground, id);
      const said = (await heir.heard()) as { erased?: object; refused?: string };
      await heir.kill();
      const wanted = place === 'COMMITTED' ? said.refused === 'NOTHING_KNOWN' : said.erased !== undefined;
      if (!wanted) broken.push(`the next erasure said ${said.refused ?? 'nothing'}`);
      const left = await placesHolding(ground.database.pool, { id });
      if (left.length > 0) broken.push(`the person is still in ${left.join(', ')}`);
      if (JSON.stringify(await logBeside(ground, subjects)) !== JSON.stringify(others)) broken.push('events of others changed');
      broken.push(...(await checkInvariants(ground.database.pool)).filter(({ ok }) => !ok).map(({ name, found }) => `${name}: ${found}`));
      const after = await outcomesOf(ground, runId);
      return {
        bites: 1,
        lost: Math.max(0, counts - after),
        doubled: Math.max(0, after - counts),
        broken,
        recoveryMs: Math.round(performance.now() - since),
      };
    });
  },
};

/** Holds an erasure at a table, kills it there, and waits until its session is gone. */
async function killedAt(ground: RunGround, id: number, place: string): Promise<void> {
  const hold = await holdTable(ground.database, `${place} in exclusive mode`);
  const process = erase(ground, id);
  const isOver = (): boolean => process.child.exitCode !== null || process.child.signalCode !== null;
  await patiently(async () => isOver() || (await ground.database.column(`${ERASER} and wait_event_type = 'Lock'`)).length > 0);
  if (isOver()) throw new Error(`the erasure ended before it came to ${place}`);
  await process.kill();
  await hold.release();
  await patiently(async () => (await ground.database.column(ERASER)).length === 0);
}

function erase({ database }: RunGround, id: number): SourceProcess {
  return startSourceProcess(`
    const { openPool } = await load('database/pool.ts');
    const { ErasureDesk } = await load('lifecycle/erasure/erasure-desk.ts');
    const desk = new ErasureDesk(openPool({ url: ${JSON.stringify(database.url)}, max: 2, name: 'the eraser', onError: () => undefined }));
    const { name } = await desk.preview(${id});
    const done = await desk.erase(${id}, { name, actor: 'fault' });
    say({ refused: done.refused, erased: done.erased });`);
}

/** The log as it was written, and what is told of everyone but these subjects. */
async function logBeside({ database }: RunGround, subjects: readonly string[]): Promise<string[]> {
  const written = await database.column<string>(
    "select row_to_json(e)::text from batch.event_log e where type <> 'PersonErased' order by xid, position",
  );
  const told = await database.column<string>(
    'select row_to_json(e)::text from batch.event e where subject <> all ($1) order by xid, position',
    [subjects],
  );
  return [...written, ...told];
}

async function outcomesOf({ database }: RunGround, runId: string): Promise<number> {
  return (
    (await database.column<number>('select count(*)::int from batch.event_log where run_id = $1 and subject is not null', [runId]))[0] ?? -1
  );
}
