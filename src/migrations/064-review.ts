import { Migration } from '@mikro-orm/migrations';

/** Marks of reviewers, points that they turned off, and their role. */
export class ReviewMigration extends Migration {
  override name = '064-review';

  override up(): void {
    for (const statement of [MARKS, POINTS, RECALLS, ROLES]) this.addSql(statement);
  }
}

// Which outcome a mark is of is its place in the log: the log alone leads from there to a person. Notes are not here: they are where operators' texts are.
const MARKS = `
create table batch.mark_view (
  mark_id uuid primary key,
  version int not null,
  run_id uuid not null,
  chunk int not null,
  outcome_version int not null,
  verdict text not null,
  points text[] not null,
  dishes text[] not null,
  seen_points text[] not null,
  seen_dishes text[] not null,
  generator text not null,
  vocabulary text,
  prompt_version text,
  actor text not null,
  marked_at timestamptz not null
);
create index mark_view_newest on batch.mark_view (marked_at desc, mark_id desc);
create index mark_view_row on batch.mark_view (run_id, chunk, outcome_version)`;

// A change of a point is a version of it: together with the recalls they number the state of what advice is made of.
const POINTS = `
create table batch.point_view (
  point text primary key,
  version int not null,
  is_off boolean not null,
  mark_id uuid,
  actor text not null,
  changed_at timestamptz not null
)`;

const RECALLS = `
alter table batch.recall_view add column mark_id uuid;
create index recall_view_mark on batch.recall_view (mark_id) where mark_id is not null`;

const ROLES = `
alter table batch.api_key drop constraint api_key_role_check,
  add constraint api_key_role_check check (role in ('viewer', 'reviewer', 'operator', 'admin'));
alter table batch.session drop constraint session_role_check,
  add constraint session_role_check check (role in ('viewer', 'reviewer', 'operator', 'admin'))`;
