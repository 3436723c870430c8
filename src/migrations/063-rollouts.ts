import { Migration } from '@mikro-orm/migrations';

/** The view of rollouts, folded from the streams `rollout-<id>`, and what each side came to in each chunk, counted with its outcomes. */
export class RolloutsMigration extends Migration {
  override name = '063-rollouts';

  override up(): void {
    for (const statement of [ROLLOUTS, FIGURES, WORDS]) this.addSql(statement);
  }
}

// `request` holds no words of an operator: they have columns of their own, from which an erasure takes them out.
const ROLLOUTS = `
create table batch.rollout_view (
  rollout_id uuid primary key,
  version int not null,
  status text not null,
  program text not null,
  request jsonb not null,
  reason text,
  actor text not null,
  started_at timestamptz not null,
  share_percent int not null,
  judged jsonb,
  judged_at timestamptz,
  stop jsonb,
  promoted_at timestamptz,
  stopped_at timestamptz,
  ended_by text,
  end_reason text
);
create unique index rollout_view_going on batch.rollout_view (program) where status <> 'STOPPED';
create index rollout_view_newest on batch.rollout_view (started_at desc, rollout_id desc)`;

// One row for each chunk and side, so that no two lanes wait for one another.
const FIGURES = `
create table batch.rollout_figures (
  rollout_id uuid not null,
  run_id uuid not null,
  chunk int not null,
  arm text not null,
  users bigint not null,
  advised bigint not null,
  failed bigint not null,
  fallbacks bigint not null,
  points_dropped bigint not null,
  answers_refused bigint not null,
  gate_drops bigint not null,
  tokens_in bigint not null,
  tokens_out bigint not null,
  cost_micros bigint not null,
  duration_ms bigint not null,
  primary key (rollout_id, run_id, chunk, arm)
)`;

// The places of operators' words are a list within the function: these come to it, whatever else stands there.
const WORDS = `
do $$
declare
  body text := pg_get_functiondef('batch.erase_person(int, uuid[])'::regprocedure);
  place constant text := $place$('recall_view', 'lift_reason')$place$;
begin
  if position(place in body) = 0 then
    raise exception 'batch.erase_person has another list of places than this migration expects';
  end if;
  execute replace(body, place, place || $more$, ('rollout_view', 'reason'), ('rollout_view', 'end_reason')$more$);
end $$`;
