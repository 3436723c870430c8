import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { INTERVENTION_COLUMNS } from '../../src/records/intervention-rows.js';
import { runToEnd } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf } from '../support/run-faults.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** What a row keeps that takes another's place, and what is of its own time. */
const OWN = ['id', 'created_at', 'updated_at'];
const KEY = ['id', 'user_id', 'record_date', 'gubun'];

interface Column {
  readonly name: string;
  readonly type: string;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let columns: Column[];

beforeAll(async () => {
  database = resources.use(await createPatients(80));
  service = resources.use(await startTestService(database));
  await database.rows('delete from ibsafe_interventionrecord');
  columns = await database.rows<Column>(
    `select column_name as name, data_type as type from information_schema.columns where table_name = 'ibsafe_interventionrecord' order by 1`,
  );
});

afterAll(async () => {
  await resources.end();
});

const rowsOf = async (gubun: string): Promise<Record<string, unknown>[]> => {
  const found = await database.rows<{ row: Record<string, unknown> }>(
    'select to_jsonb(i) as row from ibsafe_interventionrecord i where gubun = $1 order by user_id',
    [gubun],
  );
  return found.map(({ row }) => row);
};
const without = (row: Record<string, unknown>, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));

/** A value of a type that no program writes. */
function stale({ type }: Column): string {
  if (type === 'jsonb') return `'"stale"'`;
  if (type === 'date' || type === 'timestamp with time zone') return `'2001-02-03'`;
  if (type === 'boolean') return 'true';
  return type === 'text' || type === 'character varying' ? `'stale'` : '77';
}

describe('a row that takes another’s place', () => {
  it('is written in every column that IBSafe’s table has', () => {
    expect(columns.map(({ name }) => name)).toEqual([...INTERVENTION_COLUMNS].toSorted());
  });

  it.each([
    ['daily', 'all'],
    ['sleep', 'sleep'],
  ])('of program %s equals one that was inserted, column by column', async (program, gubun) => {
    await runToEnd(service.url, { program: program.toUpperCase() });
    const fresh = await rowsOf(gubun);
    expect(fresh.length).toBeGreaterThan(30);
    const soiled = columns.filter(({ name }) => !KEY.includes(name)).map((column) => `${column.name} = ${stale(column)}`);
    await database.rows(`update ibsafe_interventionrecord set ${soiled.join(', ')} where gubun = $1`, [gubun]);
    const { runId, end } = await runToEnd(service.url, { program: program.toUpperCase(), onExisting: 'REGENERATE' });
    expect({ status: end.status, generated: end.generated }).toEqual({ status: 'COMPLETED', generated: fresh.length });
    const replaced = await rowsOf(gubun);
    expect(replaced.map((row) => without(row, OWN))).toEqual(fresh.map((row) => without(row, OWN)));
    // As documented: the id by which others may know the row, and when advice was first given, stay; it was changed now.
    expect(replaced.map(({ id }) => id)).toEqual(fresh.map(({ id }) => id));
    expect(new Set(replaced.map((row) => String(row['created_at']).slice(0, 10)))).toEqual(new Set(['2001-02-03']));
    for (const row of replaced) expect(Date.parse(String(row['updated_at']))).toBeGreaterThan(Date.parse('2026-01-01'));
    expect(await faultsOf(database, runId)).toEqual([]);
  });
});
