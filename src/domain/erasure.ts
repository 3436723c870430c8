/** What was erased of a person, in the log: counts, and nothing that leads to the person. `subjects` and `texts` of an event name others: persons, and words of operators. */
export interface PersonErased {
  readonly type: 'PersonErased';
  readonly data: {
    /** 1, or 0 where the log knew nothing of the person. */
    readonly known: number;
    /** Entries of the audit of reads that named the person. */
    readonly reads: number;
    /** Runs that were asked for this person by name. */
    readonly runs: number;
    /** Words of operators. */
    readonly reasons: number;
  };
}

/** Why a person cannot be erased now. */
export const ERASURE_REFUSALS = ['NOTHING_KNOWN', 'RUN_UNFINISHED', 'NAME_DIFFERS'] as const;
export type ErasureRefusal = (typeof ERASURE_REFUSALS)[number];
