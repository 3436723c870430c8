import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPool } from '../../src/database/pool.js';
import { Catalogue } from '../../src/domain/advice/catalogue/catalogue.js';
import { localDate } from '../../src/domain/local-date.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import type { RecallCause } from '../../src/domain/recall/recall-cause.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { PostgresRecalledAdvice } from '../../src/records/recalled-advice.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const DAY = localDate('2026-03-01');
const shipped = loadCatalogue();
const like = shipped.dishes[0] as NonNullable<(typeof shipped.dishes)[number]>;
const named = (code: string, nameKo: string, nameEn: string) => ({ ...like, code, nameKo, nameEn });
/** Dishes whose names begin with each other's. */
const catalogue = new Catalogue(
  [
    named('P-1', '감자', 'Potato'),
    named('P-2', '감자 샐러드', 'Potato, mashed'),
    named('P-3', '감자국', 'Potato soup'),
    named('P-4', '찐 감자', 'Steamed potato'),
  ],
  shipped.ingredients,
);

let database: TestDatabase;
let pool: pg.Pool;
let recalled: PostgresRecalledAdvice;
let users = 0;

/** Adds a user's row. @returns its user */
async function row(given: { menu?: object | null; outputs?: object | null; date?: string }): Promise<number> {
  const {
    menu = { Breakfast: [], Lunch: [], Dinner: [], Summary: '' },
    outputs = { vocabulary: 'points-1', said: '|' },
    date = DAY,
  } = given;
  users += 1;
  await pool.query(
    `insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
     values ($1::int, '!', false, 'user' || $1::int, '', '', '', false, true, now())`,
    [users],
  );
  await pool.query(
    `insert into public.ibsafe_interventionrecord (id, user_id, record_date, target_date, gubun, diet_evaluation, diet_target, exercise_evaluation, processing_time, outputs, created_at, updated_at)
     values ($1::int, $1::int, $2::date, $2::date + 1, 'all', '', $3, '', 0, $4, now(), now())`,
    [users, date, JSON.stringify(menu), outputs === null ? null : JSON.stringify(outputs)],
  );
  return users;
}

