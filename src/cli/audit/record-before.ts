import { userInfo } from 'node:os';
import { v7 as uuidv7 } from 'uuid';
import type { WholeRun } from '../../reads/person-read.js';
import type { Queryable } from '../../eventlog/postgres-log.js';
import { insertReads } from '../../reads/read-rows.js';

/** What a command is about to show of persons. */
export interface ShownByCommand {
  /** The command. */
  readonly what: string;
  readonly userIds?: readonly number[];
  readonly run?: WholeRun;
}

/** Records what a command shows of persons, before it does: nothing is shown that is not recorded. @throws when the database refuses */
export async function recordBefore({ pool }: { readonly pool: Queryable }, { what, userIds = [], run }: ShownByCommand): Promise<void> {
  const read = {
    id: uuidv7(),
    at: new Date(),
    caller: `cli:${osUser()}`,
    via: 'COMMAND',
    what,
    fields: [],
    userIds,
    run: run ?? null,
  } as const;
  await insertReads(pool, { reads: [read] });
}

/** The user at the machine. A container may run as a user without a name. */
function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
