import type { PlannedChunk } from './run-events.js';

/** What the data of an event can name persons by. */
interface Naming {
  readonly userIds?: readonly number[];
  readonly chunks?: readonly PlannedChunk[];
  readonly kept?: PlannedChunk;
  readonly parts?: readonly PlannedChunk[];
}

/**
 * The person of a chunk of one user: its figures are that user's outcome. Of a chunk of several users its ends are places in the order of ids, and tell
 * nothing of the users there.
 */
export function personOfChunk(roster: number, through: number): number | null {
  return roster === 1 ? through : null;
}

/** The persons whom an event names beside its own user: those that a run was asked for, and those who are alone in a chunk. */
export function personsNamed(data: unknown): readonly number[] {
  const { userIds = [], chunks = [], kept, parts = [] } = (data ?? {}) as Naming;
  const alone = [...chunks, ...(kept === undefined ? [] : [kept]), ...parts].map(({ roster, through }) => personOfChunk(roster, through));
  return [...userIds, ...alone.filter((userId) => userId !== null)];
}
