import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { findMongo } from '../support/mongodb.js';
import { makeTemplate, startTestServer } from '../support/test-server.js';
import type { Fault } from './fault.js';
import { readKept } from './kept-results.js';
import { MUTANTS, type Mutant } from './mutants/registry.js';
import { FAULTS } from './registry.js';
import { HEAD, markdown, rowOf, table, type MutantResult } from './report.js';
import { runFault, type FaultResult } from './run-fault.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    /** One seed alone: to run again what failed. */
    seed: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
    write: { type: 'string' },
    /** Results of other parts of the suite, kept with `--json`, that belong to the same report. */
    merge: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

const count = Number(values.seeds);
if (!Number.isInteger(count) || count < 1) throw new Error('--seeds is a whole number from 1 on');
const seeds = values.seed === undefined ? Array.from({ length: count }, (_, at) => at + 1) : [Number(values.seed)];
const only = values.only?.split(',');
const isAsked = (id: string): boolean => only === undefined || only.includes(id);
const say = (line: string): void => console.error(`faults: ${line}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1)); // takes its processes along

const began = performance.now();
const server = await startTestServer();
process.env['TEST_ADMIN_URLS'] = server.adminUrl;
const postgres = await versionOf(server.adminUrl);
const place = await findMongo();
const mongo = place.from === 'nowhere' ? place.reason : place.kind;
const earlier = readKept(values.merge?.split(',') ?? []);
const results: FaultResult[] = earlier.flatMap((kept) => [...kept.results]);
const mutants: MutantResult[] = earlier.flatMap((kept) => [...kept.mutants]);
try {
  await makeTemplate(server.adminUrl);
  for (const fault of FAULTS.filter(({ id }) => isAsked(id))) await tryFault(fault);
  if (isAsked('mutants')) for (const mutant of MUTANTS) await tryMutant(mutant);
} finally {
  await server.stop();
}
keep();
print();
const failed =
  results.some(({ seeds: all }) => all.some(({ broken }) => broken.length > 0)) || mutants.some(({ caughtBy }) => caughtBy.length === 0);
process.exit(failed ? 1 : 0); // a process that a fault left behind must not keep the suite

async function tryFault(fault: Fault): Promise<void> {
  say(`${fault.id}: ${fault.what}`);
  const result = await runFault(fault, seeds, (line) => {
    if (values.verbose || !line.includes('"broken":[]')) say(`  ${fault.id} ${line}`);
  });
  const before = results.findIndex(({ id }) => id === fault.id);
  if (before >= 0) results.splice(before, 1);
  results.push(result);
  say(`  ${rowOf(result).slice(2).join(' | ')}`);
  keep();
}

async function tryMutant({ name, under, tryIt }: Mutant): Promise<void> {
  say(`mutant: ${name}`);
  const caughtBy = await tryIt().catch((error: unknown) => {
    say(`  it could not be tried: ${String(error)}`);
    return [];
  });
  mutants.push({ name, under, caughtBy });
  say(`  ${caughtBy.join('; ') || 'NOT CAUGHT'}`);
  keep();
}

function print(): void {
  console.log(table(HEAD, results.map(rowOf)));
  if (mutants.length === 0) return;
  const rows = mutants.map(({ name, caughtBy }) => [name, caughtBy.join('; ') || 'NOT CAUGHT']);
  console.log(table(['mutant', 'caught by'], rows));
}

/** Writes what there is so far: a run that is broken off is not lost. */
function keep(): void {
  const minutes = earlier.reduce((sum, kept) => sum + kept.minutes, (performance.now() - began) / 60_000);
  const places = new Map(FAULTS.map(({ id }, at) => [id, at]));
  results.sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  const [date, node] = [new Date().toISOString(), process.versions.node];
  const facts = {
    date,
    cores: availableParallelism(),
    node,
    postgres,
    mongo,
    seeds: Math.max(seeds.length, ...earlier.map((kept) => kept.seeds)),
    minutes,
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
