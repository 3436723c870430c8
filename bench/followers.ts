import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FollowersOrder, Heard } from './followers-process.js';

/** Followers in a process of their own, each with its first answer. */
export interface Followers {
  /** What they heard, when their runs have ended. */
  readonly heard: Promise<Heard>;
  close(): void;
}

/** Starts followers, and waits until each of them follows. */
export async function startFollowers(order: FollowersOrder): Promise<Followers> {
  const child = fork(fileURLToPath(new URL('followers-process.js', import.meta.url)), { stdio: 'inherit' });
  const gone = once(child, 'exit').then(() => Promise.reject(new Error('the process of the followers ended')));
  gone.catch(() => undefined);
  child.send(order);
  await Promise.race([once(child, 'message'), gone]);
  const heard = Promise.race([once(child, 'message').then(([found]) => found as Heard), gone]);
  return { heard, close: () => child.disconnect() };
}
