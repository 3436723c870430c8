import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/config.js';
import { runDoctor, type Finding } from '../../src/doctor/run-doctor.js';
import { INTERVENTIONS } from '../support/broken-databases.js';
import { createDocumentedRole, type DocumentedRole } from '../support/documented-role.js';
import { Resources } from '../support/resources.js';

describe('the trial of a run', () => {
  const resources = new Resources();
  let own: DocumentedRole;
  beforeAll(async () => void (own = resources.use(await createDocumentedRole())));
  afterAll(() => resources.end());
  const trial = async (): Promise<Finding | undefined> =>
    (await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: own.url }), { invariants: false })).find(
      ({ check }) => check === 'trial of a run',
    );

  it('meets what no right tells of: a trigger of the app that refuses the row', async () => {
    await own.asOwner(`create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'a name' using errcode = 'P0001'; end $$;
      create trigger refuse before insert on ${INTERVENTIONS} for each row execute function public.refuse()`);
    const found = await trial();
    expect(found).toMatchObject({ status: 'problem', found: expect.stringContaining('P0001') });
    expect(JSON.stringify(found)).not.toContain('a name');
    await own.asOwner(`drop trigger refuse on ${INTERVENTIONS}`);
    expect(await trial()).toMatchObject({ status: 'ok' });
  });

  it('tells a server without room from a rule that refuses', async () => {
    await own.asOwner(`create function public.fill() returns trigger language plpgsql as $$ begin raise exception 'full' using errcode = '53100'; end $$;
      create trigger fill before insert on ${INTERVENTIONS} for each row execute function public.fill()`);
    const found = await trial();
    await own.asOwner(`drop trigger fill on ${INTERVENTIONS}`);
    expect(found).toMatchObject({
      status: 'problem',
      found: expect.stringContaining('53100'),
      advice: expect.stringContaining('short of disk, memory or connections'),
    });
  });

  it.each([
    ['keeps the row away', 'return null;', 'is not there'],
    ['makes it say something else', `new.diet_evaluation := 'x'; return new;`, 'is not there as it was written'],
    ['takes from it what a recall finds it by', `new.outputs := null; return new;`, 'is not there as it was written'],
    ['gives it another program', `new.gubun := 'other'; return new;`, 'is not there'],
    ['has no room for what advice says', `if length(new.diet_evaluation) > 200 then raise exception 'long'; end if; return new;`, 'P0001'],
  ])('meets a trigger of the app that %s, and asks for no right', async (_, deed, said) => {
    await own.asOwner(`create or replace function public.meet() returns trigger language plpgsql as $$ begin ${deed} end $$;
      create trigger meet before insert on ${INTERVENTIONS} for each row execute function public.meet()`);
    const found = await trial();
    await own.asOwner(`drop trigger meet on ${INTERVENTIONS}`);
    expect(found).toMatchObject({
      status: 'problem',
      found: expect.stringContaining(said),
      advice: expect.stringContaining('triggers of public.'),
    });
    expect(await trial()).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['refuses it when the transaction ends', `raise exception 'a name';`, 'P0001'],
    [
      'rewrites it when the transaction ends',
      `update ${INTERVENTIONS} set sleep_evaluation = 'x' where id = new.id and sleep_evaluation is null;`,
      'as it was written',
    ],
  ])('meets, where there is no user yet, a trigger of the app that %s', async (_, deed, said) => {
    await own.asOwner(`create or replace function public.meet() returns trigger language plpgsql as $$ begin ${deed} return null; end $$;
      create constraint trigger meet after insert on ${INTERVENTIONS} deferrable initially deferred for each row execute function public.meet()`);
    const found = await trial();
    await own.asOwner(`drop trigger meet on ${INTERVENTIONS}`);
    expect(found).toMatchObject({ status: 'problem', found: expect.stringContaining(said) });
    expect(JSON.stringify(found)).not.toContain('a name');
    expect(await trial()).toMatchObject({ status: 'ok' });
  });

  it('asks nothing of a key that wants a user at once, where there is no user yet', async () => {
    await own.asOwner(`alter table ${INTERVENTIONS} add constraint whose foreign key (user_id) references public.auth_user`);
    const found = await trial();
    await own.asOwner(`alter table ${INTERVENTIONS} drop constraint whose`);
    expect(found).toMatchObject({ status: 'ok' });
  });

  describe('where there are users', () => {
    beforeAll(() =>
      own.asOwner(`insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
        values (1, '!', false, 'user1', '', '', '', false, true, now())`),
    );
    afterAll(() => own.asOwner('delete from public.auth_user'));

    it.each([
      [
        'takes the row away after it was stored',
        'trigger meet after insert ON for each row',
        `delete from ${INTERVENTIONS} where id = new.id;`,
        'is not there',
      ],
      [
        'takes it away when the transaction ends',
        'constraint trigger meet after insert ON deferrable initially deferred for each row',
        `delete from ${INTERVENTIONS} where id = new.id;`,
        'is not there',
      ],
      [
        'moves it to another day',
        'trigger meet after insert ON for each row',
        `update ${INTERVENTIONS} set record_date = record_date - 700 where id = new.id;`,
        'is not there',
      ],
      [
        'rewrites it when it takes the place of another',
        'trigger meet after update ON for each row when (old.exercise_target is distinct from new.exercise_target)',
        `update ${INTERVENTIONS} set exercise_evaluation = 'x' where id = new.id;`,
        'as it was written',
      ],
      ['refuses one that takes the place of another', 'trigger meet before update ON for each row', `raise exception 'a name';`, 'P0001'],
      [
        'refuses it when the transaction ends',
        'constraint trigger meet after insert ON deferrable initially deferred for each row',
        `raise exception 'a name';`,
        'P0001',
      ],
    ])('meets a trigger of the app that %s', async (_, when, deed, said) => {
      await own.asOwner(`create or replace function public.meet() returns trigger language plpgsql as $$ begin ${deed} return null; end $$;
        create ${when.replace('ON', `on ${INTERVENTIONS}`)} execute function public.meet(); grant delete on ${INTERVENTIONS} to {role}`);
      const found = await trial();
      await own.asOwner(`drop trigger meet on ${INTERVENTIONS}; revoke delete on ${INTERVENTIONS} from {role}`);
      expect(found).toMatchObject({
        status: 'problem',
        found: expect.stringContaining(said),
        advice: expect.stringContaining('triggers of public.'),
      });
      expect(JSON.stringify(found)).not.toContain('a name');
      expect(await trial()).toMatchObject({ status: 'ok' });
    });

    it('meets a key that is looked at when the transaction ends', async () => {
      await own.asOwner(
        `create table public.goals (goal int primary key); alter table ${INTERVENTIONS} add constraint goal foreign key (exercise_target) references public.goals deferrable initially deferred`,
      );
      const found = await trial();
      await own.asOwner(`alter table ${INTERVENTIONS} drop constraint goal; drop table public.goals`);
      expect(found).toMatchObject({ status: 'problem', found: expect.stringMatching(/23503.*goal/) });
      expect(await trial()).toMatchObject({ status: 'ok' });
    });
  });

  it('passes a trigger of the app that counts on the search path of the app, as a run does', async () => {
    await own.asOwner(`create table public.seen_rows (user_id int); grant insert on public.seen_rows to {role};
      create function public.see() returns trigger language plpgsql as $$ begin insert into seen_rows values (new.user_id); return new; end $$;
      create trigger see before insert on ${INTERVENTIONS} for each row execute function public.see()`);
    expect(await trial()).toMatchObject({ status: 'ok' });
    await own.asOwner(`drop trigger see on ${INTERVENTIONS}`);
  });

  it('meets a log that cannot get the partition of a month', async () => {
    await own.asOwner('revoke create on schema batch from {role}');
    expect(await trial()).toMatchObject({ status: 'problem', found: expect.stringContaining('partition') });
    await own.asOwner('grant create on schema batch to {role}');
  });

  it('leaves nothing behind: no row, no event, no partition, no id', async () => {
    const state = `select (select count(*) from batch.event)::int as events, (select count(*) from ${INTERVENTIONS})::int as rows,
      (select count(*) from pg_class where relname like 'event_2999%')::int as partitions, (select last_value from public.ibsafe_interventionrecord_id_seq)::text as id`;
    const before = await own.rows(state);
    expect(await trial()).toMatchObject({ status: 'ok' });
    expect(await own.rows(state)).toEqual(before);
  });
});
