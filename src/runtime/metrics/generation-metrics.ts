import { Counter, Gauge, type Registry } from 'prom-client';
import type { GenerationMeter } from '../../generators/generation-meter.js';

/** Shows what this process's generators counted. Labels are codes. */
export function countGenerations(registry: Registry, meter: GenerationMeter): void {
  show(
    registry,
    { name: 'violations', label: 'code', help: 'What the safety gate found in answers of the model; none of it was saved.' },
    meter.violations,
  );
  show(registry, { name: 'fallbacks', label: 'reason', help: 'Users whom the rules advised in place of the model.' }, meter.fallbacks);
  show(registry, { name: 'llm_calls', label: 'result', help: 'Calls to the model: answered, or how they failed.' }, meter.calls);
  show(
    registry,
    { name: 'llm_estimates', label: 'reason', help: 'Calls whose tokens are estimates: the endpoint told none, or one that cannot be.' },
    meter.estimates,
  );
  show(
    registry,
    { name: 'llm_outages', label: 'kind', help: 'Times that the endpoint was given up for a while, by what it did.' },
    meter.outages,
  );
  showAway(registry, meter);
  show(
    registry,
    { name: 'llm_call_seconds', label: 'result', help: 'Seconds that calls to the model took, by how they ended.' },
    meter.seconds,
  );
  showCost(registry, meter);
  show(registry, { name: 'llm_tokens', label: 'direction', help: 'Tokens sent to the model and received.' }, meter.tokens);
}

function showAway(registry: Registry, meter: GenerationMeter): void {
  void new Gauge({
    name: 'ibsafe_batch_llm_away',
    help: '1 while the endpoint serves no user, by what it did when last tried: UNFIT and REFUSED wait for an operator.',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      this.reset();
      if (meter.away !== undefined) this.set({ kind: meter.away }, 1);
    },
  });
}

function showCost(registry: Registry, meter: GenerationMeter): void {
  void new Counter({
    name: 'ibsafe_batch_llm_cost_usd_total',
    help: 'US$ that calls to the model cost, by the prices that are set; an estimate counts at the most that it can have been.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(meter.costMicros / 1_000_000);
    },
  });
}

interface Shown {
  readonly name: string;
  readonly label: string;
  readonly help: string;
}

function show(registry: Registry, { name, label, help }: Shown, counts: ReadonlyMap<string, number>): void {
  // Registers itself; read when a client asks.
  void new Counter({
    name: `ibsafe_batch_${name}_total`,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [code, count] of counts) this.inc({ [label]: code }, count);
    },
  });
}
