import type { EventLog } from '../../../src/application/ports.js';

/** A log whose looks are counted, and fail when a test says so. */
export class FaultyLog implements EventLog {
  /** How often somebody read on in it. */
  looks = 0;
  private readonly faults: Error[] = [];

  constructor(private readonly log: EventLog) {}

  /** Makes the next look fail, and the ones after it if called again. */
  failNext(fault: Error): void {
    this.faults.push(fault);
  }

  /** How many looks are still to fail. */
  get faultsLeft(): number {
    return this.faults.length;
  }

  append(...values: Parameters<EventLog['append']>): ReturnType<EventLog['append']> {
    return this.log.append(...values);
  }

  readStream(...values: Parameters<EventLog['readStream']>): ReturnType<EventLog['readStream']> {
    return this.log.readStream(...values);
  }

  readAfter(...values: Parameters<EventLog['readAfter']>): ReturnType<EventLog['readAfter']> {
    this.looks += 1;
    const fault = this.faults.shift();
    return fault === undefined ? this.log.readAfter(...values) : Promise.reject(fault);
  }

  head(): ReturnType<EventLog['head']> {
    return this.log.head();
  }
}

/** What is said of the name of a container that is being replaced: a fault that passes. */
export function nameless(): Error {
  return Object.assign(new Error('getaddrinfo ENOTFOUND postgres'), { code: 'ENOTFOUND' });
}

/** What PostgreSQL says when an administrator restarts it: a fault that passes. */
export function restarted(): Error {
  return Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
}
