import type { AlertRoom } from '../alerts/alert-room.js';
import type { Calling, Deciding, Deps, LogReader, Ordering } from '../application/ports.js';
import type { AdviceLanguage } from '../domain/advice/language.js';
import type { Explainer } from '../domain/advice/points/explain.js';
import type { Language } from '../domain/said.js';
import type { FollowOptions } from '../feeds/follow.js';
import type { ApiKeyStore } from '../identity/api-key-store.js';
import type { Caller } from '../identity/caller.js';
import type { Role } from '../identity/role.js';
import type { SessionDesk } from '../identity/sessions/session-desk.js';
import type { ErasureDesk } from '../lifecycle/erasure/erasure-desk.js';
import type { RetentionDesk } from '../lifecycle/retention/retention-desk.js';
import type { SystemQueries } from '../projections/queries/system-queries.js';
import type { ProgressFeeds } from '../feeds/progress-feeds.js';
import type { RunChanges } from '../feeds/run-changes.js';
import type { ReadDesk } from '../reads/read-desk.js';
import type { RebuildReport } from '../projections/rebuild/rebuild-views.js';
import type { Loaders, Views } from './loaders.js';

/** What sentences are explained by, and the language in which dishes are named. */
export interface AdviceWords {
  readonly explainer: Explainer;
  readonly language: AdviceLanguage;
}

/** What the doctor says of one thing it looked at. */
export interface ExaminedThing {
  readonly check: string;
  readonly status: 'ok' | 'warning' | 'problem';
  /** Its sentences in a language. */
  readonly in: (language: Language) => { readonly check: string; readonly found: string; readonly advice: string | null };
}

/**
 * What resolvers hand to use cases: what a request is decided by, what an order takes, and what previews read. The ports that a worker works with (claims,
 * batches, retries, its room) are not among it. `transaction` is, for orders are decided and written inside one, and its `tx` reaches all that a transaction
 * can touch: a resolver hands it on and never opens one itself (test/docs/reach.test.ts).
 */
export type ResolverDeps = Deciding &
  Ordering &
  Calling &
  Pick<
    Deps,
    | 'backfills'
    | 'candidates'
    | 'exclusively'
    | 'forecasts'
    | 'ibsafeSchedules'
    | 'outcomes'
    | 'recalled'
    | 'recalls'
    | 'records'
    | 'reviews'
    | 'runs'
    | 'sampled'
    | 'scheduleJobs'
    | 'words'
  >;

/** What every resolver is given. */
export interface Context {
  /** The caller, as the log names it: `caller.actor`. */
  readonly actor: string;
  /** Looked at only by what depends on who asks: several callers of one role may be given one answer, unless something looked. */
  readonly caller: Caller;
  /** What the caller may do. */
  readonly role: Role;
  /** Handed to use cases. */
  readonly deps: ResolverDeps;
  readonly views: Views;
  readonly loaders: Loaders;
  /** Read and never appended to: what happens is appended by use cases. */
  readonly log: LogReader;
  readonly feeds: ProgressFeeds;
  readonly runChanges: RunChanges;
  readonly following: Pick<FollowOptions, 'pollMs' | 'subscribe'>;
  /** Of this process: whether notifications arrive, and how many readers they wake. */
  readonly wakeUps: { readonly listening: boolean; readonly followers: number };
  readonly system: SystemQueries;
  /** The words of advice as this process has them. */
  readonly advice: AdviceWords;
  readonly keys: Pick<ApiKeyStore, 'list' | 'create' | 'createOnce' | 'revokePrefix'>;
  /** Sessions of browsers; undefined on a service without signing in. */
  readonly sessions: SessionDesk | undefined;
  readonly alerts: AlertRoom;
  /** What the doctor finds, or what readiness is judged by where `quick` is asked; a caller that asks while it looks shares the answer. */
  readonly examine: (quick: boolean) => Promise<readonly ExaminedThing[]>;
  /** What is kept of the log. */
  readonly retention: RetentionDesk;
  /** Persons who are to be forgotten. */
  readonly erasure: ErasureDesk;
  /** The audit of reads. */
  readonly reads: Pick<ReadDesk, 'list' | 'gaps'>;
  readonly rebuildViews: (options: { readonly verify: boolean }) => Promise<RebuildReport>;
}
