import { Counter, Gauge, type Registry } from 'prom-client';
import type { Core } from '../core.js';

/** How the audit of reads fares. @returns how to bring it up to date */
export function countReads(registry: Registry, { reads }: Core): () => void {
  const counter = (name: string, help: string): Counter =>
    new Counter({ name: `ibsafe_batch_person_reads_${name}`, help, registers: [registry] });
  const recorded = counter('recorded_total', "Reads of persons' data that this process recorded.");
  const lost = counter(
    'lost_total',
    "Reads of persons' data that were answered and found no room to wait for the database: these are missing.",
  );
  const failures = counter('failures_total', 'Tries to record reads that the database refused. They are tried again.');
  const help = "Reads of persons' data that wait to be recorded.";
  const waiting = new Gauge({ name: 'ibsafe_batch_person_reads_waiting', help, registers: [registry] });
  const before = { recorded: 0, lost: 0, failures: 0 };
  return () => {
    const now = reads.state;
    recorded.inc(now.recorded - before.recorded);
    lost.inc(now.lost - before.lost);
    failures.inc(now.failures - before.failures);
    Object.assign(before, { recorded: now.recorded, lost: now.lost, failures: now.failures });
    waiting.set(now.waiting);
  };
}
