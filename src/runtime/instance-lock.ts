import { join } from 'node:path';
import { z } from 'zod';
import { makeFolders } from '../base/make-folders.js';
import { claimPidFile, readPidFile, type PidClaim, type PidFile, type PidOwner } from '../embedded-postgres/pid-file.js';

const Info = z.object({
  /** Where it answers, by what answers there: `{ graphql: 'http://127.0.0.1:4000/graphql' }`. Empty until it listens. */
  addresses: z.record(z.string(), z.string()),
});

/** What a service tells commands that look for it. */
export type InstanceInfo = z.infer<typeof Info>;

/** A service that runs on a data folder. */
export type RunningInstance = PidOwner & InstanceInfo;

/** The answer to `acquireInstanceLock`. `update` replaces the published details; `release` is called at the very end of a shutdown. */
export type InstanceClaim = PidClaim<InstanceInfo>;

/**
 * Makes this process the one service of a data folder (made when missing), or names the one that is. The claim of a service that died
 * without releasing it is taken over, even if another program has its pid by now. Throws when the folder cannot be written.
 */
export function acquireInstanceLock(dir: string, info: InstanceInfo): InstanceClaim {
  makeFolders(dir);
  return claimPidFile(instanceFile(dir), info);
}

/** The service that runs on a data folder now, for `stop` and `status`; undefined when none does. */
export function readInstance(dir: string): RunningInstance | undefined {
  return readPidFile(instanceFile(dir));
}

function instanceFile(dir: string): PidFile<InstanceInfo> {
  return { path: join(dir, 'instance.json'), details: Info };
}
