import { ChunkPart, judgeChunk, type ChunkWork, type JudgingEnd } from './judge-chunk.js';
import type { ChunkWorking, ClaimedChunk, Deps, Generator, Generated } from '../ports.js';
import { PartWriter } from './write-part.js';
import type { PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { Program } from '../../domain/program.js';
import { todayOfRecalls } from '../recalls/today-of-recalls.js';
import { armsFor, ArmsGenerator } from '../rollouts/arms.js';
import { RolloutWatch } from '../rollouts/watch-rollouts.js';
import { differenceOf, type ComparableIntervention } from '../../domain/programs/intervention-difference.js';

/**
 * The generator of a shadow run: what another one makes of a user is compared with the advice that is saved, and the fields that differ go with it. A
 * user without saved advice is generated for and compared with nothing.
 */
class ComparingGenerator implements Generator {
  readonly name: Generator['name'];
  readonly concurrency: number;
  readonly partUsers: number;

  constructor(
    private readonly generator: Generator,
    private readonly saved: ReadonlyMap<number, ComparableIntervention>,
  ) {
    this.name = generator.name;
    this.concurrency = generator.concurrency;
    this.partUsers = generator.partUsers ?? Number.POSITIVE_INFINITY;
  }

  generate(inputs: PatientInputs, program: Program, signal: AbortSignal, runId: string): Promise<Generated> | Generated {
    const generated = this.generator.generate(inputs, program, signal, runId);
    return generated instanceof Promise ? generated.then((each) => this.compared(inputs, each)) : this.compared(inputs, generated);
  }

  private compared({ userId }: PatientInputs, generated: Generated): Generated {
    const before = this.saved.get(userId);
    if (generated.status !== 'generated' || before === undefined) return generated;
    return { ...generated, trace: { ...generated.trace, differences: differenceOf(before, generated.row).fields } };
  }
}

/** When work on a chunk must end before its time. */
export interface ChunkSignals {
  /** Nothing more is to be judged; what is ready is still written. */
  readonly stopping: AbortSignal;
  /** The claim cannot be counted on any more: nothing is written. */
  readonly lost: AbortSignal;
}

/** How work on a chunk ended. `failures` says that users failed in it. */
export type ChunkEnd = JudgingEnd & { readonly failures: boolean };

/**
 * Judges and generates a chunk outside any transaction, and writes it in parts, each in one transaction under the fence: interventions, outcomes,
 * counters.
 */
export async function processChunk(deps: ChunkWorking, claimed: ClaimedChunk, { stopping, lost }: ChunkSignals): Promise<ChunkEnd> {
  const program = known(deps.programs, claimed.asked.program);
  const claim = await deps.retrying(() => sparingThePast(deps, claimed, program), stopping);
  const { userIds, asked } = claim;
  // Before a generator is taken: what is made from here on is of this state of recalls or a later one.
  const recalls = await deps.retrying(() => deps.words.renew(), stopping);
  const arms = await deps.retrying(() => armsFor(deps, asked), stopping);
  const inForce = await deps.retrying(() => generatorFor(deps, claim, program), stopping);
  const generator = arms === undefined ? inForce : new ArmsGenerator(inForce, arms);
  const watch = generator instanceof ArmsGenerator ? new RolloutWatch(deps, generator) : undefined;
  const work = { claim, program, generator, recalls };
  const writer = new PartWriter(deps, work, lost);
  const write = async (part: ChunkPart): Promise<boolean> => {
    const goesOn = await writer.write(part);
    await watch?.look();
    return goesOn;
  };
  const judge = (portion: readonly number[]): Promise<JudgingEnd> => judgePortion(deps, { work, portion, write }, { stopping, lost });
  const end = await inPortions(deps, { userIds, generator, judge }, stopping);
  // Also of a run that was paused meanwhile: no part of the chunk was left for it.
  return { ...(writer.isDone ? ({ status: 'judged' } as const) : end), failures: writer.failures };
}

interface PortionOfChunk {
  readonly work: ChunkWork;
  readonly portion: readonly number[];
  readonly write: (part: ChunkPart) => Promise<boolean>;
}

async function judgePortion(
  deps: Pick<Deps, 'elapsed' | 'newBatch' | 'records' | 'retrying' | 'room'>,
  { work, portion, write }: PortionOfChunk,
  { stopping, lost }: ChunkSignals,
): Promise<JudgingEnd> {
  const { recordDate } = work.claim.asked;
  const patients = await deps.retrying(() => deps.records.patients(portion, recordDate, work.program), stopping);
  return judgeChunk(work, {
    patients,
    computing: deps.room.computing,
    newPart: () => new ChunkPart(deps.newBatch(), deps.elapsed()),
    write,
    signal: AbortSignal.any([stopping, lost]),
  });
}

/** A chunk's users, and how some of them are read, judged and written. */
interface Portions {
  readonly userIds: readonly number[];
  readonly generator: Pick<Generator, 'concurrency'>;
  readonly judge: (portion: readonly number[]) => Promise<JudgingEnd>;
}

/** A chunk as a whole, or as much of it at once as the pace of this process allows, with rests. What a user gets does not depend on it. */
export async function inPortions(
  { elapsed, room }: Pick<Deps, 'elapsed' | 'room'>,
  { userIds, generator, judge }: Portions,
  stopping: AbortSignal,
): Promise<JudgingEnd> {
  // What a model takes for a user says nothing of what a lane costs the database, and its calls go on side by side best.
  if (generator.concurrency !== 1) return judge(userIds);
  let end: JudgingEnd = { status: 'judged' };
  for (let at = 0; at < userIds.length && end.status === 'judged';) {
    const portion = userIds.slice(at, at + room.pace.usersAtOnce);
    const began = elapsed();
    end = await judge(portion);
    at += portion.length;
    const restMs = room.pace.worked(portion.length, elapsed() - began);
    if (restMs > 0 && at < userIds.length) await rested(restMs, stopping);
  }
  return end;
}

function rested(ms: number, stopping: AbortSignal): Promise<void> {
  if (stopping.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      stopping.removeEventListener('abort', done);
      resolve();
    }
    stopping.addEventListener('abort', done);
  });
}

/** A recall replaces advice for today and later. Its run may have waited past midnight: what its users have had to read by now stays as it was. */
async function sparingThePast(
  deps: Pick<Deps, 'clock' | 'settings' | 'transaction'>,
  claim: ClaimedChunk,
  program: Program,
): Promise<ClaimedChunk> {
  const { recalled, recordDate } = claim.asked;
  const isOver = recalled && program.targetDate(recordDate) < (await deps.transaction((tx) => todayOfRecalls(deps, tx)));
  return isOver ? { ...claim, asked: { ...claim.asked, onExisting: 'SKIP' } } : claim;
}

/** The run's generator; in a shadow run, with what is saved beside it. */
async function generatorFor(
  deps: Pick<Deps, 'generators' | 'records'>,
  { userIds, asked }: ClaimedChunk,
  program: Program,
): Promise<Generator> {
  const generator = known(deps.generators, asked.generator);
  if (!asked.shadow) return generator;
  return new ComparingGenerator(generator, await deps.records.saved(userIds, asked.recordDate, program));
}

function known<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`${String(key)} is not available in this worker: start it with the configuration of the others`);
  return value;
}
