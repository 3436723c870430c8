import type { JudgingEnd } from './judge-chunk.js';
import type { Deps, Generator } from '../ports.js';

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
