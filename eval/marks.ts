import { openCore, type Core } from '../src/runtime/core.js';
import { readConfig } from '../src/config/config.js';
import { openLogger } from '../src/cli/service/open-logger.js';
import { recordedAdvice } from '../src/domain/advice/points/explain.js';
import { reasonsToSkip } from '../src/domain/eligibility.js';
import type { LocalDate } from '../src/domain/local-date.js';
import type { GeneratorName } from '../src/domain/outcome.js';
import type { ProgramName } from '../src/domain/program.js';
import type { InterventionRow } from '../src/domain/programs/intervention-row.js';
import { MenuDishes } from '../src/domain/review/menu-dishes.js';
import type { RowKey } from '../src/domain/review/row-key.js';
import { chunkStream } from '../src/domain/run/stream-names.js';
import { ReviewQueries, type NotedMark } from '../src/projections/queries/review-queries.js';
import { EVALUATION } from './evaluate.js';
import { openCases, type OpenCase } from './open-cases.js';
import { UsageError } from './usage-error.js';

/** Most marks that are looked at, the newest first. */
const MOST = 2_000;
const PAGE = 100;

/**
 * What became of a case. `STILL`: the advice that would be written now for the same day's records holds something that was marked. `GONE`: its person was erased, or its month was let go. `NOT_ADVISED`: no advice would be written.
 */
export type CaseStatus = 'STILL' | 'NO_MORE' | 'NOT_ADVISED' | 'GONE';

/** A case, and what became of it. It holds codes alone: nothing of a person. */
export interface JudgedCase extends OpenCase {
  readonly status: CaseStatus;
  /** What of the marked points and dishes is still there. */
  readonly still: readonly string[];
}

/**
 * Asks of each bad mark whether the advice of now, by the rules, words, recalls and switched points of now, still holds what was marked: for the same person and record date, made in memory and written nowhere. @throws UsageError without a
 * database, or where the generator is not configured
 */
export async function judgeMarks(
  environment: Readonly<Record<string, string | undefined>>,
  generator: GeneratorName,
): Promise<readonly JudgedCase[]> {
  const config = readConfig(environment);
  if (config.DATABASE_URL === undefined) throw new UsageError('--marks needs DATABASE_URL: the database that the marks are in');
  const core = await openCore(config, config.DATABASE_URL, openLogger('silent', 'stderr'));
  try {
    return await judgedCases(core, generator);
  } finally {
    await core.close();
  }
}

/** The same over an open core. */
export async function judgedCases(core: Core, generator: GeneratorName): Promise<readonly JudgedCase[]> {
  if (!core.deps.generators.has(generator))
    throw new UsageError(`--generator ${generator} is not configured: set LLM_BASE_URL and LLM_MODEL`);
  await core.deps.words.renew();
  const judged: JudgedCase[] = [];
  for (const each of openCases(await allMarks(core))) judged.push(await judge(core, each, generator));
  return judged;
}

async function allMarks(core: Core): Promise<NotedMark[]> {
  const queries = new ReviewQueries(core.orm.em.fork());
  const marks: NotedMark[] = [];
  for (let goesOn = true; goesOn && marks.length < MOST;) {
    const last = marks.at(-1);
    const page = await queries.marks({ first: PAGE, ...(last && { after: [last.markedAt, last.markId] }) });
    marks.push(...page.rows);
    goesOn = page.hasNext;
  }
  return marks;
}

/** Of whom, and of which day, a mark spoke. It never leaves this process. */
interface MarkedOutcome {
  readonly userId: number;
  readonly program: ProgramName;
  readonly recordDate: LocalDate;
}

// The outcome, and not its row: a recall has that one written anew. An erased person is not among the subjects.
const OUTCOME = `select s.user_id as "userId", r.program, r.record_date::text as "recordDate" from batch.event_log o
  join batch.subject s on s.subject = o.subject join batch.run_view r on r.run_id = o.run_id
  where o.run_id = $1 and o.run_month = r.run_month and o.stream = $2 and o.version = $3`;

function outcomeOf({ runId, chunk, version }: RowKey): readonly unknown[] {
  return [runId, chunkStream(runId, chunk), version];
}

async function judge({ deps, pool, words }: Core, each: OpenCase, name: GeneratorName): Promise<JudgedCase> {
  const ended = (status: CaseStatus, still: readonly string[] = []): JudgedCase => ({ ...each, status, still });
  const [row] = (await pool.query<MarkedOutcome>(OUTCOME, [...outcomeOf(each.row)])).rows;
  const program = row && deps.programs.get(row.program);
  if (row === undefined || program === undefined) return ended('GONE');
  const [patient] = await deps.records.patients([row.userId], row.recordDate, program);
  if (patient === undefined || reasonsToSkip(patient.standing, program, true).length > 0) return ended('NOT_ADVISED');
  const generator = deps.generators.get(name);
  const generated = await generator?.generate(patient.inputs, program, new AbortController().signal, EVALUATION);
  if (generated?.status !== 'generated') return ended('NOT_ADVISED');
  const shown = contentOf(generated.row, new MenuDishes(words.explainer.catalogue));
  const still = [...each.points, ...each.dishes].filter((item) => shown.has(item));
  return ended(still.length > 0 ? 'STILL' : 'NO_MORE', still);
}

/** Points and dishes of a row that would be saved. */
function contentOf(row: InterventionRow, menu: MenuDishes): ReadonlySet<string> {
  const points = recordedAdvice(row.outputs === null ? null : JSON.parse(row.outputs))?.points ?? [];
  return new Set([...points.map(({ id }) => id), ...points.flatMap(({ dish }) => dish ?? []), ...menu.of(row.dietTarget)]);
}

const HEADS = {
  STILL: 'still so',
  NO_MORE: 'no more',
  NOT_ADVISED: 'no advice',
  GONE: 'is gone',
} as const satisfies Record<CaseStatus, string>;

/** A line for each case, and a last one that counts them. */
export function caseLines(cases: readonly JudgedCase[]): string[] {
  if (cases.length === 0) return ['no mark says WRONG or HARMFUL of a point or a dish'];
  const lines = cases.map(({ markId, verdict, status, still, points, dishes }) => {
    const what = status === 'STILL' ? still : [...points, ...dishes];
    return `${HEADS[status].padEnd(12)} ${verdict.padEnd(8)} ${what.join(', ')}  (mark ${markId})`;
  });
  const counts = Object.entries(HEADS).map(([status, words]) => `${cases.filter((each) => each.status === status).length} ${words}`);
  return [...lines, '', `cases: ${cases.length}. ${counts.join(', ')}`];
}
