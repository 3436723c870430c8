import type { Deciding, Deps, Ordering } from '../application/ports.js';
import type { Caller } from '../identity/caller.js';
import type { Role } from '../identity/role.js';
import type { RunQueries } from '../projections/queries/run-queries.js';
import type { ScheduleQueries } from '../projections/queries/schedule-queries.js';

/** What a call is given: who asks, the use cases, and the views. */
export interface RestContext {
  readonly caller: Caller;
  /** Handed to use cases. */
  readonly deps: Deciding & Ordering & Pick<Deps, 'exclusively' | 'outcomes' | 'records' | 'runs' | 'scheduleJobs'>;
  readonly views: {
    readonly runs: Pick<RunQueries, 'byIds'>;
    readonly schedules: Pick<ScheduleQueries, 'allNumbered' | 'byNumber' | 'numbers'>;
  };
}

/** What a client asked for. */
export interface RestRequest {
  readonly query: URLSearchParams;
  /** The body's JSON, for a call that takes one; an empty body is an empty object. */
  readonly body: unknown;
  /** Tells the service log of an error that the answer says nothing of. */
  readonly report: (error: unknown) => void;
}

/** What it is answered. */
export interface RestAnswer {
  readonly status: number;
  readonly body: object;
}

/** A method of a path. */
export interface RestCall {
  /** The least role that may, as GraphQL has it for the same. */
  readonly role: Role;
  /** Whether it changes something: once begun it is not cut off, and what it has done is told. */
  readonly isOrder: boolean;
  readonly takesBody: boolean;
  readonly carryOut: (context: RestContext, request: RestRequest) => Promise<RestAnswer>;
}

/** Methods that calls have; HEAD and OPTIONS follow from them. */
export type RestMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A path and what can be done there. */
export interface RestResource {
  /** What OPTIONS names it. */
  readonly name: string;
  readonly calls: Readonly<Partial<Record<RestMethod, RestCall>>>;
}
