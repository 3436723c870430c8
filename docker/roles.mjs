// Makes the roles of deploy/postgres/roles.sql, and sets their passwords. DATABASE_URL is that of an administrator, MIGRATE_PASSWORD and SERVICE_PASSWORD those
// of the roles. Nothing of an error's text is shown: it may quote a statement, and a statement a password.
import { readFileSync } from 'node:fs';
import { escapeLiteral } from 'pg';
import { withClient } from '../dist/database/connect.js';

const ROLES = readFileSync(new URL('../deploy/postgres/roles.sql', import.meta.url), 'utf8');
const PASSWORDS = { batch_migrate: 'MIGRATE_PASSWORD', batch_service: 'SERVICE_PASSWORD' };

try {
  const unset = Object.values(PASSWORDS).filter((variable) => (process.env[variable] ?? '') === '');
  if (unset.length > 0) throw Object.assign(new Error(), { code: `${unset.join(', ')} not set` });
  await withClient({ url: process.env.DATABASE_URL, name: 'roles' }, async (client) => {
    await client.query(ROLES);
    for (const [role, variable] of Object.entries(PASSWORDS))
      await client.query(`alter role ${role} password ${escapeLiteral(process.env[variable])}`);
  });
  console.log('The roles batch_owner, batch_migrate and batch_service have what they need.');
} catch (error) {
  console.error(
    `The roles could not be made (${error.code ?? error.name}). DATABASE_URL must name IBSafe's database and an administrator of it.`,
  );
  process.exitCode = 1;
}
