import { type PatientsDatabase, RECORD_DATE } from './patients-database.js';

/** A person whose numbers and names are those of nothing else. */
export interface KnownPerson {
  readonly id: number;
  readonly username: string;
  readonly firstName: string;
}

const TABLES = ['profile', 'foodrecord', 'exerciserecord', 'sleeprecord'];
const LIKE = `select user_id from ibsafe_userfoodrecord join ibsafe_userexerciserecord using (user_id, record_date) join ibsafe_usersleeprecord using (user_id, record_date)
  where record_date = $1 and user_id < 1000000 order by user_id limit 1`;

/** Gives a person an account, and the records of one who is advised; all that they ate was steamed rice, which makes each day one of little FODMAP. */
export async function addPerson(database: PatientsDatabase, { id, username, firstName }: KnownPerson): Promise<void> {
  const [like = 0] = await database.column<number>(LIKE, [RECORD_DATE]);
  await database.rows(
    `insert into auth_user select (jsonb_populate_record(u, jsonb_build_object('id', $1::int, 'username', $2::text, 'first_name', $3::text))).* from auth_user u where id = $4`,
    [id, username, firstName, like],
  );
  for (const table of TABLES)
    await database.rows(
      `insert into ibsafe_user${table} select (jsonb_populate_record(r, jsonb_build_object('user_id', $1::int, 'id', (select max(id) from ibsafe_user${table}) + row_number() over ()))).*
        from ibsafe_user${table} r where user_id = $2`,
      [id, like],
    );
  await database.rows(
    `delete from ibsafe_userfoodrecord r using ibsafe_userfoodrecord other
      where r.user_id = $1 and (other.user_id, other.record_date, other.meal_type) = (r.user_id, r.record_date, r.meal_type) and other.id < r.id`,
    [id],
  );
  await database.rows(
    `update ibsafe_userfoodrecord set food_id = (select id from ibsafe_food where food_name = '쌀밥' limit 1) where user_id = $1`,
    [id],
  );
}
