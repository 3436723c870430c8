import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../src/config/config.js';
import { GENERATORS } from '../src/domain/outcome.js';
import { loadCatalogue } from '../src/generators/catalogue/catalogue-file.js';
import { loadPoints } from '../src/generators/points/points-file.js';
import { choicesOf } from './choices.js';
import { evaluateDays } from './days.js';
import { evaluate } from './evaluate.js';
import { figuresOf } from './figures.js';
import { generatorOf } from './generators.js';
import { Oracle } from './oracle/oracle.js';
import { openPantry } from './oracle/pantry.js';
import { caseLines, judgeMarks } from './marks.js';
import { evalSet } from './patients.js';
import { prove } from './proof.js';
import { judgeRollout } from './rollout.js';
import { tableOf, type EvalReport } from './report.js';
import { questionTokens } from './tokens.js';
import { UsageError } from './usage-error.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    generator: { type: 'string', default: 'RULES' },
    language: { type: 'string', default: 'ko' },
    patients: { type: 'string', default: '240' },
    seed: { type: 'string', default: '1' },
    days: { type: 'string' },
    json: { type: 'string', default: 'eval/results/latest.json' },
    marks: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
    proof: { type: 'boolean', default: false },
    rollout: { type: 'string' },
  },
});

/** Patients that are followed day after day. */
const FOLLOWED = 50;
/** Findings that are shown in full. */
const SHOWN = 20;

try {
  if (values.compare) compare(positionals);
  else if (values.marks) await marks();
  else if (values.rollout !== undefined) await judge(values.rollout);
  else await run();
} catch (error) {
  if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
  console.error(`eval: ${error.message}`);
  process.exitCode = 2;
}

/** Evaluates, prints a table and writes the figures. Exit code 1 when the oracle finds anything in a row that would be saved. */
async function run(): Promise<void> {
  const catalogue = loadCatalogue();
  const seed = whole('--seed', values.seed, 4_294_967_295);
  const set = evalSet(catalogue, { count: whole('--patients', values.patients, 100_000), seed });
  const candidate = {
    name: oneOf('--generator', values.generator.toUpperCase(), GENERATORS),
    language: oneOf('--language', values.language, ['ko', 'en']),
  };
  const { generator, model } = generatorOf(candidate, { catalogue, book: set.book, environment: process.env });
  const onProgress = (done: number): void => {
    if (done % 50 === 0) console.error(`eval: ${done} of ${set.patients.length}`);
  };
  const oracle = new Oracle(openPantry(), candidate.language);
  const results = await evaluate(generator, set, { oracle, onProgress });
  const figures = figuresOf(results);
  // Every question to a model is paid for: it is asked about days on end where that is asked for.
  const wanted = values.days ?? (candidate.name === 'RULES' ? '14' : '0');
  const days = wanted === '0' ? undefined : whole('--days', wanted, 400);
  const followed = { patients: FOLLOWED, seed };
  const report: EvalReport = {
    at: new Date().toISOString(),
    generator: candidate.name,
    model,
    language: candidate.language,
    seed,
    figures,
    choices: choicesOf(results, catalogue),
    question: questionTokens(set, catalogue, { vocabulary: loadPoints(), language: candidate.language }),
    ...(days === undefined ? {} : { days: await evaluateDays(generator, { table: set, oracle }, { ...followed, days }) }),
    ...(values.proof ? { proof: prove(set, { catalogue, language: candidate.language, oracle, seed }) } : {}),
  };
  console.log(tableOf([report]).join('\n'));
  mkdirSync(dirname(resolve(values.json)), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nwritten to ${values.json}`);
  for (const finding of results.flatMap(({ judged }) => judged?.findings ?? []).slice(0, SHOWN)) console.error(`eval: ${finding}`);
  const isSound =
    Object.keys(figures.findings).length +
      figures.notJudged +
      Object.keys({ ...report.days?.findings, ...report.proof?.findings }).length +
      (report.proof?.barred ?? 0) ===
    0;
  if (!isSound) process.exitCode = 1;
}

/** Has the oracle judge saved rows of both sides of a rollout, and records what came of it. Exit code 1 where that stopped the rollout. */
async function judge(rolloutId: string): Promise<void> {
  const { judged, status, stop } = await judgeRollout(process.env, rolloutId, whole('--patients', values.patients, 100_000));
  for (const [side, { rows, falsehoods }] of Object.entries(judged ?? {}))
    console.log(`${side}: ${falsehoods} of ${rows} rows hold something untrue`);
  if (status === 'STOPPED') console.log(`the rollout is stopped: ${stop?.cause}`);
  if (stop?.cause === 'FALSEHOODS') process.exitCode = 1;
}

/** Asks of what reviewers marked whether advice of now still holds it. Exit code 1 where it does. */
async function marks(): Promise<void> {
  const cases = await judgeMarks(process.env, oneOf('--generator', values.generator.toUpperCase(), GENERATORS));
  console.log(caseLines(cases).join('\n'));
  if (cases.some(({ status }) => status === 'STILL')) process.exitCode = 1;
}

/** Prints two reports side by side. */
function compare(files: readonly string[]): void {
  if (files.length !== 2) throw new UsageError(`--compare takes two files that --json wrote, found ${files.length}`);
  const reports = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as EvalReport);
  if (reports[0]?.seed !== reports[1]?.seed || reports[0]?.figures.patients !== reports[1]?.figures.patients)
    console.error('eval: the two were made on different sets of patients: compare with care');
  console.log(tableOf(reports).join('\n'));
}

function oneOf<const T extends string>(name: string, value: string, words: readonly T[]): T {
  const word = words.find((each) => each === value);
  if (word === undefined) throw new UsageError(`${name} is one of ${words.join(', ')}, found ${JSON.stringify(value)}`);
  return word;
}

function whole(name: string, value: string, most: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > most)
    throw new UsageError(`${name} is a whole number from 1 to ${most}, found ${JSON.stringify(value)}`);
  return number;
}
