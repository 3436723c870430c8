import { Gauge, type Registry } from 'prom-client';
import type { LanePace, PaceSeen } from '../../application/chunk/lane-pace.js';

/** Shows whether this process's lanes give way to other readers of the database. What is not known is not shown. */
export function showPaceIn(registry: Registry, pace: LanePace): void {
  const gauge = (name: string, help: string, of: (seen: PaceSeen) => number | undefined): void => {
    void new Gauge({
      name: `ibsafe_batch_${name}`,
      help,
      registers: [registry],
      collect() {
        const value = of(pace.seen);
        if (value === undefined || value === Number.POSITIVE_INFINITY) this.remove();
        else this.set(value);
      },
    });
  };
  gauge(
    'pace_lanes',
    'Lanes of this process that may compute at once: fewer than WORKER_LANES while it gives way. Absent without BATCH_GIVE_WAY.',
    ({ lanes }) => lanes,
  );
  gauge('pace_portion_seconds', 'What a lane takes at once, in seconds of work; absent while it does chunks as a whole.', ({ portionMs }) => portionMs / 1_000); // prettier-ignore
  gauge('reader_beside_seconds', 'What a reader of one row takes beside a run, 95th percentile of the last looks.', ({ readMs }) => seconds(readMs)); // prettier-ignore
  gauge('reader_alone_seconds', 'What it takes while no run goes on.', ({ aloneMs }) => seconds(aloneMs));
}

function seconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1_000;
}
