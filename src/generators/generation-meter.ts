import type { ViolationCode } from '../domain/advice/violation-codes.js';
import type { FallbackReason } from '../domain/outcome.js';

/** Counts what generators of this process met, by code, for `/metrics`. */
export class GenerationMeter {
  readonly violations = new Map<ViolationCode, number>();
  readonly fallbacks = new Map<FallbackReason, number>();
  /** Calls to the model by what became of them: `ANSWERED` or the kind of failure. */
  readonly calls = new Map<string, number>();
  readonly tokens = new Map<'in' | 'out', number>();
  /** Seconds that calls took, by what became of them. */
  readonly seconds = new Map<string, number>();
  /** Millionths of a US$, as booked: estimates count at the most that they can have been. */
  costMicros = 0;
  /** Calls whose tokens are estimates, by what was wrong with the endpoint's figures. */
  readonly estimates = new Map<'MISSING' | 'ABSURD', number>();
  /** Times that an endpoint was given up for a while, by the kind of failure. */
  readonly outages = new Map<string, number>();
  /** The kind of failure for which the endpoint is away now; undefined while it serves. */
  away: string | undefined;

  violated(codes: readonly ViolationCode[]): void {
    for (const code of codes) add(this.violations, code, 1);
  }

  fellBack(reason: FallbackReason): void {
    add(this.fallbacks, reason, 1);
  }

  called(result: string, ms: number): void {
    add(this.calls, result, 1);
    add(this.seconds, result, ms / 1_000);
  }

  paid(micros: number): void {
    this.costMicros += micros;
  }

  estimated(why: 'MISSING' | 'ABSURD'): void {
    add(this.estimates, why, 1);
  }

  wentAway(kind: string): void {
    if (this.away === undefined) add(this.outages, kind, 1);
    this.away = kind;
  }

  cameBack(): void {
    this.away = undefined;
  }

  used(tokensIn: number, tokensOut: number): void {
    add(this.tokens, 'in', tokensIn);
    add(this.tokens, 'out', tokensOut);
  }
}

function add<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
