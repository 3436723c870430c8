import { randomUUID } from 'node:crypto';
import { withClient } from '../../src/database/connect.js';

/** An account beside the test's own, on one database. */
export interface OtherAccount extends AsyncDisposable {
  readonly role: string;
  readonly url: string;
}

/** Makes an account that may do nothing yet. Roles are the whole server's: it is gone when it is disposed of, before its database. */
export async function otherAccount(databaseUrl: string): Promise<OtherAccount> {
  const role = `account_${randomUUID().replaceAll('-', '')}`;
  await asOwner(databaseUrl, `create role ${role} login password 'secret'`);
  const url = new URL(databaseUrl);
  [url.username, url.password] = [role, 'secret'];
  return {
    role,
    url: url.href,
    [Symbol.asyncDispose]: () => asOwner(databaseUrl, `drop owned by ${role} cascade; drop role ${role}`),
  };
}

/** Runs statements as the test's own account, whatever settings of role or database say. */
export async function asOwner(url: string, sql: string): Promise<void> {
  await withClient({ url, name: 'test', searchPath: 'public' }, (client) => client.query(sql));
}