const menu = (...lunch: string[]) => ({ Breakfast: [], Lunch: lunch, Dinner: [], Summary: '감자 한 개를 드세요' });
const said = (text: string): Promise<number> => row({ outputs: { vocabulary: 'points-1', said: text } });
const found = (cause: RecallCause): Promise<number[]> => recalled.users(cause, DAILY, DAY);
const P1 = { kind: 'DISH', dish: 'P-1' } as const;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool({ url: database.url, max: 4, name: 'test', onError: () => undefined });
  recalled = new PostgresRecalledAdvice(pool, () => catalogue);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('advice that holds a dish', () => {
  it('is found by its name up to the serving, whatever the serving and the changes, in both languages', async () => {
    const own = [
      await row({ menu: menu('감자 한 공기') }),
      await row({ menu: menu('쌀밥 한 공기', '감자 두 접시(양파 없이)') }),
      await row({ menu: { Breakfast: ['Potato, 1 bowl (without onion)'], Lunch: [], Dinner: [] } }),
      await row({ menu: { Breakfast: [], Lunch: [], Dinner: ['감자 옛날 그릇'] } }),
    ];
    expect(await found(P1)).toEqual(own);
  });

  it('is not advice with a dish that only resembles it, nor a text that speaks of it', async () => {
    const before = await found(P1);
    const others = [
      await row({ menu: menu('감자 샐러드 한 접시') }),
      await row({ menu: menu('감자국 한 그릇', '찐 감자 한 개') }),
      await row({ menu: menu('Potato, mashed, 1 bowl', 'Potato soup, 1 bowl', 'Steamed potato, 1 piece') }),
      await row({ menu: menu('감자') }),
      await row({ menu: null }),
    ];
    for (const odd of ['감자 한 공기', ['감자 한 공기'], 7, { Lunch: '감자' }]) others.push(await row({ menu: odd as object }));
    expect(await found(P1)).toEqual(before);
    expect(await found({ kind: 'DISH', dish: 'P-2' })).toEqual([others[0], others[2]]);
    expect(await found({ kind: 'DISH', dish: 'P-3' })).toEqual([others[1], others[2]]);
  });

  it('is advice in which a point speaks of it, by its code and no other', async () => {
    const before = await found(P1);
    const own = [await said('0n,0,12,P-1,01low|02'), await said('00,1;0n,0,,P-1;01,0|'), await said('0n,1,-5,P-1|')];
    for (const other of ['0n,0,12,P-10|', '0n,0,12,XP-1|', '0n,0,P-1,P-2|', 'P-1,0|', '00,P-1|', '00,0,12,P-2,P-1|', '00,0|P-1'])
      await said(other);
    expect(await found(P1)).toEqual([...before, ...own]);
  });

  it('is no advice that the app wrote itself, nor that of another day', async () => {
    const before = await found(P1);
    await row({ menu: menu('감자 한 공기'), outputs: null });
    await row({ menu: menu('감자 한 공기'), outputs: { text: 'an answer' } });
    const late = await row({ menu: menu('감자 한 공기'), date: '2026-02-20' });
    expect(await found(P1)).toEqual(before);
    const [groups, older] = [await recalled.count(P1, localDate('2026-03-02')), await recalled.count(P1, localDate('2026-02-21'))];
    expect(groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(before.length);
    const byDay = Object.fromEntries(older.map(({ targetDate, rows }) => [targetDate, rows]));
    expect(byDay).toEqual({ '2026-03-02': before.length, '2026-02-21': 1 });
    expect((await recalled.rows(P1, localDate('2026-02-21'), { first: 100 })).map(({ userId }) => userId)).toEqual([...before, late]);
  });
});

describe('advice that says a point', () => {
  it('is found by the point’s code at the head of an item, and by one of its wordings', async () => {
    const [first, second, third] = [await said('0n,0,12,Q-1|'), await said('00,1;0n,1,3,|00'), await said('0n,11|')];
    await said('00,0,0n,Q|0n,1');
    const old = await row({ outputs: { vocabulary: 'points-0', points: [['SWAP', 12, 'Q-1', 1, {}]] } });
    expect(await found({ kind: 'POINT', point: 'SWAP' })).toEqual(expect.arrayContaining([first, second, third, old]));
    expect(await found({ kind: 'WORDING', point: 'SWAP', language: 'ko', wording: 1 })).toEqual([
      ...(await found({ kind: 'WORDING', point: 'SWAP', language: 'en', wording: 1 })),
    ]);
    expect((await found({ kind: 'WORDING', point: 'SWAP', language: 'ko', wording: 1 })).filter((id) => id >= first)).toEqual([
      second,
      old,
    ]);
    expect((await found({ kind: 'WORDING', point: 'SWAP', language: 'ko', wording: 11 })).filter((id) => id >= first)).toEqual([third]);
    await said('TALE_OF_TIMES,0|');
    expect(await found({ kind: 'POINT', point: 'TALE_OF_TIMES' })).toEqual([users]);
    expect(await found({ kind: 'POINT', point: 'OF_TIMES' })).toEqual([]);
  });
});

describe('advice of a version of a prompt', () => {
  it('is what the model wrote with it, not what the rules wrote in its place, nor that of another version', async () => {
    const outputs = { vocabulary: 'points-1', said: '|', promptVersion: 'daily-3' };
    const own = [await row({ outputs: { ...outputs, generator: 'LLM' } }), await row({ outputs })];
    await row({ outputs: { ...outputs, generator: 'RULES', fallbackOf: 'LLM' } });
    await row({ outputs: { ...outputs, promptVersion: 'daily-30', generator: 'LLM' } });
    expect(await found({ kind: 'PROMPT', promptVersion: 'daily-3' })).toEqual(own);
  });
});
