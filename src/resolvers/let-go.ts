import type { LetGoMonth as Month } from '../domain/retention/retention.js';
import { LetGoMonth } from '../schema/retention-type.js';
import type { Run } from '../schema/run-type.js';
import type { Loaders } from './loaders.js';
import { nodeOf } from './node-of.js';

/** The month of a run's events as it was let go; undefined while the log has them. Of a month that goes on nothing is asked. */
export async function letGoOf({ month }: Pick<Run, 'month'>, loaders: Loaders): Promise<Month | undefined> {
  return month < new Date().toISOString().slice(0, 8) ? loaders.letGo.load(month) : undefined;
}

/** A month that was let go as a GraphQL node. */
export function letGoNode({ month, told, actor, letGoAt }: Month): LetGoMonth {
  const { runs, events, file, bytes, sha256 } = told;
  return nodeOf(LetGoMonth, { month, letGoAt: new Date(letGoAt), actor, runs, events, file, bytes, sha256 });
}
