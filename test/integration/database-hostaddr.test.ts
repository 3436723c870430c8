import { expect, it } from '@jest/globals';
import { withClient } from '../../src/database/connect.js';
import { createTestDatabase } from '../support/test-database.js';

/** Of this machine, and nobody answers there. */
const NOWHERE = '127.0.0.9';

it.each(['', NOWHERE])('An address with hostaddr is connected to there, whatever its host (%j) or PGHOST says', async (host) => {
  const database = await createTestDatabase();
  const { username, password, port, pathname, hostname } = new URL(database.url);
  const before = process.env['PGHOST'];
  process.env['PGHOST'] = NOWHERE;
  try {
    const url = `postgresql://${username}:${password}@${host}${pathname}?hostaddr=${hostname}&port=${port}`;
    const { rows } = await withClient({ url, name: 'test' }, (client) => client.query('select current_database() as name'));
    expect(rows).toEqual([{ name: pathname.slice(1) }]);
  } finally {
    if (before === undefined) delete process.env['PGHOST'];
    else process.env['PGHOST'] = before;
    await database.drop();
  }
});
