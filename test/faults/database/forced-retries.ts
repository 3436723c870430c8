import { sceneOf, type Fault, type SeedVerdict } from '../fault.js';
import { heirOn } from '../heir.js';
import { runGround, type RunGround } from '../run-ground.js';

// A sequence does not roll back: it counts every refusal, and the transaction that comes again is let through.
const REFUSER = `
create sequence public.fault_turn; create sequence public.fault_bite;
create table public.fault_plan (every int not null, most int not null);
create function public.fault_refuse() returns trigger language plpgsql as $$
declare plan public.fault_plan;
begin
  select * into plan from public.fault_plan;
  if found and nextval('public.fault_turn') % plan.every = 0 and (select last_value from public.fault_bite) <= plan.most then
    if nextval('public.fault_bite') % 2 = 0 then raise exception 'forced' using errcode = '40001'; end if;
    raise exception 'forced' using errcode = '40P01';
  end if;
  return null;
end $$;
create trigger fault_refuse after insert on public.ibsafe_interventionrecord for each statement execute function public.fault_refuse();
create trigger fault_refuse after update on batch.chunk_view for each statement execute function public.fault_refuse();
create trigger fault_refuse after update on batch.run_view for each statement execute function public.fault_refuse()`;

/** 10: PostgreSQL asks for transactions again, because it was told to or because two really wait for each other. */
export const FORCED_RETRIES: Fault = {
  id: '10',
  what: 'forced deadlocks and serialization failures',
  promise: 'invariant 1',
  open: async () => {
    const ground = await runGround();
    await ground.database.rows(REFUSER);
    await heirOn(ground);
    return sceneOf(ground.resources, async (draws) => {
      if (draws.below(4) === 0) return realDeadlock(ground, draws.between(3, 10));
      await ground.database.rows(`truncate public.fault_plan; select setval('public.fault_bite', 1, false)`);
      await ground.database.rows('insert into public.fault_plan values ($1, $2)', [draws.between(3, 6), draws.between(2, 8)]);
      const since = performance.now();
      const runId = await ground.begin({ chunkSize: draws.between(3, 10) });
      await ground.ended(runId);
      const [bites] = await ground.database.column<number>(`select (last_value - (not is_called)::int)::int from public.fault_bite`);
      await ground.database.rows('truncate public.fault_plan');
      return ground.verdict(runId, { bites: bites ?? 0, since });
    });
  },
};

/** The worker holds its chunk and waits for the interventions; whoever holds those wants the chunk. PostgreSQL ends the transaction of one of them. */
async function realDeadlock(ground: RunGround, chunkSize: number): Promise<SeedVerdict> {
  const hold = await ground.hold('WRITING');
  await hold.client.query(`set local deadlock_timeout = '4s'`); // the worker looks after a second, and then gives way
  const runId = await ground.begin({ chunkSize });
  await hold.keeps(1);
  const since = performance.now();
  const wanted = 'select 1 from batch.chunk_work where run_id = $1 and owner is not null and not done limit 1 for update';
  // The chunk can be had only because its worker's transaction was ended: it waits for what is held here.
  const bites = await hold.client.query(wanted, [runId]).then(({ rowCount }) => rowCount ?? 0, () => 1); // prettier-ignore
  await hold.release();
  await ground.ended(runId);
  return ground.verdict(runId, { bites, since });
}
