import type pg from 'pg';
import type { NightVersions, SampledAdvice, SampledRow, SampleGround } from '../application/ports.js';
import { recordedAdvice } from '../domain/advice/points/explain.js';
import type { ProgramName } from '../domain/program.js';
import type { RowKey } from '../domain/review/row-key.js';
import { chunkStream } from '../domain/run/stream-names.js';
import { BY_CHANCE, CANDIDATES, FLAGGED, NIGHTS, ONE, RUNS, RUNS_PROBED, RUNS_SAMPLED } from './sample-sql.js';

interface LookedRun {
  readonly runId: string;
  readonly month: string;
  readonly program: ProgramName;
  readonly recordDate: string;
}

type FoundRow = Omit<SampledRow, 'key' | 'advice'> & RowKey & { readonly outputs: unknown };

/** Rows of advice out of the log and IBSafe's table: the log says what was written in which run, the table what stands there. */
export class PostgresSampledAdvice implements SampledAdvice {
  constructor(private readonly pool: Pick<pg.Pool, 'query'>) {}

  async ground(): Promise<SampleGround> {
    const { rows: runs } = await this.pool.query<LookedRun>(RUNS);
    const { sampled, probed } = partsOf(runs);
    const asked = [...sampled, ...probed];
    const values = [
      asked.map(({ runId }) => runId),
      asked.map(({ month }) => month),
      asked.map((_, at) => (at < sampled.length ? BY_CHANCE : 1)),
      asked.map((_, at) => (at < sampled.length ? FLAGGED : 0)),
    ];
    const { rows } = await this.pool.query<FoundRow>(CANDIDATES, values);
    const ids = new Set(sampled.map(({ runId }) => runId));
    const found = rows.map(rowOf);
    return { rows: found.filter(({ key }) => ids.has(key.runId)), versions: found.map(versionsOf) };
  }

  async row(key: RowKey): Promise<SampledRow | undefined> {
    const { rows } = await this.pool.query<FoundRow>(ONE, [key.runId, chunkStream(key.runId, key.chunk), key.version]);
    return rows[0] && rowOf(rows[0]);
  }
}

/** Runs of the last record dates of each program, and one of each record date before them. */
function partsOf(runs: readonly LookedRun[]): { readonly sampled: LookedRun[]; readonly probed: LookedRun[] } {
  const byProgram = Map.groupBy(runs, ({ program }) => program);
  const isLast = new Set(
    [...byProgram].flatMap(([program, own]) => {
      const dates = [...new Set(own.map(({ recordDate }) => recordDate))].toSorted().slice(-NIGHTS);
      return dates.map((date) => `${program} ${date}`);
    }),
  );
  const nameOf = ({ program, recordDate }: LookedRun): string => `${program} ${recordDate}`;
  const sampled = runs.filter((run) => isLast.has(nameOf(run))).slice(0, RUNS_SAMPLED);
  const before = Map.groupBy(
    runs.filter((run) => !isLast.has(nameOf(run))),
    nameOf,
  );
  return { sampled, probed: [...before.values()].flatMap(([run]) => run ?? []).slice(0, RUNS_PROBED) };
}

function rowOf({ runId, chunk, version, outputs, ...row }: FoundRow): SampledRow {
  return { key: { runId, chunk, version }, ...row, advice: recordedAdvice(outputs) };
}

function versionsOf({ program, recordDate, advice, promptVersion }: SampledRow): NightVersions {
  return { program, recordDate, vocabulary: advice?.vocabulary ?? null, promptVersion };
}
