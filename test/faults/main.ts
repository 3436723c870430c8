import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { makeTemplate, startTestServer } from '../support/test-server.js';
import { MUTANTS } from './mutants/registry.js';
import { FAULTS } from './registry.js';
import { markdown, rowOf, table, type MutantResult } from './report.js';
import { runFault, type FaultResult } from './run-fault.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    /** One seed alone: to run again what failed. */
    seed: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const count = Number(values.seeds);
if (!Number.isInteger(count) || count < 1) throw new Error('--seeds is a whole number from 1 on');
const seeds = values.seed === undefined ? Array.from({ length: count }, (_, at) => at + 1) : [Number(values.seed)];
const only = values.only?.split(',');
const isAsked = (id: string): boolean => only === undefined || only.includes(id);
const say = (line: string): void => console.error(`faults: ${line}`);

const began = performance.now();
const server = await startTestServer();
process.env['TEST_ADMIN_URL'] = server.adminUrl;
const results: FaultResult[] = [];
const mutants: MutantResult[] = [];
try {
  await makeTemplate(server.adminUrl);
  for (const fault of FAULTS.filter(({ id }) => isAsked(id))) {
    say(`${fault.id}: ${fault.what}`);
    const result = await runFault(fault, seeds, (line) => {
      if (values.verbose || !line.includes('"broken":[]')) say(`  ${fault.id} ${line}`);
    });
    results.push(result);
    say(`  ${rowOf(result).slice(2).join(' | ')}`);
  }
  if (isAsked('mutants')) {
    for (const mutant of MUTANTS) {
      say(`mutant: ${mutant.name}`);
      const caughtBy = await mutant.tryIt().catch((error: unknown) => [`it failed: ${String(error)}`]);
      mutants.push({ name: mutant.name, under: mutant.under, caughtBy });
      say(`  ${caughtBy.join('; ') || 'NOT CAUGHT'}`);
    }
  }
  await report();
} finally {
  await server.stop();
}
const failed =
  results.some(({ seeds: all }) => all.some(({ broken }) => broken.length > 0)) || mutants.some(({ caughtBy }) => caughtBy.length === 0);
process.exit(failed ? 1 : 0); // a process that a fault left behind must not keep the suite

async function report(): Promise<void> {
  console.log(table(['#', 'fault', 'seeds', 'bites', 'lost', 'doubled', 'p50 s', 'p95 s', 'survived'], results.map(rowOf)));
  if (mutants.length > 0)
    console.log(
      table(
        ['mutant', 'caught by'],
        mutants.map(({ name, caughtBy }) => [name, caughtBy.join('; ') || 'NOT CAUGHT']),
      ),
    );
  const facts = {
    date: new Date().toISOString(),
    cores: availableParallelism(),
    node: process.versions.node,
    postgres: await versionOf(server.adminUrl),
    seeds: seeds.length,
    minutes: (performance.now() - began) / 60_000,
  };
  if (values.json !== undefined) save(values.json, JSON.stringify({ ...facts, results, mutants }, undefined, 2));
  if (values.write !== undefined) save(values.write, markdown(facts, results, mutants));
}

function save(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function versionOf(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  await client.end();
  return `PostgreSQL ${rows[0]?.server_version ?? ''}`;
}
