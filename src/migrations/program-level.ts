import type { Pool } from 'pg';
import { DatabaseRefused, unusable, type Unusable } from '../database/refused.js';
import { VERSION } from '../base/version.js';

/**
 * What this program understands of schema `batch`. To be raised, with `batch.program_level`, by the release whose migration takes away what the release before it uses, and by no
 * other: docs/developer/upgrades.md has the rule.
 */
export const PROGRAM_LEVEL = 1;

type Database = Pick<Pool, 'query'>;

/** What a schema wants and this program is not. */
export interface Outgrown {
  readonly version: string;
  readonly level: number;
  readonly least: number;
}

/** In what this program is too old for the schema that it finds; undefined where it is not, and where the schema is not there or of a release before there were levels. */
export async function outgrown(db: Database): Promise<Outgrown | undefined> {
  const { rows: place } = await db.query<{ readable: boolean }>(
    "select coalesce(has_table_privilege(to_regclass('batch.program_level'), 'select'), false) as readable",
  );
  if (place[0]?.readable !== true) return undefined;
  const { rows } = await db.query<{ least: number }>('select least from batch.program_level');
  const least = rows[0]?.least ?? PROGRAM_LEVEL;
  return least <= PROGRAM_LEVEL ? undefined : { version: VERSION, level: PROGRAM_LEVEL, least };
}

/** The same as a sentence for an operator. */
export function outgrownSentence({ version, level, least }: Outgrown): Unusable {
  return unusable('OUTGROWN', { version, level, least });
}

/** Before anything is made or written. @throws DatabaseRefused for a schema that this program cannot work on */
export async function refuseOutgrown(db: Database): Promise<void> {
  const found = await outgrown(db);
  if (found !== undefined) throw new DatabaseRefused(unusable('UNTOUCHED', { sentence: outgrownSentence(found).said }));
}
