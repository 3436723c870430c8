import { expect } from '@jest/globals';
import { Client } from 'pg';
import { readConfig } from '../../src/config/config.js';
import type { Finding } from '../../src/doctor/finding.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';

/** What the doctor says of a restore, by what it was asked, without the words before it. */
export async function told(url: string, environment: Readonly<Record<string, string>> = {}): Promise<Readonly<Record<string, Finding>>> {
  const config = readConfig({ NODE_ENV: 'test', DATABASE_URL: url, ...environment });
  const findings = await runDoctor(config, { invariants: true, afterRestore: true });
  expect(findings.filter(({ check, status }) => check.startsWith('invariant') && status !== 'ok')).toEqual([]);
  return Object.fromEntries(
    findings
      .filter(({ check }) => check.startsWith('after restore'))
      .map((finding) => [finding.check.replace('after restore: ', ''), finding]),
  );
}

/** Rows of a statement, over a connection of its own. */
export async function rows<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}
