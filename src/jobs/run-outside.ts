import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agenda } from 'agenda';

/** A handler of a job. One that takes a second argument is called back by Agenda, and none of ours is. */
type Handler = (job: unknown) => Promise<void>;

/**
 * Has every job run outside of the operation in which Agenda came to begin it. Agenda begins a job as soon as it is kept, in whatever stores it: a job that a caller's order made was then a part
 * of the order, and failed at its next statement because that was over.
 */
export function runOutside(agenda: Agenda): void {
  const outside = AsyncLocalStorage.snapshot();
  const define = agenda.define.bind(agenda) as (name: string, handler: Handler, options: unknown) => void;
  const defineOutside = (name: string, handler: Handler, options: unknown): void => define(name, (job) => outside(handler, job), options);
  Object.assign(agenda, { define: defineOutside });
}
