import { findingIn } from '../doctor/finding.js';
import { systemQueriesOf, type Core } from './core.js';
import { ApiKeyStore } from '../identity/api-key-store.js';
import type { Caller } from '../identity/caller.js';
import type { Role } from '../identity/role.js';
import type { SessionDesk } from '../identity/sessions/session-desk.js';
import { whenAllAsked } from '../database/when-all-asked.js';
import type { Context } from '../resolvers/context.js';
import { type Views, makeLoaders, type Loaders } from '../resolvers/loaders.js';
import { Batching } from '../resolvers/batching.js';
import { ProgressFeeds } from '../feeds/progress-feeds.js';
import { RunChanges } from '../feeds/run-changes.js';
import { AuditQueries } from '../projections/queries/audit-queries.js';
import { BackfillQueries } from '../projections/queries/backfill-queries.js';
import { ChunkQueries } from '../projections/queries/chunk-queries.js';
import { FailureQueries } from '../projections/queries/failure-queries.js';
import { NightQueries } from '../projections/queries/night-queries.js';
import { OutcomeQueries } from '../projections/queries/outcome-queries.js';
import { RolloutQueries } from '../projections/queries/rollout-queries.js';
import { RecallQueries } from '../projections/queries/recall-queries.js';
import { RetentionQueries } from '../projections/queries/retention-queries.js';
import { ReviewQueries } from '../projections/queries/review-queries.js';
import { RunEventQueries } from '../projections/queries/run-event-queries.js';
import { BatchQueries } from '../projections/queries/batch-queries.js';
import { RunFiguresQueries } from '../projections/queries/run-figures-queries.js';
import { RunLinkQueries } from '../projections/queries/run-link-queries.js';
import { RunQueries } from '../projections/queries/run-queries.js';
import { ScheduleHistoryQueries } from '../projections/queries/schedule-history-queries.js';
import { ScheduleQueries } from '../projections/queries/schedule-queries.js';
import type { SystemQueries } from '../projections/queries/system-queries.js';
import { UsageQueries } from '../projections/queries/usage-queries.js';
import { rebuildViews } from '../projections/rebuild/rebuild-views.js';
import { ReadDesk } from '../reads/read-desk.js';
import { InterventionQueries } from '../records/intervention-queries.js';
import { PatientQueries } from '../records/patient-queries.js';

/** Makes the context of an operation, and that of one event of a subscription. */
export interface ContextFactory {
  readonly forRequest: (caller: Caller) => Context;
  readonly forEvent: (context: Context) => Context;
  /** Makes that of an operation which is executed for several callers of one role, and tells when something asks who the caller is. */
  readonly forAll: (context: Context, onCaller: () => void) => Context;
  readonly system: SystemQueries;
}

/** Contexts over a core. @param pollMs how often followers look without a wake-up @param sessions undefined on a service without signing in */
export function contextFactory(core: Core, pollMs: number, sessions: SessionDesk | undefined): ContextFactory {
  const following = { pollMs, subscribe: (listener: (runId: string) => void) => core.wakeUps.subscribe(listener) };
  const feeds = new ProgressFeeds(core.log, following);
  const system = systemQueriesOf(core);
  const rebuild: Context['rebuildViews'] = (options) => rebuildViews(core.maintenance, options);
  const runChanges = new RunChanges({ log: core.log, runs: () => new RunQueries(core.orm.em.fork()) }, following);
  const examine: Context['examine'] = async (quick) => {
    const findings = await (quick ? core.health.look() : core.health.examine());
    return findings.map((finding) => ({ ...finding, in: (language) => findingIn(finding, language) }));
  };
  const { deps, log, wakeUps, words, alerts, retention, erasure } = core;
  const advice = { explainer: words.explainer, language: words.tongue.language };
  const shared: Shared = {
    deps,
    log,
    feeds,
    runChanges,
    following,
    wakeUps,
    system,
    advice,
    rebuildViews: rebuild,
    examine,
    sessions,
    keys: new ApiKeyStore(core.pool),
    alerts,
    retention,
    erasure,
    reads: new ReadDesk(core.pool),
  };
  const makeViews = (): Views => viewsOf(core);
  const OfCore = withShared(shared);
  const forRequest = (caller: Caller): Context => new OfCore(caller, makeViews) as Context & RequestContext;
  const forAll: ContextFactory['forAll'] = ({ caller }, onCaller) =>
    Object.defineProperties(forRequest(caller), { caller: told(caller, onCaller), actor: told(caller.actor, onCaller) });
  return { forRequest, forEvent: ({ caller }) => forRequest(caller), forAll, system };
}

/** A property that tells when it is read. */
function told<T>(value: T, onRead: () => void): { readonly get: () => T } {
  return { get: () => (onRead(), value) };
}

/** A batch waits for what of its operation has still to ask. */
const BATCHING = new Batching(whenAllAsked);

type Shared = Omit<Context, 'actor' | 'caller' | 'role' | 'views' | 'loaders'>;

/**
 * A request's context. Its views and loaders are made when the first resolver asks: a third of what a trivial query costs would go into things it
 * never uses. Apollo copies a context's own properties and keeps its class, so `made` is shared by the copies.
 */
class RequestContext {
  readonly actor: string;
  readonly role: Role;
  private readonly made: { views?: Views; loaders?: Loaders } = {};

  constructor(
    readonly caller: Caller,
    private readonly makeViews: () => Views,
  ) {
    this.actor = caller.actor;
    this.role = caller.role;
  }

  get views(): Views {
    return (this.made.views ??= this.makeViews());
  }

  get loaders(): Loaders {
    return (this.made.loaders ??= makeLoaders(this.views, BATCHING));
  }
}

/** What all requests share is on the prototype: a request is made without copying it. */
function withShared(shared: Shared): typeof RequestContext {
  class OfCore extends RequestContext {}
  Object.assign(OfCore.prototype, shared);
  return OfCore;
}

function viewsOf(core: Core): Views {
  // A fork for each request: an entity manager remembers what it loaded, and must not answer the next request with it.
  const em = core.orm.em.fork();
  return {
    runs: new RunQueries(em),
    chunks: new ChunkQueries(em),
    outcomes: new OutcomeQueries(em),
    runEvents: new RunEventQueries(em),
    usage: new UsageQueries(em),
    interventions: new InterventionQueries(em),
    audit: new AuditQueries(em),
    nights: new NightQueries(em),
    failures: new FailureQueries(em),
    patients: new PatientQueries(em),
    figures: new RunFiguresQueries(em),
    batches: new BatchQueries(em),
    schedules: new ScheduleQueries(em),
    scheduleHistory: new ScheduleHistoryQueries(em),
    backfills: new BackfillQueries(em),
    recalls: new RecallQueries(em),
    rollouts: new RolloutQueries(em),
    reviews: new ReviewQueries(em),
    runLinks: new RunLinkQueries(em),
    retention: new RetentionQueries(em),
  };
}
